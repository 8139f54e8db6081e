/** What happens in a simulated kabupaten: the raw events, from which a test works out by itself what a report must say. */

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
/** October 2026 in WIB. */
export const monthFromMs = Date.parse('2026-09-30T17:00:00Z');
export const dayCount = 31;
export const monthUntilMs = monthFromMs + dayCount * dayMs;
/** Everything is known for a day before; and the last backup of the month has until the next morning. */
export const startsAtMs = monthFromMs - dayMs;
export const endsAtMs = monthUntilMs + 12 * hourMs;
export const vantageEveryMs = hourMs;
export const agentEveryMs = 2 * hourMs;
export const departmentCount = 40;
/** Jobs begin at 01.00 and have until 07.00. */
export const dueAfterMidnightMs = hourMs;

export interface Window {
  fromMs: number;
  untilMs: number;
}

export type BackupEvent = 'arrived' | 'claimed' | 'failed' | 'absent';

export interface DepartmentPlan {
  id: string;
  /** The line to the Pusat Data is cut; its reports wait on its disk. */
  wanOutages: Window[];
  lanOutages: Window[];
  /** The machine is off: nothing is ever reported of that time. Whole days. */
  offDays: number[];
  hasDataset: boolean;
  /** Of each day of the month; what is not there is absent. */
  backups: BackupEvent[];
  restoreTests: { day: number; outcome: 'ok' | 'failed' }[];
  /** Rounds of the router's reading at which ten times as much is downloaded; undefined where no router is read. */
  busyShare: number | undefined;
  maintenance: Window | undefined;
}

export interface Plan {
  departments: DepartmentPlan[];
  /** Nobody looks from the Pusat Data. */
  vantageOff: Window;
}

/** A small generator of its own, so that a month is the same every time. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const vantageOffDay = 20;

export function makePlan(seed: number): Plan {
  const next = random(seed);
  const departments = Array.from({ length: departmentCount }, (_, number) => departmentPlan(number, next));
  const fromMs = monthFromMs + vantageOffDay * dayMs + 9 * hourMs;
  return { departments, vantageOff: { fromMs, untilMs: fromMs + 5 * hourMs } };
}

function departmentPlan(number: number, next: () => number): DepartmentPlan {
  const whole = (below: number) => Math.floor(next() * below);
  const offDays = number % 7 === 3 ? [12, 13] : [];
  // Outages begin on the hour, in the second half of a day, away from the nightly jobs and from each other.
  const days = [3, 8, 16, 24, 29].filter(() => next() < 0.3);
  const wanOutages = days.map((day) => windowAt(day, 10 + whole(4), 4 + whole(7)));
  const lanOutages = number % 5 === 1 ? [windowAt(5, 9, 3), windowAt(26, 8, 1)] : [];
  // One line is cut for two days and two nights: what was backed up meanwhile is told when it is back.
  if (number === 6) wanOutages.push(windowAt(18, 8, 40));
  const hasDataset = number % 10 !== 0;
  const backups = Array.from({ length: dayCount }, (_, day): BackupEvent => backupEvent(number, day, next));
  return {
    id: `pd-${String(number).padStart(2, '0')}`,
    wanOutages: wanOutages.toSorted((a, b) => a.fromMs - b.fromMs),
    lanOutages,
    offDays,
    hasDataset,
    backups: backups.map((event, day) => (offDays.includes(day) ? 'absent' : event)),
    restoreTests: hasDataset && number % 4 === 1 ? [{ day: 10, outcome: number % 8 === 1 ? 'ok' : 'failed' }] : [],
    busyShare: number < 5 ? number * 0.025 : undefined,
    maintenance: number === 8 ? windowAt(22, 13, 4) : undefined,
  };
}

function backupEvent(number: number, day: number, next: () => number): BackupEvent {
  const chance = next();
  // The exempt one stops for good.
  if (number === waivedNumber) return day < 20 ? 'arrived' : 'absent';
  if (chance < 0.05) return 'failed';
  if (chance < 0.09) return 'absent';
  return chance < 0.15 ? 'claimed' : 'arrived';
}

export const waivedNumber = 2;

function windowAt(day: number, hour: number, hours: number): Window {
  const fromMs = monthFromMs + day * dayMs + hour * hourMs;
  return { fromMs, untilMs: fromMs + hours * hourMs };
}

export function isIn(windows: readonly Window[], atMs: number): boolean {
  return windows.some(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs);
}

export function dayOf(atMs: number): number {
  return Math.floor((atMs - monthFromMs) / dayMs);
}

export function isOff({ offDays }: DepartmentPlan, atMs: number): boolean {
  return offDays.includes(dayOf(atMs));
}

/** When the job of a day is done. */
export function completedAtMs(day: number): number {
  return monthFromMs + day * dayMs + dueAfterMidnightMs + 20 * minuteMs;
}

/** Bytes a second that a site downloads in the step that ends at an instant. */
export function downloadRate({ id, busyShare = 0 }: DepartmentPlan, atMs: number): number {
  const step = Math.round(atMs / vantageEveryMs);
  const isBusy = ((step * 37 + Number(id.slice(3)) * 11) % 40) / 40 < busyShare;
  return isBusy ? 10_000_000 : 1_000_000;
}
