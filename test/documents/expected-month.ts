import {
  agentEveryMs,
  dayCount,
  dayMs,
  type DepartmentPlan,
  downloadRate,
  dueAfterMidnightMs,
  isIn,
  isOff,
  minuteMs,
  monthFromMs,
  monthUntilMs,
  type Plan,
  startsAtMs,
  vantageEveryMs,
} from './month-plan.ts';

/** Minutes of the month in which a link was up, down, or nobody knows; minute by minute from the raw rounds. */
export interface LinkMinutes {
  up: number;
  down: number;
  unknown: number;
  maintenance: number;
}

/** A round speaks until the next one, at most for one and a half intervals. */
function minutesOf(
  rounds: { everyMs: number; stateAt: (atMs: number) => 'up' | 'down' | undefined },
  maintenance: DepartmentPlan['maintenance'],
): LinkMinutes {
  const minutes: LinkMinutes = { up: 0, down: 0, unknown: 0, maintenance: 0 };
  let last: { atMs: number; state: 'up' | 'down' } | undefined;
  for (let atMs = startsAtMs; atMs < monthUntilMs; atMs += minuteMs) {
    const state = (atMs - startsAtMs) % rounds.everyMs === 0 ? rounds.stateAt(atMs) : undefined;
    if (state !== undefined) last = { atMs, state };
    if (atMs < monthFromMs) continue;
    if (maintenance !== undefined && isIn([maintenance], atMs)) minutes.maintenance += 1;
    else if (last === undefined || atMs - last.atMs >= rounds.everyMs * 1.5) minutes.unknown += 1;
    else minutes[last.state] += 1;
  }
  return minutes;
}

export function wanMinutes(plan: Plan, department: DepartmentPlan): LinkMinutes {
  const stateAt = (atMs: number) => {
    if (isIn([plan.vantageOff], atMs)) return undefined;
    return isIn(department.wanOutages, atMs) ? 'down' : 'up';
  };
  return minutesOf({ everyMs: vantageEveryMs, stateAt }, department.maintenance);
}

export function lanMinutes(department: DepartmentPlan): LinkMinutes {
  const stateAt = (atMs: number) => {
    if (isOff(department, atMs)) return undefined;
    return isIn(department.lanOutages, atMs) ? 'down' : 'up';
  };
  return minutesOf({ everyMs: agentEveryMs, stateAt }, department.maintenance);
}

export interface BackupCounts {
  due: number;
  met: number;
  claimed: number;
  failed: number;
  missed: number;
  unknown: number;
}

export function backupCounts(department: DepartmentPlan): BackupCounts | undefined {
  if (!department.hasDataset) return undefined;
  const counts: BackupCounts = { due: 0, met: 0, claimed: 0, failed: 0, missed: 0, unknown: 0 };
  for (let day = 0; day < dayCount; day += 1) {
    counts.due += 1;
    const event = department.backups[day];
    if (department.offDays.includes(day)) counts.unknown += 1;
    else if (event === 'arrived' || event === 'claimed') counts.met += 1;
    else if (event === 'failed') counts.failed += 1;
    else counts.missed += 1;
    if (event === 'claimed' && !department.offDays.includes(day)) counts.claimed += 1;
  }
  return counts;
}

/** The longest time without a backup that touches the month, cut at its end, in seconds. */
export function longestGapSeconds({ backups, offDays }: DepartmentPlan): number {
  const doneMs = (day: number) => monthFromMs + day * dayMs + dueAfterMidnightMs + 20 * minuteMs;
  const made = backups.flatMap((event, day) =>
    (event === 'arrived' || event === 'claimed') && !offDays.includes(day) ? [doneMs(day)] : [],
  );
  const edges = [doneMs(-1), ...made, monthUntilMs];
  return Math.max(...edges.slice(1).map((edge, at) => edge - (edges[at] ?? edge))) / 1000;
}

const slotsPerStep = vantageEveryMs / (5 * minuteMs);

/** The value that 95 of 100 five-minute means do not exceed. */
export function p95Down(plan: Plan, department: DepartmentPlan): number {
  const rates: number[] = [];
  for (let atMs = monthFromMs + vantageEveryMs; atMs <= monthUntilMs; atMs += vantageEveryMs) {
    if (isIn([plan.vantageOff], atMs)) continue;
    for (let slot = 0; slot < slotsPerStep; slot += 1) rates.push(downloadRate(department, atMs));
  }
  return rates.toSorted((a, b) => a - b)[Math.ceil(rates.length * 0.95) - 1] ?? 0;
}
