import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadCounters } from './counters.ts';
import { segmentNumbers } from './load-segments.ts';
import { Segment } from './segment.ts';
import type { SpoolStats } from './spool.ts';

/**
 * What a spool folder holds, without changing anything, so that one can look while the agent runs.
 * @throws the system's error when the folder cannot be read.
 */
export function inspectSpool(folder: string): SpoolStats {
  const stats: SpoolStats = { ...loadCounters(join(folder, 'counters.json')), queuedCount: 0, sizeBytes: 0 };
  for (const number of segmentNumbers(readdirSync(folder))) {
    const segment = new Segment(folder, number);
    segment.load({ repair: false });
    stats.queuedCount += segment.index.pendingCount;
    stats.sizeBytes += segment.sizeBytes + segment.ackedSizeBytes;
  }
  return stats;
}
