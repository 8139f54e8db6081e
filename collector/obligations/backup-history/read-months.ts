import type { ArrivalRow, ClaimRow } from '../../store/rows.ts';
import type { BackupHistoryPort } from '../../store/store.ts';
import { breathe } from './breathe.ts';
import { isBackup } from './due-times.ts';
import type { Span } from './local-days.ts';
import { type HistoryMonth, monthOf } from './months.ts';
import { type Period, readPeriod } from './read-period.ts';
import type { HistorySubject } from './subject.ts';

const dayMs = 86_400_000;
/** How far beyond the months a backup is looked for, near first: usually there is one close by. */
const reachesMs = [2 * dayMs, 40 * dayMs, 400 * dayMs, Infinity];

/** @param months one after the other. @throws AppError `too-many-runs`. */
export async function readMonths(
  port: BackupHistoryPort,
  subject: HistorySubject,
  months: readonly Span[],
  nowMs: number,
): Promise<HistoryMonth[]> {
  const periods: Period[] = [];
  for (const month of months) {
    periods.push(await readPeriod(port, subject, month, nowMs));
    await breathe();
  }
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return [];
  const within = periods.flatMap(({ runs }) =>
    runs.flatMap((run) => (isBackup(run, subject.minSizeBytes) ? [run.atMs] : [])),
  );
  const before = await lastBefore(port, subject, first.fromMs);
  const after = await firstAfter(port, subject, last.untilMs, nowMs);
  const successesAtMs = [before, ...within, after].filter((atMs) => atMs !== undefined);
  return months.map((month, at) =>
    monthOf(month, { dueTimes: periods[at]?.dueTimes ?? [], successesAtMs, knownSinceMs: subject.knownSinceMs, nowMs }),
  );
}

/** When the last backup before an instant was completed. */
export async function lastBefore(
  port: BackupHistoryPort,
  subject: HistorySubject,
  untilMs: number,
): Promise<number | undefined> {
  let edgeMs = untilMs;
  for (const reachMs of reachesMs) {
    const fromMs = Math.max(0, untilMs - reachMs);
    const found = await successTimes(port, subject, fromMs, edgeMs);
    if (found.length > 0) return found.at(-1);
    edgeMs = fromMs;
  }
  return undefined;
}

async function firstAfter(
  port: BackupHistoryPort,
  subject: HistorySubject,
  fromMs: number,
  nowMs: number,
): Promise<number | undefined> {
  let edgeMs = fromMs;
  for (const reachMs of reachesMs) {
    const untilMs = Math.min(nowMs + 1, fromMs + reachMs);
    if (untilMs <= edgeMs) return undefined;
    const [found] = await successTimes(port, subject, edgeMs, untilMs);
    if (found !== undefined) return found;
    edgeMs = untilMs;
  }
  return undefined;
}

/** When backups were completed, oldest first. */
async function successTimes(
  port: BackupHistoryPort,
  subject: HistorySubject,
  fromMs: number,
  untilMs: number,
): Promise<number[]> {
  const times = subject.isClaimless
    ? (await port.arrivals(subject, fromMs, untilMs)).flatMap((arrival) => timeOfArrival(arrival, subject))
    : (await port.claims(subject, fromMs, untilMs)).flatMap((claim) => timeOfClaim(claim, subject));
  return times.filter((atMs) => atMs >= fromMs && atMs < untilMs).toSorted((a, b) => a - b);
}

function timeOfArrival(arrival: ArrivalRow, { otherVaults, minSizeBytes }: HistorySubject): number[] {
  const { vault, modifiedAtMs, arrivedAtMs, sizeBytes } = arrival;
  const isOne = !otherVaults.has(vault) && isBackup({ outcome: 'ok', sizeBytes }, minSizeBytes);
  return isOne ? [Math.min(modifiedAtMs, arrivedAtMs)] : [];
}

function timeOfClaim({ outcome, completedAtMs, sizeBytes }: ClaimRow, { minSizeBytes }: HistorySubject): number[] {
  if (completedAtMs === undefined || (outcome !== 'ok' && outcome !== 'warning')) return [];
  return isBackup({ outcome, sizeBytes }, minSizeBytes) ? [completedAtMs] : [];
}
