import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeCount, judgeHistory, noHistory, type RoundHistory, withRound } from './round-history.ts';

const historyOf = (rounds: string): RoundHistory =>
  [...rounds].reduce((history, round) => withRound(history, round === 'u'), noHistory);

/** Whether the link is unstable after each round. */
function unstableAfter(rounds: string): boolean[] {
  let known = { unstable: false, history: noHistory };
  return [...rounds].map((round) => {
    known = judgeHistory(withRound(known.history, round === 'u'), known.unstable);
    return known.unstable;
  });
}

describe('the last rounds of a link', () => {
  it('are twenty, and their changes are counted', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('u', 'd'), { maxLength: 60 }), (rounds) => {
        const last = rounds.slice(-20);
        const changes = last.filter((round, at) => at > 0 && round !== last[at - 1]).length;

        expect([historyOf(rounds.join('')).count, changeCount(historyOf(rounds.join('')))]).toEqual([
          last.length,
          changes,
        ]);
      }),
    );
  });

  it.each([
    ['one outage', 'uuuuudddddddduuuuuuuuuuuuuuuu', false],
    ['two lone lost rounds', 'uuuuduuuuuduuuuuuuuu', false],
    ['two outages', 'uuuuudddduuuudddduuuuuuuuuuuu', false],
    ['to and fro every four rounds', 'uuuudddduuuudddduuuudddd', true],
    ['to and fro every round', 'ududud', true],
  ])('with %s', (_name, rounds, expected) => {
    expect(unstableAfter(rounds).at(-1)).toBe(expected);
  });

  it('call it quiet after eight like rounds, and forget what was before', () => {
    const restless = 'uuuudddduuuudddduuuudddd';

    expect(unstableAfter(`${restless}uuuuuuu`).at(-1)).toBe(true);
    expect(unstableAfter(`${restless}uuuuuuuu`).at(-1)).toBe(false);
    expect(unstableAfter(`${restless}dddd`).at(-1)).toBe(false);
    expect(unstableAfter(`${restless}uuuuuuuuud`).at(-1)).toBe(false);
  });
});
