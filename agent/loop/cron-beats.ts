/** Tells when the next beat of a cron expression is due. */
export interface BeatSource {
  /** The first beat later than that instant; undefined when there is none. */
  nextBeatMs(afterMs: number): number | undefined;
}

/** The values that a cron expression allows, as node-cron's `parse` lists them. */
export type CronFields = Record<'second' | 'minute', readonly number[]> &
  Record<'hour' | 'dayOfMonth' | 'month' | 'dayOfWeek', readonly (number | string)[]>;

/**
 * The beats of a six-field cron expression, in UTC, from the fields that node-cron reads out of it.
 *
 * node-cron's own task answers the same, but goes through the date formats of ICU, which cost a process that is to be
 * small more than 1 MB for good. Without them only the seconds and minutes may be restricted: those are the same in each hour.
 * @throws RangeError for an expression that restricts hours, days or months.
 */
export function createCronBeats({ second, minute, hour, dayOfMonth, month, dayOfWeek }: CronFields): BeatSource {
  const isEach = (field: readonly unknown[], count: number) => new Set(field).size === count;
  if (!isEach(hour, 24) || !isEach(dayOfMonth, 31) || !isEach(month, 12) || !isEach(dayOfWeek, 7)) {
    throw new RangeError('a cron expression of beats may restrict seconds and minutes only');
  }
  const seconds = second.toSorted((one, other) => one - other);
  const minutes = new Set(minute);
  return {
    nextBeatMs(afterMs) {
      const fromSeconds = Math.floor(afterMs / 1000) + 1;
      const firstMinute = Math.floor(fromSeconds / 60);
      // One minute more than an hour: in the first one the beats may be over.
      for (let at = firstMinute; at <= firstMinute + 60; at++) {
        if (!minutes.has(((at % 60) + 60) % 60)) continue;
        const beat = seconds.find((each) => at * 60 + each >= fromSeconds);
        if (beat !== undefined) return (at * 60 + beat) * 1000;
      }
      return undefined;
    },
  };
}
