import { describe, expect, it } from 'vitest';
import type { SeenList } from '../store/path-rows.ts';
import { keptAddresses, looked, mergedLists, nothingSeen, seenNow } from './seen-list.ts';

const minuteMs = 60_000;
const dayFromMs = 1000 * minuteMs;
const record = (seq: number) => ({ agent: 'a'.repeat(16), session: 'session-0001', seq });

/** Looks one after the other, each a minute number and what was seen. */
function all(looks: readonly (readonly [minute: number, ...addresses: string[]])[]): SeenList {
  let list = nothingSeen;
  for (const [minute, ...addresses] of looks) {
    const atMs = dayFromMs + minute * minuteMs;
    list = looked(list, { addresses, atMs, record: record(minute + 1), longestGapMs: 5 * minuteMs, dayFromMs }).list;
  }
  return list;
}

const told = ({ seen }: SeenList) =>
  seen.map(({ address, firstAtMs, lastAtMs, sinceMs }) =>
    [address, ...[firstAtMs, lastAtMs, sinceMs].map((atMs) => (atMs - dayFromMs) / minuteMs)].join(' '),
  );

describe('what looks see', () => {
  it('is one time while the same is seen at each look', () => {
    expect(
      told(
        all([
          [0, 'a'],
          [1, 'a'],
          [2, 'a'],
        ]),
      ),
    ).toEqual(['a 0 2 0']);
  });

  it('begins anew when something else was seen in between, and keeps when it was first seen', () => {
    expect(
      told(
        all([
          [0, 'a'],
          [1, 'b'],
          [2, 'a'],
          [3, 'a'],
        ]),
      ),
    ).toEqual(['a 0 3 2', 'b 1 1 1']);
  });

  it('begins anew after a pause that is too long', () => {
    expect(
      told(
        all([
          [0, 'a'],
          [5, 'a'],
          [11, 'a'],
        ]),
      ),
    ).toEqual(['a 0 11 11']);
  });

  it('has several addresses at once, each with its own time', () => {
    const list = all([
      [0, 'a'],
      [1, 'a', 'b'],
      [2, 'b', 'a', 'a'],
    ]);

    expect(told(list)).toEqual(['b 1 2 1', 'a 0 2 0']);
    expect(seenNow(list).map(({ address }) => address)).toEqual(['b', 'a']);
  });

  it('is nothing now when the last look saw nothing', () => {
    expect(seenNow(all([[0, 'a'], [1]]))).toEqual([]);
  });

  it('cites the first report of the day and the newest', () => {
    expect(
      all([
        [0, 'a'],
        [1, 'a'],
        [2, 'a'],
      ]).seen[0],
    ).toMatchObject({ firstRecord: record(1), record: record(3) });
  });

  it('is first seen anew on another day, but goes on', () => {
    const nextDay = { atMs: dayFromMs + 2 * minuteMs, dayFromMs: dayFromMs + 2 * minuteMs };
    const found = looked(
      all([
        [0, 'a'],
        [1, 'a'],
      ]),
      {
        addresses: ['a'],
        record: record(3),
        longestGapMs: 5 * minuteMs,
        ...nextDay,
      },
    );

    expect(found.isNew).toBe(true);
    expect(told(found.list)).toEqual(['a 2 2 0']);
    expect(found.list.seen[0]?.firstRecord).toEqual(record(3));
  });

  it('never grows beyond its bound, and lets go of what was seen longest ago', () => {
    const list = all(Array.from({ length: 100 }, (_, minute) => [minute, `address-${minute}`] as const));

    expect(list.seen).toHaveLength(keptAddresses);
    expect(list.seen.map(({ address }) => address).slice(0, 2)).toEqual(['address-99', 'address-98']);
  });
});

describe('two lists of one day', () => {
  const early = all([
    [0, 'a'],
    [1, 'b'],
  ]);
  const late = all([
    [10, 'a'],
    [11, 'a'],
    [12, 'c'],
  ]);

  it('are joined the same whichever comes first', () => {
    expect(mergedLists(early, late)).toEqual(mergedLists(late, early));
    expect(told(mergedLists(early, late))).toEqual(['c 12 12 12', 'a 0 11 10', 'b 1 1 1']);
    expect(mergedLists(early, late).lookedAtMs).toBe(late.lookedAtMs);
  });

  it('are joined once, however often', () => {
    const once = mergedLists(early, late);

    expect(mergedLists(once, late)).toEqual(once);
    expect(
      mergedLists(early, nothingSeen)
        .seen.map(({ address }) => address)
        .toSorted(),
    ).toEqual(['a', 'b']);
  });
});
