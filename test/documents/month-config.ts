import { parse, stringify } from 'yaml';
import { knownNames } from '../../collector/cli/known-names.ts';
import { parseConfig } from '../../collector/config/load-config.ts';
import type { PantauConfig } from '../../collector/config/schema.ts';
import { configText } from '../kit/config-text.ts';
import { hourMs, type Plan, waivedNumber } from './month-plan.ts';

export const backupDuty = 'lebong-19-1-pencadangan-berkala';
export const wanDuty = 'lebong-21-5-a-wan-oleh-dinas';

/** A kabupaten of forty departments with one office each. */
export function monthConfig(plan: Plan): PantauConfig {
  return parseConfig(monthConfigText(plan), 'pantau.yaml', knownNames);
}

export function monthConfigText({ departments }: Plan): string {
  const plain = parse(configText({ intervalSeconds: 60, vaults: [{ id: 'brankas', root: '/srv/brankas' }] })) as Record<
    string,
    unknown
  >;
  const [diskominfo] = plain['perangkatDaerah'] as unknown[];
  const local = (atMs: number) => new Date(atMs + 7 * hourMs).toISOString().slice(0, 16);
  const waivers = [{ pd: departments[waivedNumber]?.id, number: '800/7/2026', reason: 'migrasi', until: '2027-01-31' }];
  return stringify({
    ...plain,
    perangkatDaerah: [
      diskominfo,
      ...departments.map(({ id, hasDataset }, number) => ({
        id,
        name: `Dinas ${number}`,
        sites: [
          {
            id: 'kantor',
            router: { address: `10.21.${number}.1` },
            approvedBandwidth: { down: 40, up: 40 },
          },
        ],
        datasets: hasDataset
          ? [{ id: 'data', name: `Data ${number}`, schedule: '0 1 * * *', source: { kind: 'files', path: '/srv/c/*' } }]
          : [],
      })),
    ],
    maintenance: departments.flatMap(({ id, maintenance }) =>
      maintenance === undefined
        ? []
        : [{ reason: 'ganti perangkat', pd: id, from: local(maintenance.fromMs), until: local(maintenance.untilMs) }],
    ),
    obligations: { [backupDuty]: { waived: waivers } },
  });
}
