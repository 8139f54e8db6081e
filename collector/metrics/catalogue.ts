import { backupFamilies } from './backup-families.ts';
import { dutyFamilies } from './duty-families.ts';
import type { HistorySample, MetricFamily, PlacedReport } from './family.ts';
import { incidentFamilies } from './incident-families.ts';
import { infoFamilies } from './info-families.ts';
import { interfaceFamilies } from './interface-families.ts';
import { linkFamilies } from './link-families.ts';
import { nodeFamilies } from './node-families.ts';
import { pathFamilies } from './path-families.ts';
import { probeFamilies } from './probe-families.ts';
import { routerFamilies } from './router-families.ts';
import { siteFamilies } from './site-families.ts';
import { vaultFamilies } from './vault-families.ts';

/** Every family of the fleet in the order of the page; the collector's own metrics follow them. */
export const families: readonly MetricFamily[] = [
  ...infoFamilies,
  ...nodeFamilies,
  ...interfaceFamilies,
  ...linkFamilies,
  ...siteFamilies,
  ...pathFamilies,
  ...routerFamilies,
  ...backupFamilies,
  ...dutyFamilies,
  ...incidentFamilies,
  ...vaultFamilies,
  ...probeFamilies,
];

/** What a report says of each family that can be told from it, with the names and labels of the page. */
export function* samplesOfReport(placed: PlacedReport): Generator<HistorySample & { family: MetricFamily }> {
  for (const family of families) {
    for (const sample of family.history?.(placed) ?? []) yield { family, ...sample };
  }
}
