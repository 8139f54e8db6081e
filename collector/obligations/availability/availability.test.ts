import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRounds, daySeconds, emptyLinkDay, type LinkDay, type LinkRound } from '../../store/link-day.ts';
import type { State } from '../../../shared/states.ts';
import { availabilityOf } from './availability.ts';

const startMs = Date.parse('2026-11-22T22:00:00Z');
const startSecond = startMs / 1000;
const hourMs = 3_600_000;

interface Round {
  second: number;
  state: State;
  every: number;
}

function daysOf(rounds: readonly Round[], prober = 1): LinkDay[] {
  const days = new Map<number, LinkRound[]>();
  for (const { second, state, every } of rounds) {
    const atSecond = startSecond + second;
    const day = Math.floor(atSecond / daySeconds);
    const counts = { sentCount: 5, receivedCount: state === 'up' ? 4 : 0 };
    const rest = { roundTripSeconds: state === 'up' ? 0.002 : undefined, receivedAtMs: atSecond * 1000, body: 1 };
    const coverSeconds = Math.floor(every * 1.5);
    days.set(day, [...(days.get(day) ?? []), { atSecond, state, coverSeconds, ...counts, ...rest }]);
  }
  return [...days]
    .toSorted(([a], [b]) => a - b)
    .map(([day, own]) => {
      const body = emptyLinkDay();
      addRounds(body, own);
      return { prober, probe: 'wan', startsAtMs: day * daySeconds * 1000, ...body };
    });
}

const every = (from: number, until: number, state: State, interval = 60): Round[] =>
  Array.from({ length: Math.ceil((until - from) / interval) }, (_, at) => ({
    second: from + at * interval,
    state,
    every: interval,
  }));

const hours = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ fromMs: startMs + at * hourMs, untilMs: startMs + (at + 1) * hourMs }));
const facts = { sinceMs: startMs, nowMs: startMs + 10 * hourMs, maintenance: [] };

function colours(rounds: readonly Round[][], more: Partial<typeof facts> & { maintenance?: never[] } = {}) {
  const probes = rounds.map((list, at) => daysOf(list, at));
  return availabilityOf(hours(3), { ...facts, probes, ...more }).map((each) => [
    each.upSeconds,
    each.downSeconds,
    each.unknownSeconds,
    each.maintenanceSeconds,
  ]);
}

describe('availability', () => {
  it('counts each round until the next, across the end of an hour and a day', () => {
    expect(colours([[...every(0, 3600, 'up'), ...every(3600, 5400, 'down'), ...every(5400, 10_800, 'up')]])).toEqual([
      [3600, 0, 0, 0],
      [1800, 1800, 0, 0],
      [3600, 0, 0, 0],
    ]);
  });

  it('does not know what was after one and a half intervals without a round', () => {
    expect(colours([[...every(0, 1800, 'up'), ...every(7200, 10_800, 'down')]])).toEqual([
      [1770 + 60, 0, 1770, 0],
      [0, 0, 3600, 0],
      [0, 3600, 0, 0],
    ]);
  });

  it('takes the word of whoever gets through, and a found failure over not knowing', () => {
    const first = [...every(0, 3600, 'up'), ...every(3600, 7200, 'down'), ...every(7200, 10_800, 'unknown')];
    const second = [...every(0, 3600, 'down'), ...every(3600, 7200, 'unknown'), ...every(7200, 10_800, 'unknown')];

    expect(colours([first, second])).toEqual([
      [3600, 0, 0, 0],
      [0, 3600, 0, 0],
      [0, 0, 3600, 0],
    ]);
  });

  it('counts neither what was before the first probe nor what is to come', () => {
    const times = { sinceMs: startMs + 0.5 * hourMs, nowMs: startMs + 1.25 * hourMs };

    expect(colours([every(1800, 4500, 'up')], times)).toEqual([
      [1800, 0, 0, 0],
      [900, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  it('counts planned work apart, whatever was found in it', () => {
    const maintenance = [
      { fromMs: startMs + 0.5 * hourMs, untilMs: startMs + 1.5 * hourMs },
      { fromMs: startMs + hourMs, untilMs: startMs + 1.75 * hourMs },
    ];
    const probes = [daysOf([...every(0, 5400, 'up'), ...every(5400, 7200, 'down')])];
    const [first, second, third] = availabilityOf(hours(3), { ...facts, probes, maintenance });

    expect(first).toMatchObject({ upSeconds: 1800, downSeconds: 0, unknownSeconds: 0, maintenanceSeconds: 1800 });
    expect(second).toMatchObject({ upSeconds: 0, downSeconds: 900, unknownSeconds: 0, maintenanceSeconds: 2700 });
    expect(second).toMatchObject({ availabilityRatio: 0, coverageRatio: 1 });
    expect(third).toMatchObject({ upSeconds: 0, downSeconds: 30, unknownSeconds: 3570, maintenanceSeconds: 0 });
    expect(third).toMatchObject({ availabilityRatio: 0, coverageRatio: 30 / 3600 });
  });

  it('has no ratio where nothing is known', () => {
    const [only] = availabilityOf(hours(1), { ...facts, probes: [] });

    expect(only).toMatchObject({ unknownSeconds: 3600, availabilityRatio: undefined, coverageRatio: 0 });
    expect(only).toMatchObject({
      lossRatio: undefined,
      roundTripMeanSeconds: undefined,
      roundTripMaxSeconds: undefined,
    });
  });

  it('counts rounds, packets and round trips', () => {
    const probes = [daysOf([...every(0, 5400, 'up'), ...every(5400, 7200, 'down')])];

    expect(availabilityOf(hours(2), { ...facts, probes })).toMatchObject([
      { upRoundCount: 60, downRoundCount: 0, roundTripMeanSeconds: 0.002, lossRatio: expect.closeTo(0.2, 9) },
      { upRoundCount: 30, downRoundCount: 30, roundTripMaxSeconds: 0.002, lossRatio: expect.closeTo(0.6, 9) },
    ]);
  });

  it('gives an hour to the span in which it begins, or to the first', () => {
    const probes = [daysOf(every(0, 7200, 'up'))];
    const at = (hour: number) => startMs + hour * hourMs;
    const spans = [
      { fromMs: at(0.25), untilMs: at(0.5) },
      { fromMs: at(0.5), untilMs: at(1.5) },
    ];
    const [first, second] = availabilityOf(spans, { ...facts, probes });

    expect(first).toMatchObject({ upRoundCount: 15, upSeconds: 900, roundTripMeanSeconds: 0.002 });
    expect(second).toMatchObject({ upRoundCount: 60, upSeconds: 3600, roundTripMeanSeconds: 0.002 });
  });
});

/** The same, second by second. */
function secondBySecond(probes: readonly Round[][], from: number, until: number) {
  const counts = { up: 0, down: 0, unknown: 0 };
  for (let second = from; second < until; second += 1) {
    const found = probes.map((rounds): State => {
      const before = rounds.filter((round) => round.second <= second);
      const lastAt = Math.max(...before.map((round) => round.second));
      const last = before.filter((round) => round.second === lastAt);
      const cover = Math.floor(1.5 * Math.max(...last.map((round) => round.every)));
      if (last.length === 0 || second >= lastAt + cover) return 'unknown';
      return (['up', 'down'] as const).find((state) => last.some((round) => round.state === state)) ?? 'unknown';
    });
    counts[(['up', 'down'] as const).find((state) => found.some((each) => each === state)) ?? 'unknown'] += 1;
  }
  return counts;
}

it('is what a count second by second finds, for any rounds of any probes', () => {
  const round = fc.record({
    second: fc.oneof(
      fc.nat({ max: 700 }),
      fc.nat({ max: 60 }).map((at) => at * 10),
    ),
    state: fc.constantFrom('up' as const, 'down' as const, 'unknown' as const),
    every: fc.constantFrom(1, 10, 45),
  });
  const probes = fc.array(fc.array(round, { minLength: 1, maxLength: 60 }), { maxLength: 3 });
  const edges = fc.uniqueArray(fc.nat({ max: 800 }), { minLength: 2, maxLength: 5 });
  // Midnight of UTC is in the middle of it.
  const shift = 7200 - 350;
  fc.assert(
    fc.property(probes, edges, (lists, marks) => {
      const rounds = lists.map((list) => list.map((each) => ({ ...each, second: each.second + shift })));
      const sorted = marks.map((mark) => mark + shift).toSorted((a, b) => a - b);
      const spans = sorted.slice(1).map((mark, at) => ({ from: sorted[at] ?? 0, until: mark }));
      const found = availabilityOf(
        spans.map(({ from, until }) => ({ fromMs: startMs + from * 1000, untilMs: startMs + until * 1000 })),
        { ...facts, probes: rounds.map((list, at) => daysOf(list, at)) },
      );

      expect(
        found.map(({ upSeconds: up, downSeconds: down, unknownSeconds: unknown }) => ({ up, down, unknown })),
      ).toEqual(spans.map(({ from, until }) => secondBySecond(rounds, from, until)));
      const countIn = ({ from, until }: { from: number; until: number }) =>
        new Set(
          rounds.flatMap((list, at) =>
            list.flatMap(({ second }) => (second >= from && second < until ? `${at} ${second}` : [])),
          ),
        ).size;
      expect(found.map((each) => each.upRoundCount + each.downRoundCount + each.unknownRoundCount)).toEqual(
        spans.map(countIn),
      );
    }),
    { numRuns: 200 },
  );
}, 60_000);
