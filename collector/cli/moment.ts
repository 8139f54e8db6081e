import { localTimeMs } from '../../shared/local-time.ts';

const withZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
const withoutZone = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?$/;

/** What a moment on the command line may look like. */
export const momentForm = '2026-11-01, 2026-11-01T07:00 or 2026-11-01T07:00:00+07:00';

/** A day or a time, of the given zone unless it names its own. @returns undefined when it is neither. */
export function readMoment(text: string, timezone: string): number | undefined {
  if (withZone.test(text)) {
    const atMs = Date.parse(text);
    return Number.isNaN(atMs) ? undefined : atMs;
  }
  return withoutZone.test(text) ? localTimeMs(text.includes('T') ? text : `${text}T00:00`, timezone) : undefined;
}
