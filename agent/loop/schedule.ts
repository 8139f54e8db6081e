import { parse } from 'node-cron';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/logger.ts';
import { type BeatSource, createCronBeats } from './cron-beats.ts';
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
  clock: Clock;
  logger: Logger;
  /** Told each time the watchdog had to step in. */
  onLate?: (sinceLastRunMs: number) => void;
  /** Reads the cron expression; node-cron does unless told. */
  createBeats?: (expression: string) => BeatSource;
}

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
 * Runs something at each beat of the wall clock; a cron expression that node-cron reads says when, in UTC.
 *
 * node-cron's own timer is not used, because it cannot bear a clock that jumps. Set back by an hour it stands still
 * for an hour. Set forward it walks through every beat that it has missed, without a pause: a router that starts in
 * 1970 and then learns the time would be blocked for an hour. Here a timer waits for one beat only, and after it
 * the next one is looked for anew, so that a jump in either direction costs no more than the beat under way.
 *
 * A watchdog on the monotonic clock looks after that: when no run has begun for 2.5 intervals, for whatever reason, it
 * runs at once and reads the expression anew. Its timer is put off at each run and so never wakes the process in normal use.
 */
export function createSchedule(options: ScheduleOptions): Schedule {
  const { name, clock, logger, createBeats = beatsOf } = options;
  const expression = intervalCron(options.intervalSeconds, options.phaseSeconds);
  const lateAfterMs = options.intervalSeconds * 1000 * lateAfterIntervals;
  let lateCount = 0;
  let beats: BeatSource | undefined;
  let beat: NodeJS.Timeout | undefined;
  let watchdog: NodeJS.Timeout | undefined;
  let lastBeginMs = 0;

  const job = createGuardedRun({ name, run: options.run, logger }, () => {
    lastBeginMs = clock.monotonicMs();
    watchdog?.refresh();
  });
  const arm = () => {
    clearTimeout(beat);
    const nowMs = clock.nowMs();
    const nextMs = beats?.nextBeatMs(nowMs);
    if (nextMs !== undefined) beat = setTimeout(onBeat, nextMs - nowMs + afterBeatMs);
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
    beats = createBeats(expression);
    onBeat();
  };
  return {
    start() {
      if (beats !== undefined) return;
      lastBeginMs = clock.monotonicMs();
      beats = createBeats(expression);
      watchdog = setTimeout(look, lateAfterMs).unref();
      arm();
    },
    async stop() {
      clearTimeout(beat);
      clearTimeout(watchdog);
      watchdog = undefined;
      beats = undefined;
      await job.ended();
    },
    runNow: () => job.begin(),
    counts: () => ({ ...job.counts, lateCount }),
  };
}

function beatsOf(expression: string): BeatSource {
  return createCronBeats(parse(expression));
}
