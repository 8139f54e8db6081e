import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { shiftMonth } from '../../obligations/backup-history/local-days.ts';
import { monthPattern } from '../month/month-name.ts';

/** Removes the files of months that are older than is kept; a folder that is no month is nobody's of ours. @returns them */
export function removeOldMonths(folder: string, month: string, keepMonths: number): string[] {
  if (!existsSync(folder)) return [];
  const oldest = shiftMonth(month, 1 - keepMonths);
  const old = readdirSync(folder).filter((name) => monthPattern.test(name) && name < oldest);
  for (const name of old) rmSync(join(folder, name), { recursive: true, force: true });
  return old;
}
