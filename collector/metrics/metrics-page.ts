import { dutyFamilies } from './duty-families.ts';
import { type Family, renderFamilies } from './exposition.ts';
import type { FleetView } from './fleet-view.ts';
import { linkFamilies } from './link-families.ts';
import { nodeFamilies } from './node-families.ts';
import type { OwnMetrics } from './own-metrics.ts';
import { pathFamilies } from './path-families.ts';
import { routerFamilies } from './router-families.ts';
import { vaultFamilies } from './vault-families.ts';

export const families: readonly Family<FleetView>[] = [
  ...nodeFamilies,
  ...linkFamilies,
  ...pathFamilies,
  ...routerFamilies,
  ...dutyFamilies,
  ...vaultFamilies,
];

/** The whole page, piece by piece: between two pieces the process does other work. */
export async function* metricsPage(view: FleetView, own: Pick<OwnMetrics, 'text'>): AsyncGenerator<string> {
  for (const chunk of renderFamilies(families, view)) {
    yield chunk;
    await new Promise((next) => setImmediate(next));
  }
  yield await own.text();
}
