import { readFileSync } from 'node:fs';
import { writeFileAtomically } from '../../shared/atomic-file.ts';

/** What the spool could not keep or deliver since it was made. */
export interface SpoolCounters {
  /** Records given up for want of room. */
  droppedCount: number;
  /** Records that the collector refused for good. */
  rejectedCount: number;
  /** Records, or stretches of records, that the disk gave back broken. */
  damagedCount: number;
}

const names = ['droppedCount', 'rejectedCount', 'damagedCount'] as const;

/** @returns the stored counters; zeros for what is missing or damaged. */
export function loadCounters(path: string): SpoolCounters {
  const counters: SpoolCounters = { droppedCount: 0, rejectedCount: 0, damagedCount: 0 };
  try {
    const stored: unknown = JSON.parse(readFileSync(path, 'utf8'));
    for (const name of names) {
      const value = (stored as Record<string, unknown> | null)?.[name];
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) counters[name] = value;
    }
  } catch {
    // No file yet, or a broken one: counting starts again.
  }
  return counters;
}

/** @returns false when there was no room; the caller tries again later. */
export function saveCounters(path: string, counters: SpoolCounters): boolean {
  try {
    writeFileAtomically(path, JSON.stringify(counters));
    return true;
  } catch {
    return false;
  }
}
