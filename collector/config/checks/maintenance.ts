import { dueTimesMs, scheduleProblem } from '../../../shared/cron-grace.ts';
import { durationSeconds } from '../../../shared/duration.ts';
import { localTimeMs } from '../../../shared/local-time.ts';
import { suggestName } from '../nearest-name.ts';
import type { MaintenanceConfig } from '../network-schema.ts';
import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** Planned work says when it is, once or again and again, and names what is there. */
export function maintenanceCheck(config: PantauConfig): ConfigProblem[] {
  return config.maintenance.flatMap((window, index) => {
    const path = ['maintenance', index];
    return [...placeProblems(config, window, path), ...timeProblems(window, path)];
  });
}

function placeProblems({ perangkatDaerah }: PantauConfig, { pd, site }: MaintenanceConfig, path: ConfigPath) {
  if (pd === undefined) {
    if (site === undefined) return [];
    return [{ path: [...path, 'site'], message: 'is there without a department; add pd', atKey: true }];
  }
  const known = perangkatDaerah.find(({ id }) => id === pd);
  if (known === undefined) {
    const remedy = suggestName(
      pd,
      perangkatDaerah.map(({ id }) => id),
    );
    return [{ path: [...path, 'pd'], message: `"${pd}" is no department in perangkatDaerah; ${remedy}` }];
  }
  const sites = known.sites.map(({ id }) => id);
  if (site === undefined || sites.includes(site)) return [];
  return [{ path: [...path, 'site'], message: `"${site}" is no site of ${pd}; ${suggestName(site, sites)}` }];
}

type TimeKey = 'from' | 'until' | 'schedule' | 'duration';

const partners: Readonly<Record<TimeKey, TimeKey>> = {
  from: 'until',
  until: 'from',
  schedule: 'duration',
  duration: 'schedule',
};

const forms: Readonly<Record<TimeKey, string>> = {
  from: "when it begins, in the Pemda's zone, say 2026-12-01T22:00",
  until: "when it ends, in the Pemda's zone, say 2026-12-02T02:00",
  schedule: 'when it begins, say "0 22 * * 5" for Fridays at 22:00',
  duration: 'how long it takes, say 4h',
};

function timeProblems(window: MaintenanceConfig, path: ConfigPath): ConfigProblem[] {
  const given = (Object.keys(partners) as TimeKey[]).filter((key) => window[key] !== undefined);
  const once = given.find((key) => key === 'from' || key === 'until');
  const again = given.find((key) => key === 'schedule' || key === 'duration');
  if (once !== undefined && again !== undefined) {
    return [{ path: [...path, again], message: `is there beside ${once}; keep one of them`, atKey: true }];
  }
  if (given.length === 0) {
    return [{ path, message: 'has no time; add from and until, or schedule and duration' }];
  }
  const missing = given.map((key) => partners[key]).find((key) => window[key] === undefined);
  if (missing !== undefined) {
    return [{ path: [...path, missing], message: `is missing; add it (${forms[missing]})` }];
  }
  return again === undefined ? onceProblems(window, path) : againProblems(window, path);
}

function onceProblems({ from = '', until = '' }: MaintenanceConfig, path: ConfigPath): ConfigProblem[] {
  // In which zone makes no difference to what is wrong.
  const fromMs = localTimeMs(from, 'UTC');
  const untilMs = localTimeMs(until, 'UTC');
  if (fromMs === undefined) return [notInCalendar([...path, 'from'], from)];
  if (untilMs === undefined) return [notInCalendar([...path, 'until'], until)];
  if (untilMs > fromMs) return [];
  return [{ path: [...path, 'until'], message: `"${until}" is not after from; write when the work ends` }];
}

function notInCalendar(path: ConfigPath, text: string): ConfigProblem {
  return { path, message: `"${text}" is not in the calendar; write a local time such as 2026-12-01T22:00` };
}

const hourSeconds = 3600;
/** Enough beginnings to see the shortest time between two of them. */
const beginningCount = 500;
const yearMs = 366 * 86_400_000;
const sampleFromMs = Date.UTC(2026, 0, 1);

function againProblems({ schedule = '', duration = '' }: MaintenanceConfig, path: ConfigPath): ConfigProblem[] {
  const problem = scheduleProblem(schedule, 'UTC');
  if (problem !== undefined) {
    return [{ path: [...path, 'schedule'], message: `${problem}; Fridays at 22:00 is "0 22 * * 5"` }];
  }
  const apartSeconds = shortestTimeApartSeconds(schedule);
  if (apartSeconds < hourSeconds) {
    const message = `"${schedule}" begins more than once an hour; let planned work begin less often`;
    return [{ path: [...path, 'schedule'], message }];
  }
  if (durationSeconds(duration) < apartSeconds) return [];
  // Without an end nothing would ever be told of the place again.
  const message = `"${duration}" lasts until the next beginning; make it shorter, or the schedule rarer`;
  return [{ path: [...path, 'duration'], message }];
}

function shortestTimeApartSeconds(cron: string): number {
  const schedule = { cron, timezone: 'UTC', graceSeconds: 0 };
  const starts = dueTimesMs(schedule, sampleFromMs, sampleFromMs + yearMs, beginningCount);
  const apartMs = starts.slice(1).map((startMs, index) => startMs - (starts[index] ?? 0));
  return Math.min(yearMs, ...apartMs) / 1000;
}
