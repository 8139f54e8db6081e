import { scheduleProblem } from '../../../shared/cron-grace.ts';
import type { ConfigPath, ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** Zones exist, schedules come due, dates are in the calendar. */
export function timesCheck(config: PantauConfig): ConfigProblem[] {
  return [
    ...zoneProblems(config.timezone, ['timezone']),
    ...config.perangkatDaerah.flatMap((pd, pdIndex) =>
      pd.datasets.flatMap(({ schedule, timezone }, index) => {
        const path = ['perangkatDaerah', pdIndex, 'datasets', index];
        // The zone is judged by itself; a bad one must not show up as a bad schedule as well.
        const problem = scheduleProblem(schedule, 'UTC');
        return [
          ...(timezone === undefined ? [] : zoneProblems(timezone, [...path, 'timezone'])),
          ...(problem === undefined
            ? []
            : [{ path: [...path, 'schedule'], message: `${problem}; a daily backup at 01:00 is "0 1 * * *"` }]),
        ];
      }),
    ),
    ...Object.entries(config.obligations).flatMap(([id, { waived = [] }]) =>
      waived
        .map(({ until }, index) => ({ until, path: ['obligations', id, 'waived', index, 'until'] }))
        .filter(({ until }) => !isDate(until))
        .map(({ until, path }) => ({
          path,
          message: `"${until}" is not in the calendar; write a date such as 2026-12-31`,
        })),
    ),
  ];
}

function zoneProblems(timezone: string, path: ConfigPath): ConfigProblem[] {
  if (isZone(timezone)) return [];
  const message = `"${timezone}" is no time zone; write Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)`;
  return [{ path, message }];
}

/** Offsets such as +07:00 would pass as zones, but schedules need a name. */
function isZone(timezone: string): boolean {
  if (!/^[A-Za-z]/.test(timezone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone }).format(0);
    return true;
  } catch {
    return false;
  }
}

function isDate(text: string): boolean {
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}
