import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DueStatus } from './due-times.ts';
import { wib } from './history.test-kit.ts';
import { monthsBetween } from './local-days.ts';
import { type HistoryMonth, type MonthFacts, monthOf } from './months.ts';

const [november] = monthsBetween('2026-11', '2026-11', 'Asia/Jakarta');
if (november === undefined) throw new Error('there is no month');
const hours = (count: number) => count * 3600;

function month(patch: Partial<MonthFacts>): HistoryMonth {
  const facts = {
    dueTimes: [],
    successesAtMs: [],
    knownSinceMs: wib('2026-01-01T00:00'),
    nowMs: wib('2027-01-01T00:00'),
  };
  return monthOf(november ?? { name: '', fromMs: 0, untilMs: 0 }, { ...facts, ...patch });
}

const due = (...statuses: DueStatus[]) => ({ dueTimes: statuses.map((status, dueAtMs) => ({ status, dueAtMs })) });

describe('a month of a dataset', () => {
  it.each<[string, Partial<MonthFacts>, Partial<HistoryMonth>]>([
    ['nothing was due', {}, { dueCount: 0, metCount: 0, successRatio: undefined }],
    [
      'all kinds of things happened',
      due('arrived', 'claimed', 'partial', 'missed', 'failed', 'unknown', 'pending'),
      { dueCount: 7, metCount: 3, partialCount: 1, unknownCount: 1, pendingCount: 1, successRatio: 0.6 },
    ],
    ['nobody knows', due('unknown', 'unknown'), { dueCount: 2, unknownCount: 2, successRatio: undefined }],
    ['the first run is awaited', due('pending'), { dueCount: 1, pendingCount: 1, successRatio: undefined }],
    ['everything was missed', due('missed', 'failed'), { dueCount: 2, metCount: 0, successRatio: 0 }],
  ])('says so when %s', (_name, facts, expected) => {
    expect(month(facts)).toMatchObject(expected);
  });

  it.each<[string, string[], Partial<MonthFacts>, number | undefined, string | undefined]>([
    [
      'within it',
      ['2026-11-01T01:00', '2026-11-05T01:00', '2026-11-30T23:00', '2026-12-01T01:00'],
      { knownSinceMs: wib('2026-11-01T00:00') },
      hours(25 * 24 + 22),
      '2026-11-30T23:00',
    ],
    [
      'from the last backup before it, in full length',
      ['2026-10-01T00:00', '2026-11-02T00:00', '2026-11-29T00:00', '2026-12-01T01:00'],
      {},
      hours(32 * 24),
      '2026-11-29T00:00',
    ],
    [
      'to the first backup after it, in full length',
      ['2026-10-31T00:00', '2026-11-29T00:00', '2026-12-31T00:00'],
      {},
      hours(32 * 24),
      '2026-11-29T00:00',
    ],
    ['through the whole of it', ['2026-10-01T00:00', '2026-12-30T00:00'], {}, hours(90 * 24), '2026-10-01T00:00'],
    [
      'until now',
      ['2026-11-02T00:00'],
      { nowMs: wib('2026-11-12T00:00'), knownSinceMs: wib('2026-11-01T00:00') },
      hours(240),
      '2026-11-02T00:00',
    ],
    [
      'since the dataset is known, without any backup',
      [],
      { knownSinceMs: wib('2026-11-20T00:00'), nowMs: wib('2026-11-25T00:00') },
      hours(120),
      undefined,
    ],
    ['not before it begins', ['2026-10-01T00:00'], { nowMs: wib('2026-10-20T00:00') }, undefined, '2026-10-01T00:00'],
    ['not before the dataset was known', [], { knownSinceMs: wib('2026-12-05T00:00') }, undefined, undefined],
    [
      'of backups older than the registration',
      ['2026-11-02T00:00', '2026-11-03T00:00', '2026-11-04T12:00'],
      { knownSinceMs: wib('2026-11-04T00:00'), nowMs: wib('2026-11-05T00:00') },
      hours(36),
      '2026-11-04T12:00',
    ],
  ])('tells the longest time without a backup: %s', (_name, successes, patch, seconds, last) => {
    const found = month({ successesAtMs: successes.map(wib), ...patch });

    expect(found.longestGapSeconds).toBe(seconds);
    expect(found.lastSuccessAtMs).toBe(last === undefined ? undefined : wib(last));
  });

  it('finds the gap that looking at every hour would find', () => {
    const hourMs = 3_600_000;
    const successes = fc.array(fc.integer({ min: -40 * 24, max: 70 * 24 }), { maxLength: 12 });
    fc.assert(
      fc.property(successes, fc.integer({ min: -40 * 24, max: 75 * 24 }), (at, nowHour) => {
        const fromMs = november.fromMs;
        const nowMs = fromMs + nowHour * hourMs;
        const knownSinceMs = fromMs - 60 * 24 * hourMs;
        const successesAtMs = at.map((hour) => fromMs + hour * hourMs).toSorted((a, b) => a - b);
        const past = successesAtMs.filter((atMs) => atMs <= nowMs);
        const first = Math.min(knownSinceMs, successesAtMs[0] ?? Infinity);
        let longest: number | undefined;
        for (let middleMs = fromMs + hourMs / 2; middleMs < Math.min(november.untilMs, nowMs); middleMs += hourMs) {
          const before = past.findLast((atMs) => atMs < middleMs) ?? first;
          const after = past.find((atMs) => atMs > middleMs) ?? nowMs;
          longest = Math.max(longest ?? 0, (after - before) / 1000);
        }

        expect(month({ successesAtMs, knownSinceMs, nowMs }).longestGapSeconds).toBe(longest);
      }),
      { numRuns: 200 },
    );
  });
});
