import cron, { type ScheduledTask } from 'node-cron';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/logger.ts';
import { createGuardedRun, type RunCounts } from './guarded-run.ts';
import { intervalCron } from './interval-cron.ts';

/** A run is late when this many intervals have passed since the last one began. */
const lateAfterIntervals = 2.5;
/** Timers may fire a millisecond early, which would make two beats of one. */
const afterBeatMs = 5;

export interface ScheduleOptions {
  /** For log lines. */
  name: string;
  /** One of `intervalChoicesSeconds`. */
  intervalSeconds: number;
  /** Where in the interval the run begins, so that a fleet does not report in one second. */
  phaseSeconds: number;
  run: () => Promise<void>;
  /** Its wall clock must be the one of `Date`, which node-cron reads. */
  clock: Clock;
  logger: Logger;
  /** Told each time the watchdog had to step in. */
  onLate?: (sinceLastRunMs: number) => void;
  /** Makes the cron task; node-cron's own unless told. */
  createTask?: (expression: string) => BeatSource;
}

/** The part of a node-cron task that tells when to run. */
export type BeatSource = Pick<ScheduledTask, 'getNextRuns' | 'destroy'>;

export interface ScheduleCounts extends RunCounts {
  /** Times that the watchdog found no run begun for 2.5 intervals. */
  lateCount: number;
}

export interface Schedule {
  start(): void;
  /** Ends the schedule and waits for the run that is under way. */
  stop(): Promise<void>;
  /** Runs outside the beat, under the same guard against overlap; resolves when that run has ended. Never rejects. */
  runNow(): Promise<void>;
  counts(): Readonly<ScheduleCounts>;
}

/**
 * Runs something at each beat of the wall clock; node-cron says when, in UTC.
 *
 * node-cron's own timer is not used, because it cannot bear a clock that jumps. Set back by an hour it stands still
 * for an hour. Set forward it walks through every beat that it has missed, without a pause: a router that starts in
 * 1970 and then learns the time would be blocked for an hour. Here a timer waits for one beat only, and after it
 * node-cron is asked anew, so that a jump in either direction costs no more than the beat under way.
 *
 * A watchdog on the monotonic clock looks after that: when no run has begun for 2.5 intervals, for whatever reason, it
 * runs at once and makes a new task. Its timer is put off at each run and so never wakes the process in normal use.
 */
export function createSchedule(options: ScheduleOptions): Schedule {
  const { name, clock, logger, createTask = createCronTask } = options;
  const expression = intervalCron(options.intervalSeconds, options.phaseSeconds);
  const lateAfterMs = options.intervalSeconds * 1000 * lateAfterIntervals;
  let lateCount = 0;
  let task: BeatSource | undefined;
  let beat: NodeJS.Timeout | undefined;
  let watchdog: NodeJS.Timeout | undefined;
  let lastBeginMs = 0;

  const job = createGuardedRun({ name, run: options.run, logger }, () => {
    lastBeginMs = clock.monotonicMs();
    watchdog?.refresh();
  });
  const arm = () => {
    clearTimeout(beat);
    const next = task?.getNextRuns(1)[0];
    if (next === undefined) return;
    beat = setTimeout(onBeat, Math.max(0, next.getTime() - clock.nowMs()) + afterBeatMs);
  };
  const onBeat = () => {
    arm();
    void job.begin();
  };
  const look = () => {
    watchdog?.refresh();
    const sinceMs = clock.monotonicMs() - lastBeginMs;
    if (sinceMs < lateAfterMs * 0.99) return;
    lateCount++;
    options.onLate?.(sinceMs);
    const isRunning = job.isRunning();
    logger.warn(isRunning ? `${name} is still at its last run` : `${name} missed its time and runs now`, {
      sinceSeconds: Math.round(sinceMs / 1000),
    });
    if (isRunning) return;
    void task?.destroy();
    task = createTask(expression);
    onBeat();
  };
  return {
    start() {
      if (task !== undefined) return;
      lastBeginMs = clock.monotonicMs();
      task = createTask(expression);
      watchdog = setTimeout(look, lateAfterMs).unref();
      arm();
    },
    async stop() {
      clearTimeout(beat);
      clearTimeout(watchdog);
      watchdog = undefined;
      void task?.destroy();
      task = undefined;
      await job.ended();
    },
    runNow: () => job.begin(),
    counts: () => ({ ...job.counts, lateCount }),
  };
}

function createCronTask(expression: string): BeatSource {
  return cron.createTask(expression, () => {}, { timezone: 'UTC' });
}
