import { AppError } from '../../shared/errors.ts';
import type { Envelope, Report } from '../../shared/report-schema.ts';

/** Latency and small clock errors stay below this; the agent's own time is then taken as it is. */
export const clockToleranceMs = 30_000;
/** Longer than any spool; older reports could not be judged or shown. */
export const oldestAcceptedMs = 400 * 86_400_000;

/**
 * When a report was really taken, on the collector's clock. A machine with a dead clock battery writes 1970, or seven
 * hours ahead, until it has network time; but the uptime it wrote beside it does not lie, so within one boot the age
 * is the difference of uptimes. Across a boot only the agent's own times are left.
 * @throws AppError `time-in-future` or `time-too-old` that names the report.
 */
export function effectiveTakenAtMs(envelope: Envelope, report: Report, place: number, receivedAtMs: number): number {
  const ownMs = Date.parse(report.takenAt);
  const field = `/reports/${place}/takenAt`;
  const takenAtMs =
    report.host.bootId === envelope.bootId
      ? receivedAtMs - (envelope.uptimeSeconds - report.host.uptimeSeconds) * 1000
      : ownMs;
  if (!(takenAtMs <= receivedAtMs + clockToleranceMs)) {
    throw new AppError('time-in-future', `The report at place ${place} says that it was taken after it was sent.`, {
      status: 422,
      field,
    });
  }
  if (takenAtMs < receivedAtMs - oldestAcceptedMs) {
    throw new AppError('time-too-old', `The report at place ${place} is older than 400 days; it cannot be kept.`, {
      status: 422,
      field,
    });
  }
  return Math.abs(takenAtMs - ownMs) <= clockToleranceMs ? ownMs : Math.round(takenAtMs);
}
