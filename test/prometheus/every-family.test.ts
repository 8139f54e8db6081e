import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { families } from '../../collector/metrics/catalogue.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';
import { startWholeKabupaten, untilSeenFor, type WholeKabupaten } from './whole-kabupaten.ts';

const needed = needs({ tools: ['prometheus'] });

/** What is open once everything that the scenario plays has happened; some incidents stand for two regulations. */
const openIncidents = [
  'bappeda link not-connected info',
  'bkd backup backup-empty critical',
  'bkd backup backup-overdue critical',
  'bkpsdm link wan-down critical',
  'diskominfo service certificate-expired critical',
  'dukcapil backup job-failed critical',
  'dukcapil link outside-intra warning',
  'dukcapil link wan-degraded-loss warning',
  'dukcapil service endpoint-down warning',
  'rsud backup not-arrived critical',
  'rsud link over-approval warning',
  'rsud link wan-unstable critical',
];

const configOf = (target: string) => `global: {scrape_interval: 1s, evaluation_interval: 1s}
scrape_configs: [{job_name: pantau, static_configs: [{targets: ['${target}']}]}]
`;

describe.skipIf(!needed.ok)(`A whole Kabupaten under a real Prometheus ${needed.reason}`, () => {
  let world: WholeKabupaten;
  const ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const atEnd = (end: () => Promise<void>) => void ends.push(end);
    world = await startWholeKabupaten({ departmentCount: 6, agentCount: 13, intervalSeconds: 1, configOf, atEnd });
    await waitUntil(
      'everything to have happened',
      async () => {
        const open = await world.openIncidents();
        const missing = openIncidents.filter((each) => !open.includes(each));
        if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
        return true;
      },
      60_000,
    );
    await untilSeenFor(world.prometheus, 20);
  }, 120_000);
  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });

  it('has series of every family', async () => {
    const rows = await world.prometheus.query('count by (__name__) ({__name__=~".+", job="pantau"})');
    const seen = new Set(rows.map(({ labels }) => labels['__name__']));
    expect(families.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
  });
});
