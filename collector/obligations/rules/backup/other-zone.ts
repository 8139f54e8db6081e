import { nextDueMs, previousDueMs, type Schedule } from '../../../../shared/cron-grace.ts';
import { zoneOffsetMinutes } from '../../../../shared/local-time.ts';

/** Zones that a machine in Indonesia is found in: what installers choose, and the three of the country. */
const usualZones: readonly string[] = ['UTC', 'Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];

/** A job that begins on time ends at most so much later by its own clock. */
const longestRunMs = 90 * 60_000;
/** Below such a period another zone cannot be told from another run. */
const shortestPeriodMs = 12 * 3_600_000;
const neededCount = 2;

/**
 * The zone that a job seems to run in, when it is not the schedule's: each of the last backups was completed when the
 * schedule would have been due there. The usual cause is a server in UTC whose cron was written in local time.
 * @param completedAtMs of the last backups, the newest first.
 */
export function otherZoneOf(schedule: Schedule, completedAtMs: readonly number[]): string | undefined {
  const recent = completedAtMs.slice(0, 5);
  const [newest] = recent;
  if (newest === undefined || recent.length < neededCount) return undefined;
  const due = nextDueMs(schedule, newest);
  const after = due === undefined ? undefined : nextDueMs(schedule, due);
  if (due === undefined || after === undefined || after - due < shortestPeriodMs) return undefined;
  if (recent.every((atMs) => isOnTime(schedule, atMs))) return undefined;
  const own = zoneOffsetMinutes(newest, schedule.timezone);
  return usualZones.find(
    (zone) =>
      zoneOffsetMinutes(newest, zone) !== own &&
      recent.every((atMs) => isOnTime({ ...schedule, timezone: zone }, atMs)),
  );
}

function isOnTime(schedule: Schedule, atMs: number): boolean {
  const due = previousDueMs(schedule, atMs);
  return due !== undefined && atMs - due <= longestRunMs;
}
