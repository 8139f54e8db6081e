import { monitorEventLoopDelay } from 'node:perf_hooks';
import cron from 'node-cron';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { createLogger } from '../../shared/logger.ts';
import { createCronBeats } from './cron-beats.ts';
import { createSchedule, type Schedule, type ScheduleOptions } from './schedule.ts';

const RealDate = Date;
let lines: string[] = [];
let schedules: Schedule[] = [];
afterEach(async () => {
  globalThis.Date = RealDate;
  for (const schedule of schedules) await schedule.stop();
  schedules = [];
  lines = [];
});

/** Sets this process's wall clock off by so much; timers and the monotonic clock go on, as when NTP steps a clock. */
function jumpWallClock(byMs: number): void {
  class JumpedDate extends RealDate {
    constructor(...args: [] | [number | string | Date] | [number, number]) {
      if (args.length === 0) super(RealDate.now() + byMs);
      else super(...(args as [number]));
    }
    static override now() {
      return RealDate.now() + byMs;
    }
  }
  globalThis.Date = JumpedDate as DateConstructor;
}

const open = (run: () => Promise<void>, more: Partial<ScheduleOptions> = {}) => {
  const logger = createLogger(
    (line) => lines.push(line),
    () => 0,
  );
  const schedule = createSchedule({
    name: 'report',
    intervalSeconds: 1,
    phaseSeconds: 0,
    run,
    clock: systemClock,
    logger,
    ...more,
  });
  schedules.push(schedule);
  return schedule;
};
const until = (condition: () => void, timeout = 10_000) => vi.waitFor(condition, { timeout, interval: 20 });

describe('schedule', () => {
  it('runs at each beat of the wall clock', async () => {
    const beganAtMs: number[] = [];
    const schedule = open(async () => void beganAtMs.push(Date.now()));
    schedule.start();
    schedule.start();
    await until(() => expect(beganAtMs.length).toBeGreaterThanOrEqual(3));
    await schedule.stop();

    const beats = beganAtMs.map((atMs) => Math.floor(atMs / 1000) - Math.floor((beganAtMs[0] ?? 0) / 1000));
    expect(beats).toEqual(beganAtMs.map((_, index) => index));
    expect(schedule.counts()).toEqual({ runCount: beganAtMs.length, skippedCount: 0, failedCount: 0, lateCount: 0 });
  });

  it('goes on when the clock is set back by an hour, where node-cron alone stands still', async () => {
    let aloneCount = 0;
    let runCount = 0;
    const alone = cron.schedule('* * * * * *', () => void aloneCount++, { timezone: 'UTC' });
    const schedule = open(async () => void runCount++);
    schedule.start();
    try {
      await until(() => expect(Math.min(aloneCount, runCount)).toBeGreaterThanOrEqual(1));
      jumpWallClock(-3_600_000);
      const aloneBefore = aloneCount;
      const runsBefore = runCount;
      await until(() => expect(runCount).toBeGreaterThanOrEqual(runsBefore + 4));

      // The beat that was already waiting may still have come.
      expect(aloneCount).toBeLessThanOrEqual(aloneBefore + 1);
      expect(schedule.counts().lateCount).toBe(0);
    } finally {
      await alone.destroy();
    }
  });

  it('goes on when the clock is set from 1970 to now, without a long pause of the whole process', async () => {
    jumpWallClock(-RealDate.now());
    let runCount = 0;
    open(async () => void runCount++).start();
    await until(() => expect(runCount).toBeGreaterThanOrEqual(1));
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    globalThis.Date = RealDate;
    const runsBefore = runCount;
    await until(() => expect(runCount).toBeGreaterThanOrEqual(runsBefore + 3));
    delay.disable();

    expect(delay.max / 1e6).toBeLessThan(500);
  });

  it('is brought back by its watchdog when the beats are of no use', async () => {
    const made: string[] = [];
    const lateMs: number[] = [];
    let runCount = 0;
    const schedule = open(async () => void runCount++, {
      onLate: (sinceMs) => lateMs.push(sinceMs),
      // The first source names a time that never comes, as a wrong clock would make it; the second is a real one.
      createBeats: (expression) => {
        made.push(expression);
        if (made.length > 1) return createCronBeats(cron.parse(expression));
        return { nextBeatMs: (afterMs) => afterMs + 86_400_000 };
      },
    });
    schedule.start();
    await until(() => expect(runCount).toBeGreaterThanOrEqual(4));

    expect(made).toEqual(['0-59/1 * * * * *', '0-59/1 * * * * *']);
    expect(schedule.counts().lateCount).toBe(1);
    expect(lateMs[0]).toBeGreaterThanOrEqual(2475);
    expect(lateMs[0]).toBeLessThan(4000);
    expect(lines).toEqual([expect.stringMatching(/warn report missed its time and runs now sinceSeconds=[23]/)]);
  });

  it('does not begin a run while the one before goes on, and counts that', async () => {
    let running = 0;
    let most = 0;
    let release = () => {};
    const schedule = open(async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => (release = resolve));
      running--;
    });
    schedule.start();
    await until(() => expect(schedule.counts().skippedCount).toBeGreaterThanOrEqual(2));
    const waiting = schedule.runNow();
    expect(schedule.counts().runCount).toBe(1);
    // A run that does not end is said, not doubled.
    await until(() => expect(lines.join('')).toContain('report is still at its last run'));
    release();
    await waiting;
    await until(() => expect(schedule.counts().runCount).toBe(2));
    release();
    expect(most).toBe(1);
  });

  it('survives a run that fails, at once or later', async () => {
    let count = 0;
    const schedule = open(() => {
      if (++count === 1) throw new Error('at once');
      return count === 2 ? Promise.reject(new Error('later')) : Promise.resolve();
    });
    await schedule.runNow();
    await schedule.runNow();
    await schedule.runNow();
    expect(schedule.counts()).toMatchObject({ runCount: 3, failedCount: 2, skippedCount: 0 });
    expect(lines.map((line) => line.trim().split(' ').slice(1).join(' '))).toEqual([
      'error report failed reason="at once"',
      'error report failed reason=later',
    ]);
  });

  it('waits for the run under way when it stops, and runs no more', async () => {
    let ended = false;
    const schedule = open(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      ended = true;
    });
    schedule.start();
    void schedule.runNow();
    await schedule.stop();
    expect(ended).toBe(true);

    const { runCount } = schedule.counts();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(schedule.counts().runCount).toBe(runCount);
  });
});
