/**
 * The six-field cron expression (with seconds) of an interval that divides a minute or an hour.
 * @param phaseSeconds offset of the beats; taken modulo the interval.
 * @throws RangeError for an interval that a cron expression cannot hold without drifting.
 */
export function intervalCron(intervalSeconds: number, phaseSeconds: number): string {
  const phase = ((Math.floor(phaseSeconds) % intervalSeconds) + intervalSeconds) % intervalSeconds;
  if (intervalSeconds >= 1 && intervalSeconds <= 60 && 60 % intervalSeconds === 0) {
    return `${steps(phase, intervalSeconds)} * * * * *`;
  }
  if (intervalSeconds % 60 === 0 && intervalSeconds >= 60 && intervalSeconds <= 3600 && 3600 % intervalSeconds === 0) {
    return `${phase % 60} ${steps(Math.floor(phase / 60), intervalSeconds / 60)} * * * *`;
  }
  throw new RangeError(`an interval of ${intervalSeconds} seconds does not divide a minute or an hour`);
}

/** One field of 60 values: every `step`th of them, from `first` on. */
function steps(first: number, step: number): string {
  return step === 60 ? String(first) : `${first}-59/${step}`;
}
