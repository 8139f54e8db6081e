import fc from 'fast-check';
import type { TrafficView } from '../rule.ts';
import { evidence, orUndefined } from './backup/any-dataset-facts.test-kit.ts';

const rate = fc.constantFrom(0, 1_000_000, 2_000_000, 3_000_000);
const slot = fc.record({ startsAtMs: fc.constant(0), downBytesPerSecond: rate, upBytesPerSecond: rate });

/** Made-up use of a site's WAN around an approval of 2.5 MB a second. */
export const anyTraffic: fc.Arbitrary<TrafficView> = fc.record({
  endedApproval: orUndefined(
    fc.constant({
      number: '555/1/2026',
      untilDay: '2026-11-24',
      reference: { register: 'bandwidth-approval', entry: 'B1', revision: 1 },
    }),
  ),
  approval: orUndefined(fc.constant({ downBytesPerSecond: 2_500_000, upBytesPerSecond: 2_500_000 })),
  totals: fc.record({
    downBytes: rate,
    upBytes: rate,
    coveredSeconds: fc.constantFrom(3600, 86_400),
    slotCount: fc.constant(288),
    p95Down: orUndefined(rate),
    p95Up: orUndefined(rate),
    meanDown: orUndefined(rate),
    meanUp: orUndefined(rate),
    peakDown: rate,
    peakUp: rate,
    saturatedSeconds: orUndefined(fc.constant(300)),
  }),
  recent: fc.array(slot, { maxLength: 3 }),
  record: evidence,
});
