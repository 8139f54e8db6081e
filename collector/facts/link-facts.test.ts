import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { State } from '../../shared/states.ts';
import { probe } from '../../test/kit/test-agent.ts';
import { isSettled, type LinkFacts, nextLink } from './link-facts.ts';

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

  it('remembers its last answer while it is silent or not known, but not that of another target', () => {
    const silent = after(rounds('uddd?'));

    expect(silent.lastUpAtMs).toBe(0);
    expect(nextLink(silent, probe('down', { target: '10.20.0.99' }), own, minuteMs).lastUpAtMs).toBeUndefined();
  });

  it('forgets how good it was when it goes down', () => {
    expect(after(rounds('uudd')).averages.roundCount).toBe(2);
    expect(after(rounds('uuddd')).averages.roundCount).toBe(0);
  });

  it('keeps the certificate that was shown last while nothing is shown', () => {
    const certificate = {
      notAfter: '2027-01-01T00:00:00Z',
      subject: 'CN=spl',
      issuer: 'CN=ca',
      fingerprint: 'a'.repeat(64),
      trust: 'trusted',
    };
    const shown = nextLink(undefined, probe('up', { certificate }), own, 0);

    expect(nextLink(shown, probe('down'), own, 1).certificate).toEqual(certificate);
    expect(nextLink(shown, probe('up'), own, 1).certificate).toBeUndefined();
  });

  it('has settled after a minute of answers', () => {
    expect(['udddu', 'uddduu', 'udddud', '?u'].map((text) => isSettled(after(rounds(text))))).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('has settled after eight answers when its rounds are fast', () => {
    let link: LinkFacts | undefined;
    const settled = rounds('dddduuuuuuuuu').map((state, index) => {
      link = nextLink(link, probe(state), own, index * 5000);
      return isSettled(link);
    });

    expect(settled).toEqual([...Array.from({ length: 11 }, () => false), true, true]);
  });

  it('does not settle while it comes and goes every 20 seconds, however it is probed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 10 }), fc.integer({ min: 0, max: 19 }), (everySeconds, offsetSeconds) => {
        let link: LinkFacts | undefined;
        let hasBeenDown = false;
        for (let second = offsetSeconds; second < 600; second += everySeconds) {
          link = nextLink(link, probe(second % 40 < 20 ? 'up' : 'down'), own, second * 1000);
          hasBeenDown ||= link.state === 'down';
          if (hasBeenDown) expect(isSettled(link)).toBe(false);
        }
      }),
    );
  });

  it('comes and goes from its third outage within two hours on, until it is quiet for half an hour', () => {
    const [out, back] = ['ddddd', 'u'.repeat(15)];
    const unstableSince = (text: string) => after(rounds(text))?.unstableSinceMs;

    expect(unstableSince(`${back}${out}${back}${out}${back}dd`)).toBeUndefined();
    const third = `${back}${out}${back}${out}${back}ddd`;
    expect(unstableSince(third)).toBe(15 * minuteMs);
    expect(unstableSince(`${third}${'u'.repeat(30)}`)).toBe(15 * minuteMs);
    expect(unstableSince(`${third}${'u'.repeat(31)}`)).toBeUndefined();
    // What stays out is just down.
    expect(unstableSince(`${third}ddddd`)).toBeUndefined();
    const seldom = `${out}${'u'.repeat(60)}`;
    expect(unstableSince(`u${seldom}${seldom}${seldom}${out}`)).toBeUndefined();
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
