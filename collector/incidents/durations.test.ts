import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictStatuses } from '../../shared/states.ts';
import type { VerdictChange } from '../store/verdict-history-port.ts';
import { durationsOf } from './durations.ts';

type Status = (typeof verdictStatuses)[number] | 'removed';

/** Judged at one moment, so since another. */
function change(atSeconds: number, status: Status, sinceSeconds = atSeconds): VerdictChange {
  const said = { obligation: 'a-duty', subject: 'dinkes/simpus', pd: 'dinkes', grade: undefined, severity: undefined };
  const removed = status === 'removed';
  const reason = { reasonCode: 'a-reason', reasonArgs: {}, evidence: [] };
  return {
    key: atSeconds,
    atMs: atSeconds * 1000,
    verdict: { ...said, ...reason, status: removed ? 'breached' : status, sinceMs: sinceSeconds * 1000 },
    removed,
  };
}

const durations = (sinceSeconds: number, untilSeconds: number | undefined, changes: VerdictChange[], now = 1000) => {
  const resolvedAtMs = untilSeconds === undefined ? undefined : untilSeconds * 1000;
  const { downSeconds, unknownSeconds, upSeconds } = durationsOf(
    { sinceMs: sinceSeconds * 1000, resolvedAtMs },
    changes,
    now * 1000,
  );
  return [downSeconds, unknownSeconds, upSeconds];
};

describe('how long an incident lasted', () => {
  it.each([
    ['a breach from beginning to end', [change(130, 'breached', 100), change(200, 'compliant')], [100, 0, 0]],
    ['well earlier than was judged', [change(130, 'breached', 100), change(200, 'compliant', 180)], [80, 0, 20]],
    [
      'nothing was known for a while',
      [change(130, 'breached', 100), change(150, 'no-evidence'), change(180, 'breached'), change(200, 'compliant')],
      [70, 30, 0],
    ],
    [
      'what was not known is known afterwards',
      [
        change(130, 'breached', 100),
        change(150, 'no-evidence'),
        change(180, 'breached', 120),
        change(200, 'compliant'),
      ],
      [100, 0, 0],
    ],
    [
      'it was judged while nothing was known yet',
      [change(150, 'no-evidence'), change(160, 'breached', 100), change(200, 'compliant')],
      [100, 0, 0],
    ],
    [
      'it was judged while nothing was known yet, and is not said to have been so from the beginning',
      [change(150, 'no-evidence'), change(160, 'breached'), change(200, 'compliant')],
      [40, 60, 0],
    ],
    [
      'it was well in between',
      [change(130, 'breached', 100), change(140, 'compliant'), change(160, 'breached'), change(200, 'compliant')],
      [80, 0, 20],
    ],
    [
      'excused at the end',
      [change(130, 'breached', 100), change(150, 'waived'), change(200, 'compliant')],
      [100, 0, 0],
    ],
    ['no longer asked for', [change(130, 'breached', 100), change(150, 'removed')], [50, 50, 0]],
    ['judged before it began', [change(50, 'compliant'), change(130, 'breached', 100)], [100, 0, 0]],
    ['nothing was said of it', [], [0, 100, 0]],
  ] as const)('when %s', (_name, changes, expected) => {
    expect(durations(100, 200, [...changes])).toEqual(expected);
  });

  it('counts up to now while it goes on', () => {
    expect(durations(100, undefined, [change(130, 'breached', 100)], 400)).toEqual([300, 0, 0]);
  });

  it('always adds up to the whole time, whatever was judged and however clocks went', () => {
    const anyChange = fc
      .record({
        at: fc.integer({ min: 0, max: 300 }),
        since: fc.integer({ min: 0, max: 300 }),
        status: fc.constantFrom<Status>(...verdictStatuses, 'removed'),
      })
      .map(({ at, since, status }) => change(at, status, since));
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 12 }), fc.integer({ min: 0, max: 100 }), (changes, length) => {
        const parts = durations(100, 100 + length, changes);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(length);
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
