import { zoneOffsetMinutes } from '../../shared/local-time.ts';

/** Days begin and end on a multiple of this in every zone. */
const stepMs = 15 * 60_000;
const minuteMs = 60_000;

/** Names days as a zone's calendars do, `YYYY-MM-DD`; asked for the same moment again and again it costs nothing. */
export function dayNames(timezone: () => string): (atMs: number) => string {
  let known = { step: Number.NaN, zone: '', name: '' };
  return (atMs) => {
    const step = Math.floor(atMs / stepMs);
    const zone = timezone();
    if (known.step !== step || known.zone !== zone) {
      const localMs = atMs + zoneOffsetMinutes(atMs, zone) * minuteMs;
      known = { step, zone, name: new Date(localMs).toISOString().slice(0, 10) };
    }
    return known.name;
  };
}
