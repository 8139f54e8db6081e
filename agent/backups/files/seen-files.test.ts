import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileVersion } from './hash-cache.ts';
import { createSeenFiles } from './seen-files.ts';

const startMs = 1_800_000_000_000;
const file = (sizeBytes: number, ageSeconds: number, path = '/b/db.sql'): FileVersion => ({
  path,
  sizeBytes,
  modifiedAtNs: BigInt(startMs - ageSeconds * 1000) * 1_000_000n,
});
/** A dataset that is looked at each second. */
function dataset(rule: { settledAfterMs: number; watchedForMs: number }) {
  const seen = createSeenFiles();
  let monotonicMs = 0;
  return (...files: FileVersion[]) => {
    const look = seen.look(rule, { nowMs: startMs, monotonicMs: (monotonicMs += 1000) });
    const settled = files.map((one) => look.isSettled(one));
    look.end();
    return settled;
  };
}
const usual = { settledAfterMs: 60_000, watchedForMs: 0 };

describe('seen files', () => {
  it('lets a file count at once when it is older than the settling time', () => {
    const look = dataset(usual);
    expect(look(file(1, 60))).toEqual([true]);
    expect(look(file(1, 59))).toEqual([false]);
  });

  it('lets a younger file count when two looks in a row saw the same size and time', () => {
    const look = dataset(usual);
    expect(look(file(1, 0))).toEqual([false]);
    expect(look(file(2, 0))).toEqual([false]);
    expect(look(file(2, -1))).toEqual([false]);
    expect(look(file(2, -1))).toEqual([true]);
    expect(look(file(2, -1))).toEqual([true]);
    expect(look(file(3, -1))).toEqual([false]);
  });

  it('begins anew with a file that a look in between did not see', () => {
    const look = dataset(usual);
    look(file(1, 0));
    look();
    expect(look(file(1, 0))).toEqual([false]);
  });

  it('does not take one file for another', () => {
    const look = dataset(usual);
    look(file(1, 0, '/b/one.sql'));
    expect(look(file(1, 0, '/b/one.sql'), file(1, 0, '/b/two.sql'))).toEqual([true, false]);
  });

  it('watches as long as it is told', () => {
    const look = dataset({ settledAfterMs: 3000, watchedForMs: 3000 });
    const answers = [1, 2, 3, 4, 5].flatMap(() => look(file(1, -3600)));
    expect(answers).toEqual([false, false, false, true, true]);
  });

  it('never lets a file count whose last two looks differ, unless its time says that it is old', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ size: fc.nat(2), age: fc.integer({ min: -2, max: 2 }) })), (versions) => {
        const look = dataset({ settledAfterMs: 2000, watchedForMs: 0 });
        for (const [index, { size, age }] of versions.entries()) {
          const before = versions[index - 1];
          const isSame = before?.size === size && before.age === age;
          expect(look(file(size, age))).toEqual([isSame || age >= 2]);
        }
      }),
    );
  });
});
