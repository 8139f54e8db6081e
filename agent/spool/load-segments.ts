import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { Segment } from './segment.ts';

export interface LoadedSegments {
  /** Oldest first. */
  segments: Segment[];
  /** Higher than every number in the folder, of unreadable files too. */
  nextSegmentNumber: number;
  /** Damaged places found now. */
  damagedCount: number;
}

/**
 * Reads what a spool folder holds. Damaged contents never stop it: they are counted and logged.
 * @throws AppError `spool-unusable` when the folder cannot be made or listed.
 */
export function loadSegments(folder: string, logger: Logger): LoadedSegments {
  const names = listFolder(folder);
  const numbers = segmentNumbers(names);
  const loaded: LoadedSegments = { segments: [], nextSegmentNumber: (numbers.at(-1) ?? 0) + 1, damagedCount: 0 };
  for (const number of numbers) loadOne(folder, number, loaded, logger);
  for (const name of names) {
    if (/^\d{8}\.acked$/.test(name) && !existsSync(join(folder, name.replace(/acked$/, 'segment')))) {
      rmSync(join(folder, name), { force: true });
    }
  }
  return loaded;
}

/** The numbers of the segment files among the names of a folder, in order. */
export function segmentNumbers(names: readonly string[]): number[] {
  return names
    .flatMap((name) => (/^\d{8}\.segment$/.test(name) ? [Number(name.slice(0, 8))] : []))
    .sort((a, b) => a - b);
}

function loadOne(folder: string, number: number, loaded: LoadedSegments, logger: Logger): void {
  const segment = new Segment(folder, number);
  try {
    const scan = segment.load({ repair: true });
    loaded.damagedCount += scan.damagedCount + (scan.hasTornTail ? 1 : 0);
    loaded.segments.push(segment);
    if (scan.hasTornTail) {
      logger.warn('The end of a spool segment was cut off by a crash or damaged; what stood before it is kept.', {
        file: segment.path,
        keptCount: segment.index.count,
      });
    }
    if (scan.damagedCount > 0) {
      logger.warn('A spool segment holds damaged records; the others in it are kept.', {
        file: segment.path,
        damagedCount: scan.damagedCount,
      });
    }
  } catch (error) {
    loaded.damagedCount++;
    logger.error('A spool segment cannot be read and is left out; check the disk.', {
      file: segment.path,
      reason: messageOf(error),
    });
  }
}

function listFolder(folder: string): string[] {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return readdirSync(folder);
  } catch (cause) {
    throw new AppError(
      'spool-unusable',
      `The spool folder ${folder} cannot be used: ${messageOf(cause)}. Make it writable for the agent's user.`,
      { cause },
    );
  }
}
