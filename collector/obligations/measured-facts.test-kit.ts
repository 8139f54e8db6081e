import fc from 'fast-check';
import type { MachineView, MeasuredFacts, WebsiteView } from './measured-facts.ts';
import type { PusatDataView } from './pusat-data-months.ts';

/** Machines and websites as the tests of rules need them, around a day at ten o'clock in Lebong. */
export const measuredAtMs = Date.parse('2026-11-25T03:00:00Z');
export const dayMs = 86_400_000;
export const measuredRecord = (seq: number) => ({ agent: 'a'.repeat(16), session: 'session-0001', seq });

export function measured(patch: Partial<MeasuredFacts> = {}): MeasuredFacts {
  return { machines: [], websites: [], vantageCount: 1, ...patch };
}

export function machine(patch: Partial<MachineView> = {}): MachineView {
  return {
    node: 'server-1',
    site: 'kantor',
    isRouter: false,
    isFresh: true,
    lastHeardAtMs: measuredAtMs - 30_000,
    inventoryAtMs: measuredAtMs - 3_600_000,
    stands: 'elsewhere',
    record: measuredRecord(2),
    ...patch,
  };
}

/** One that has answered for a week. */
export function website(patch: Partial<WebsiteView> = {}, seen: Partial<WebsiteView['seen']> = {}): WebsiteView {
  const { host = 'dinkes.lebongkab.go.id' } = patch;
  return {
    host,
    place: host.replaceAll('.', '-'),
    seen: {
      state: 'up',
      sinceMs: measuredAtMs - 7 * dayMs,
      lastUpAtMs: measuredAtMs - 60_000,
      lastRoundAtMs: measuredAtMs - 60_000,
      reason: undefined,
      record: measuredRecord(7),
      ...seen,
    },
    ...patch,
  };
}

const record = fc.constant(measuredRecord(1));
const orUndefined = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const daysAgo = fc.integer({ min: 0, max: 20 }).map((count) => measuredAtMs - count * dayMs);

const anyMachine: fc.Arbitrary<MachineView> = fc
  .record({
    node: fc.constantFrom('server-1', 'server-2', 'router-1'),
    isFresh: fc.boolean(),
    lastHeardAtMs: orUndefined(daysAgo),
    inventoryAtMs: orUndefined(daysAgo),
    stands: fc.constantFrom('pusat-data' as const, 'pusat-data' as const, 'elsewhere' as const, 'unknown' as const),
    record,
  })
  .map((each) => ({ ...each, site: 'kantor', isRouter: each.node === 'router-1' }));

const hosts = ['dinkes.lebongkab.go.id', 'arsip.lebongkab.go.id', 'www.lebongkab.go.id', 'dinkes.example.com'];
const anyWebsite: fc.Arbitrary<WebsiteView> = fc
  .record({
    host: fc.constantFrom(...hosts),
    seen: orUndefined(
      fc.record({
        state: fc.constantFrom('up' as const, 'up' as const, 'down' as const, 'unknown' as const),
        sinceMs: daysAgo,
        lastUpAtMs: orUndefined(daysAgo),
        lastRoundAtMs: fc.constant(measuredAtMs - 60_000),
        reason: orUndefined(fc.constantFrom('refused', 'certificate-expired')),
        record,
      }),
    ),
  })
  .map((each) => ({ ...each, place: each.host.replaceAll('.', '-') }));

export const anyMeasured: fc.Arbitrary<MeasuredFacts> = fc.record({
  machines: fc.uniqueArray(anyMachine, { maxLength: 3, selector: ({ node }) => node }),
  websites: fc.oneof(
    { weight: 8, arbitrary: fc.uniqueArray(anyWebsite, { maxLength: 3, selector: ({ host }) => host }) },
    { weight: 1, arbitrary: fc.constant('none' as const) },
  ),
  vantageCount: fc.nat({ max: 1 }),
});

export const anyLanOperator = orUndefined(
  fc.record({
    by: fc.constantFrom('perangkat-daerah' as const, 'diskominfo' as const),
    basis: fc.constant('Keputusan Bupati Nomor 12 Tahun 2026'),
  }),
);

const november = {
  month: '2026-11',
  fromMs: Date.parse('2026-10-31T17:00:00Z'),
  untilMs: Date.parse('2026-11-30T17:00:00Z'),
};
const october = { month: '2026-10', fromMs: Date.parse('2026-09-30T17:00:00Z'), untilMs: november.fromMs };

export const anyPusatData: fc.Arbitrary<PusatDataView> = fc.record({
  siteCount: fc.constantFrom(0, 1, 3, 40),
  months: fc.array(
    fc
      .tuple(
        fc.constantFrom(november, october),
        fc.record({
          upSeconds: fc.constantFrom(0, 900_000, 1_000_000),
          downSeconds: fc.constantFrom(0, 0, 5000, 40_000),
          coverageRatio: orUndefined(fc.constantFrom(0.2, 1, 1)),
          record: orUndefined(record),
        }),
      )
      .map(([month, rest]) => ({ ...month, ...rest })),
    { maxLength: 2 },
  ),
});
