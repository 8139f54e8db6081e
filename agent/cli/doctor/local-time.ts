import { formatZonedRfc3339 } from '../../../shared/local-time.ts';

/** The zone that this machine is set to. */
export function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** An instant for people at this machine, to the minute: `2026-11-21 02:00+07:00`. */
export function localTime(instant: string, timezone: string): string {
  const atMs = Date.parse(instant);
  if (Number.isNaN(atMs)) return instant;
  return formatZonedRfc3339(atMs, timezone)
    .replace('T', ' ')
    .replace(/:\d{2}\.\d{3}/, '');
}
