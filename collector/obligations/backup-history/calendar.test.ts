import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueTimesMs } from '../../../shared/cron-grace.ts';
import { calendarOf, type CalendarDay } from './calendar.ts';
import { dueSpan, type HistoryFacts, isBackup, judgeDueTimes } from './due-times.ts';
import { hourMs, run, unseen, wib } from './history.test-kit.ts';
import { dayAt, daysBetween, shiftDay } from './local-days.ts';
import type { HistoryRun } from './runs.ts';

const nightly = { cron: '0 1 * * *', timezone: 'Asia/Jakarta', graceSeconds: 6 * 3600 };

function calendar(first: string, last: string, patch: Partial<HistoryFacts>): CalendarDay[] {
  const facts: HistoryFacts = {
    schedule: nightly,
    minSizeBytes: 1,
    runs: [],
    heardHours: new Set(),
    knownSinceMs: 0,
    nowMs: wib('2027-01-01T00:00'),
    ...patch,
  };
  const days = daysBetween(first, last, facts.schedule.timezone);
  const { fromMs, untilMs } = dueSpan({ fromMs: days[0]?.fromMs ?? 0, untilMs: days.at(-1)?.untilMs ?? 0 }, facts);
  const dueTimes = judgeDueTimes(dueTimesMs(facts.schedule, fromMs, untilMs, 100_000), facts);
  return calendarOf(days, dueTimes, facts.runs, facts.minSizeBytes);
}

const short = ({ day, status, dueCount, runCount }: CalendarDay) => `${day} ${status} ${dueCount} ${runCount}`;

describe('the calendar of a dataset', () => {
  it('counts what happened on a day', () => {
    const at = (time: string, patch: Partial<HistoryRun> = {}) => run(wib(`2026-11-22T${time}`), patch);
    const runs = [
      at('01:10', { outcome: 'failed', sizeBytes: undefined, ...unseen }),
      at('01:20', { sizeBytes: 0, ...unseen }),
      at('01:30', { outcome: 'warning', sizeBytes: 900, ...unseen }),
      at('01:40', { sizeBytes: 1000 }),
      at('01:50', { sizeBytes: undefined }),
      at('23:59:59', { outcome: 'running', ...unseen }),
    ];

    expect(calendar('2026-11-22', '2026-11-22', { runs })).toEqual([
      {
        day: '2026-11-22',
        status: 'arrived',
        dueCount: 1,
        runCount: 6,
        successCount: 2,
        warningCount: 1,
        failedCount: 3,
        arrivedCount: 2,
        sizeBytes: 1000,
      },
    ]);
  });

  it('goes over a leap day and the end of a month without losing one', () => {
    const runs = ['2024-02-28', '2024-02-29', '2024-03-01'].map((day) => run(wib(`${day}T01:30`)));

    expect(calendar('2024-02-27', '2024-03-02', { runs }).map(short)).toEqual([
      '2024-02-27 unknown 1 0',
      '2024-02-28 arrived 1 1',
      '2024-02-29 arrived 1 1',
      '2024-03-01 arrived 1 1',
      '2024-03-02 unknown 1 0',
    ]);
  });

  it('gives a due time late at night to its own day, and the run that ends after midnight to the next', () => {
    const schedule = { ...nightly, cron: '30 23 * * 1-5' };
    const runs = [run(wib('2026-11-21T00:20'))];

    // The 20th is a Friday.
    expect(calendar('2026-11-20', '2026-11-22', { schedule, runs }).map(short)).toEqual([
      '2026-11-20 arrived 1 0',
      '2026-11-21 not-due 0 1',
      '2026-11-22 not-due 0 0',
    ]);
  });

  it('shows the worst of a day with several due times', () => {
    const schedule = { ...nightly, cron: '0 1,9,17 * * *', graceSeconds: 3600 };
    const runs = [run(wib('2026-11-22T01:30')), run(wib('2026-11-22T09:30'), unseen)];
    const heardHours = new Set([wib('2026-11-22T17:00')]);
    const at = (time: string) =>
      calendar('2026-11-22', '2026-11-22', { schedule, runs, heardHours, nowMs: wib(`2026-11-22T${time}`) });

    expect(['02:00', '10:00', '17:30', '18:00'].flatMap((time) => at(time).map(short))).toEqual([
      '2026-11-22 arrived 1 2',
      '2026-11-22 claimed 2 2',
      '2026-11-22 pending 3 2',
      '2026-11-22 missed 3 2',
    ]);
  });

  it('has nothing due on days to come, and none for somebody who asks for no day', () => {
    expect(calendar('2027-01-01', '2027-01-01', {}).map(short)).toEqual(['2027-01-01 not-due 0 0']);
    expect(calendar('2026-11-22', '2026-11-21', {})).toEqual([]);
  });

  it('counts every run and every due time once, in any zone', () => {
    const first = '2026-03-01';
    const schedules = fc.record({
      cron: fc.constantFrom('0 1 * * *', '30 2 * * *', '*/30 * * * *', '0 0 1 * *', '59 23 * * 0', '0 */7 * * 1-5'),
      timezone: fc.constantFrom('Asia/Jakarta', 'Asia/Jayapura', 'America/New_York', 'Africa/Cairo'),
      graceSeconds: fc.constantFrom(60, 3600, 30 * 3600),
    });
    const runs = fc.array(
      fc.record({
        hour: fc.integer({ min: 0, max: 60 * 24 * 60 }),
        outcome: fc.constantFrom('ok' as const, 'warning' as const, 'failed' as const, 'running' as const),
        sizeBytes: fc.constantFrom(undefined, 0, 4096),
        seen: fc.boolean(),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(
        schedules,
        runs,
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        (schedule, made, dayCount, isHeard) => {
          const days = daysBetween(first, shiftDay(first, dayCount - 1), schedule.timezone);
          const startMs = days[0]?.fromMs ?? 0;
          const all = made
            .map(({ hour, outcome, sizeBytes, seen }) =>
              run(startMs + hour * 60_000, { outcome, sizeBytes, ...(seen ? {} : unseen) }),
            )
            .toSorted((a, b) => a.atMs - b.atMs);
          const heard = new Set(isHeard ? days.flatMap(({ fromMs }) => [fromMs, fromMs + hourMs]) : []);
          const found = calendar(first, shiftDay(first, dayCount - 1), { schedule, runs: all, heardHours: heard });
          const endMs = days.at(-1)?.untilMs ?? 0;
          const inside = all.filter(({ atMs }) => atMs < endMs);
          const sum = (key: 'runCount' | 'successCount' | 'warningCount' | 'failedCount') =>
            found.reduce((count, day) => count + day[key], 0);

          expect(found).toHaveLength(dayCount);
          expect(sum('runCount')).toBe(inside.length);
          expect(sum('successCount') + sum('warningCount')).toBe(inside.filter((each) => isBackup(each, 1)).length);
          expect(sum('successCount') + sum('warningCount') + sum('failedCount')).toBe(sum('runCount'));
          for (const day of found) {
            expect(day.status === 'not-due').toBe(day.dueCount === 0);
            expect(day.arrivedCount).toBeLessThanOrEqual(day.successCount + day.warningCount);
          }
          const asked = found.flatMap(({ day, dueCount }) => (dueCount > 0 ? [day] : []));
          expect(asked.every((day) => dayAt(Date.parse(`${day}T12:00:00Z`), 'UTC') === day)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
