import { Cron } from 'croner';

/**
 * When a job is due. Due times are the ticks of a five-field cron expression in an IANA time zone; a run is late
 * once the grace after its due time is over.
 */
export interface Schedule {
  cron: string;
  timezone: string;
  graceSeconds: number;
}

/** The sentence that is wrong with an expression or a zone, or undefined when both are good. */
export function scheduleProblem(cron: string, timezone: string): string | undefined {
  if (cron.trim().split(/\s+/).length !== 5) return `"${cron}" must have five fields: minute hour day month weekday`;
  try {
    return new Cron(cron, { timezone, paused: true, mode: '5-part' }).nextRun() === null
      ? `"${cron}" never comes due`
      : undefined;
  } catch (error) {
    // The library says "CronPattern: Invalid value for hour: 25".
    const why = (error instanceof Error ? error.message : String(error)).replace(/^Cron\w*: */, '').replace(/\.$/, '');
    return `"${cron}" is no schedule (${why.charAt(0).toLowerCase()}${why.slice(1)})`;
  }
}

/** First due time strictly after an instant, in milliseconds since the epoch; undefined when there is none. */
export function nextDueMs(schedule: Schedule, afterMs: number): number | undefined {
  return new Cron(schedule.cron, { timezone: schedule.timezone, paused: true }).nextRun(new Date(afterMs))?.getTime();
}

/** Last due time at or before an instant. */
export function previousDueMs(schedule: Schedule, atMs: number): number | undefined {
  const job = new Cron(schedule.cron, { timezone: schedule.timezone, paused: true });
  return job.previousRuns(1, new Date(atMs + 1000))[0]?.getTime();
}

/**
 * Due times from an instant on and before another, in order, at most so many of them. Much cheaper than asking for one
 * after the other.
 */
export function dueTimesMs(schedule: Schedule, fromMs: number, untilMs: number, mostCount: number): number[] {
  const job = new Cron(schedule.cron, { timezone: schedule.timezone, paused: true });
  const found: number[] = [];
  for (let afterMs = fromMs - 1; found.length < mostCount;) {
    const dueAtMs = job.nextRun(new Date(afterMs))?.getTime();
    if (dueAtMs === undefined || dueAtMs >= untilMs || dueAtMs <= afterMs) break;
    found.push(dueAtMs);
    afterMs = dueAtMs;
  }
  return found;
}
