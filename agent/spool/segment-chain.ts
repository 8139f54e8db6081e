import { syncFolder } from '../../shared/atomic-file.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { loadSegments } from './load-segments.ts';
import { Segment } from './segment.ts';

const largestSegmentBytes = 256 * 1024;

/** The segments of a spool, oldest first: which one takes the next record, and which ones may go. */
export class SegmentChain {
  readonly segments: Segment[];
  /** Damaged places found when the folder was read. */
  readonly damagedCount: number;
  readonly #folder: string;
  readonly #logger: Logger;
  #nextNumber: number;

  /** @throws AppError `spool-unusable`. */
  constructor(folder: string, logger: Logger) {
    const loaded = loadSegments(folder, logger);
    this.segments = loaded.segments;
    this.damagedCount = loaded.damagedCount;
    this.#nextNumber = loaded.nextSegmentNumber;
    this.#folder = folder;
    this.#logger = logger;
    this.deleteSettled();
  }

  get lastRecordNumber(): number {
    return this.segments.reduce((last, segment) => Math.max(last, segment.lastRecordNumber), 0);
  }

  get queuedCount(): number {
    return this.segments.reduce((sum, segment) => sum + segment.index.pendingCount, 0);
  }

  get sizeBytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.sizeBytes + segment.ackedSizeBytes, 0);
  }

  /** @returns the segment that takes a record of this size, a new one when the last is full. */
  segmentFor(recordSizeBytes: number, maxSpoolSizeBytes: number): Segment {
    const last = this.segments.at(-1);
    const fullSizeBytes = Math.min(largestSegmentBytes, Math.ceil(maxSpoolSizeBytes / 8));
    const fits = last !== undefined && (last.sizeBytes === 0 || last.sizeBytes + recordSizeBytes <= fullSizeBytes);
    return fits ? last : this.startSegment();
  }

  /** @throws the system's error when there is no room for one. */
  startSegment(): Segment {
    const segment = new Segment(this.#folder, this.#nextNumber);
    segment.create();
    this.#nextNumber++;
    this.segments.at(-1)?.close();
    this.segments.push(segment);
    syncFolder(this.#folder);
    this.deleteSettled();
    return segment;
  }

  /** @returns what went with it, or undefined when there was no segment. */
  dropOldest(): { droppedCount: number; freedBytes: number } | undefined {
    const oldest = this.segments.shift();
    if (oldest === undefined) return undefined;
    this.#delete(oldest);
    return { droppedCount: oldest.index.pendingCount, freedBytes: oldest.sizeBytes + oldest.ackedSizeBytes };
  }

  /** A wholly acknowledged segment goes; the current one stays until it is full. */
  deleteSettled(): void {
    for (let at = this.segments.length - 2; at >= 0; at--) {
      const segment = this.segments[at];
      if (segment === undefined || segment.index.pendingCount > 0) continue;
      this.segments.splice(at, 1);
      this.#delete(segment);
    }
  }

  close(): void {
    for (const segment of this.segments) segment.close();
  }

  #delete(segment: Segment): void {
    try {
      segment.delete();
    } catch (error) {
      this.#logger.error('A spool segment could not be deleted.', { file: segment.path, reason: messageOf(error) });
    }
  }
}
