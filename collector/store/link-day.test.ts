import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRounds, emptyLinkDay, type LinkRound } from './link-day.ts';

const dayStartsAt = Date.parse('2026-11-22T00:00:00Z') / 1000;
const hourMs = 3_600_000;

function round(second: number, patch: Partial<LinkRound> = {}): LinkRound {
  const atSecond = dayStartsAt + second;
  return {
    atSecond,
    state: 'up',
    coverSeconds: 90,
    sentCount: 5,
    receivedCount: 5,
    roundTripSeconds: 0.002,
    receivedAtMs: atSecond * 1000,
    body: second,
    ...patch,
  };
}

function dayOf(...parts: LinkRound[][]) {
  const day = emptyLinkDay();
  for (const part of parts) addRounds(day, part);
  return day;
}

describe('the rounds of a day', () => {
  it('that come evenly are one run, whatever day it is', () => {
    const rounds = Array.from({ length: 1440 }, (_, at) => round(at * 60));

    expect(dayOf(rounds).runs).toEqual([[0, 60, 1440, 0, 90]]);
  });

  it('begin another run where the state, the interval or the time between changes', () => {
    const rounds = [
      ...[0, 60, 120].map((second) => round(second)),
      ...[180, 240].map((second) => round(second, { state: 'down', receivedCount: 0, roundTripSeconds: undefined })),
      round(300, { state: 'unknown' }),
      round(330),
      // Not heard for longer than a round speaks for.
      round(500),
      round(800, { coverSeconds: 450 }),
      round(1100, { coverSeconds: 450 }),
    ];

    expect(dayOf(rounds).runs).toEqual([
      [0, 60, 3, 0, 90],
      [180, 60, 2, 1, 90],
      [300, 0, 1, 2, 90],
      [330, 0, 1, 0, 90],
      [500, 0, 1, 0, 90],
      [800, 300, 2, 0, 450],
    ]);
  });

  it('of one second are one round: the better state counts', () => {
    const down = round(60, { state: 'down', receivedCount: 0 });
    const unknown = round(60, { state: 'unknown', coverSeconds: 120 });

    expect(dayOf([unknown, down], [round(60)]).runs).toEqual([[60, 0, 1, 0, 120]]);
    expect(dayOf([round(60)], [down, unknown]).runs).toEqual([[60, 0, 1, 0, 120]]);
  });

  it('add up to figures of each hour', () => {
    const rounds = [
      round(0, { roundTripSeconds: 0.001 }),
      round(60, { roundTripSeconds: 0.003, receivedCount: 4 }),
      round(120, { state: 'down', receivedCount: 0, roundTripSeconds: undefined }),
      round(3600, { receivedCount: 7 }),
    ];

    expect(dayOf(rounds).hours).toEqual({ 0: [15, 9, 2, 4000, 3000, 0, 0], 1: [5, 5, 1, 2000, 2000, 0, 0] });
  });

  it('are a revision of an hour for each body that comes a quarter of an hour after its end', () => {
    const hourStartsAtMs = dayStartsAt * 1000;
    const comes = (second: number, body: number, afterMs: number) =>
      round(second, { body, receivedAtMs: hourStartsAtMs + afterMs });
    const inTime = comes(0, 1, 1.25 * hourMs - 1);
    const late = [comes(60, 2, 1.25 * hourMs), comes(120, 2, 1.25 * hourMs), comes(180, 3, 5 * hourMs)];

    expect(dayOf([inTime]).hours[0]?.slice(5)).toEqual([0, 0]);
    expect(dayOf([inTime, ...late]).hours[0]?.slice(5)).toEqual([2, hourStartsAtMs + 5 * hourMs]);
    expect(dayOf([late[2] ?? inTime], late.slice(0, 2)).hours[0]?.slice(5)).toEqual([2, hourStartsAtMs + 5 * hourMs]);
  });

  it('are the same in any order and in any pieces, as long as bodies are whole', () => {
    const anyRound = fc.record({
      second: fc.oneof(
        fc.nat({ max: 86_399 }),
        fc.nat({ max: 60 }).map((at) => at * 60),
        fc.nat({ max: 300 }),
      ),
      state: fc.constantFrom('up' as const, 'down' as const, 'unknown' as const),
      coverSeconds: fc.constantFrom(15, 90),
      receivedCount: fc.nat({ max: 5 }),
      roundTripSeconds: fc.option(fc.double({ min: 0, max: 10, noNaN: true }), { nil: undefined }),
      body: fc.nat({ max: 6 }),
      lateByHours: fc.nat({ max: 30 }),
    });
    const rounds = fc.array(anyRound, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        rounds,
        fc.infiniteStream(fc.nat()),
        fc.array(fc.integer({ min: 1, max: 3 })),
        (list, dice, sizes) => {
          const all = list.map(({ second, body, lateByHours, ...rest }) =>
            round(second, { ...rest, body, receivedAtMs: (dayStartsAt + lateByHours * 3600) * 1000 + body }),
          );
          const bodies = [...Map.groupBy(all, (each) => each.body).values()];
          const shuffled = bodies.map((each) => ({ each, by: dice.next().value ?? 0 })).toSorted((a, b) => a.by - b.by);
          const pieces: LinkRound[][] = [];
          for (let at = 0; at < shuffled.length;) {
            const size = sizes[pieces.length % Math.max(1, sizes.length)] ?? 1;
            pieces.push(shuffled.slice(at, at + size).flatMap(({ each }) => each.toReversed()));
            at += size;
          }

          expect(dayOf(...pieces)).toEqual(dayOf(all));
        },
      ),
      { numRuns: 300 },
    );
  });
});
