import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { State } from '../../shared/states.ts';
import { probe } from '../../test/kit/test-agent.ts';
import { type LinkFacts, nextLink } from './link-facts.ts';

const own = { pd: 'dinkes', site: 'kantor' };
const minuteMs = 60_000;

/** The link after rounds a minute apart; round n is at minute n. */
function after(rounds: readonly State[]): LinkFacts {
  let link: LinkFacts | undefined;
  for (const [index, state] of rounds.entries()) link = nextLink(link, probe(state), own, index * minuteMs);
  if (link === undefined) throw new Error('no rounds');
  return link;
}

const letters: Record<string, State> = { u: 'up', d: 'down', '?': 'unknown' };
const rounds = (text: string) => [...text].map((letter) => letters[letter] ?? 'unknown');

describe('a link', () => {
  it.each([
    ['?', 'unknown', 0],
    ['u', 'up', 0],
    ['d', 'unknown', 0],
    ['dd', 'unknown', 0],
    ['ddd', 'down', 0],
    ['ud', 'up', 0],
    ['udd', 'up', 0],
    ['uddd', 'down', 1],
    ['uddud', 'up', 0],
    ['udddu', 'down', 1],
    ['udddud', 'down', 1],
    ['udddudu', 'down', 1],
    ['udddudddduu', 'up', 9],
    ['udddd?', 'unknown', 5],
    ['uddd?d', 'unknown', 4],
    ['uddd?u', 'up', 5],
    ['udd?ddd', 'down', 4],
  ])('after the rounds %s is %s since round %i', (text, state, since) => {
    const link = after(rounds(text));

    expect([link.state, link.sinceMs / minuteMs]).toEqual([state, since]);
  });

  it('goes down only after three bad rounds and up again only after two good ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<State>('up', 'down', 'unknown'), { minLength: 1, maxLength: 40 }),
        (list) => {
          const link = after(list);

          expect(link.state).toBe(modelState(list));
          expect(link.lastRoundAtMs).toBe((list.length - 1) * minuteMs);
        },
      ),
    );
  });

  it('keeps no round trip and no loss of an earlier round', () => {
    const first = nextLink(undefined, probe('up', { roundTripSeconds: 0.01 }), own, 0);
    const second = nextLink(first, probe('unknown', { sentCount: 0 }), own, 1);

    expect([first.roundTripSeconds, first.lossRatio]).toEqual([0.01, 0]);
    expect([second.roundTripSeconds, second.lossRatio]).toEqual([undefined, undefined]);
  });

  it('never has a loss outside of 0 to 1, whatever an agent counts', () => {
    const more = nextLink(undefined, probe('up', { sentCount: 1, receivedCount: 5 }), own, 0);

    expect(more.lossRatio).toBe(0);
  });

  it('begins anew when its target is another one', () => {
    const before = after(rounds('uddd'));
    const link = nextLink(before, probe('down', { target: '10.20.0.99' }), own, 9 * minuteMs);

    expect([link.state, link.sinceMs, link.badRounds]).toEqual(['unknown', 9 * minuteMs, 1]);
  });
});

/** The rule in the words of the design, worked out anew from all rounds. */
function modelState(list: readonly State[]): State {
  let state: State = 'unknown';
  for (let end = 1; end <= list.length; end += 1) {
    const last = list.slice(0, end);
    if (last.at(-1) === 'unknown') state = 'unknown';
    else if (last.slice(-3).join() === 'down,down,down') state = 'down';
    else if (last.at(-1) === 'up' && (state !== 'down' || last.at(-2) === 'up')) state = 'up';
  }
  return state;
}
