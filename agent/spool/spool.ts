import { join } from 'node:path';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { compressWithDictionary } from '../../shared/report-dictionary.ts';
import { loadCounters, saveCounters, type SpoolCounters } from './counters.ts';
import { readRecord, type SpoolRecord } from './read-record.ts';
import { compressedFlag, encodeRecord, evidenceFlag, maxPayloadSizeBytes } from './record-format.ts';
import { keepRejected } from './rejected-records.ts';
import { SegmentChain } from './segment-chain.ts';
import { takeOrder, type RecordPlace } from './take-order.ts';

export type { SpoolRecord } from './read-record.ts';

export interface NewRecord {
  takenAtMs: number;
  /** True when the report holds backup evidence, which is sent before other history. */
  evidence: boolean;
  payload: Buffer;
}

export interface SpoolStats extends SpoolCounters {
  /** Records that wait for an acknowledgement. */
  queuedCount: number;
  sizeBytes: number;
}

export interface SpoolOptions {
  /** Bound of the segments together, acknowledgements included; the oldest segment goes first. */
  maxSizeBytes: number;
  logger: Logger;
}

/** On a full disk no more history than this is given up for one report: another program may eat what is freed. */
const maxSacrificeBytes = 64 * 1024;

/**
 * Opens reports that wait on disk; damaged contents are counted and logged, never an error. One process at a time
 * (the agent's lock sees to that). @throws AppError `spool-unusable` when the folder cannot be used at all.
 */
export function openSpool(folder: string, options: SpoolOptions): Spool {
  return new Spool(folder, options);
}

/** Reports on disk until they are acknowledged. What `append` returned from survives a crash and a loss of power. */
export class Spool {
  readonly #folder: string;
  readonly #logger: Logger;
  readonly #counters: SpoolCounters;
  readonly #chain: SegmentChain;
  #maxSizeBytes: number;
  #nextRecordNumber: number;
  #countersAreSaved = true;
  #isFailing = false;

  constructor(folder: string, { maxSizeBytes, logger }: SpoolOptions) {
    this.#folder = folder;
    this.#logger = logger;
    this.#maxSizeBytes = maxSizeBytes;
    this.#chain = new SegmentChain(folder, logger);
    this.#nextRecordNumber = this.#chain.lastRecordNumber + 1;
    this.#counters = loadCounters(this.#countersPath);
    if (this.#chain.damagedCount > 0) this.#count('damagedCount', this.#chain.damagedCount);
  }

  /** Keeps a report durably. Never fails for want of room: then the oldest history, or the report itself, is dropped. */
  append({ takenAtMs, evidence, payload }: NewRecord): void {
    if (payload.length > maxPayloadSizeBytes) {
      this.#logger.error('A report is too large to keep and was dropped.', { sizeBytes: payload.length });
      this.#count('droppedCount', 1);
      return;
    }
    const compressed = compressWithDictionary(payload);
    const isSmaller = compressed.length < payload.length;
    const flags = (evidence ? evidenceFlag : 0) | (isSmaller ? compressedFlag : 0);
    const header = { flags, takenAtMs, number: this.#nextRecordNumber, rawSizeBytes: payload.length };
    const record = encodeRecord(header, isSmaller ? compressed : payload);
    while (this.#chain.sizeBytes + record.length > this.#maxSizeBytes) {
      if (this.#dropOldest('the spool is at its size limit') === undefined) break;
    }
    if (this.#write(record, header)) this.#nextRecordNumber++;
    else this.#count('droppedCount', 1);
    if (!this.#countersAreSaved) this.#saveCounters();
  }

  /**
   * What to send next: the newest record, then evidence from new to old, then the rest from new to old. The records
   * stay in the spool until they are acknowledged.
   * @param maxSizeBytes of the payloads together; the first record comes even when it alone is larger.
   */
  takeBatch({ maxCount, maxSizeBytes }: { maxCount: number; maxSizeBytes: number }): SpoolRecord[] {
    const records: SpoolRecord[] = [];
    let sizeBytes = 0;
    for (const place of takeOrder(this.#chain.segments)) {
      const record = this.#read(place);
      if (record === undefined) continue;
      sizeBytes += record.payload.length;
      if (records.length > 0 && sizeBytes > maxSizeBytes) break;
      records.push(record);
      if (records.length >= maxCount) break;
    }
    return records;
  }

  /** The collector has these on its disk: they are not sent again. */
  acknowledge(records: readonly SpoolRecord[]): void {
    for (const segment of this.#chain.segments) {
      const positions = records.flatMap((record) => (record.segmentNumber === segment.number ? [record.position] : []));
      if (positions.length > 0) segment.settle(positions);
    }
    this.#chain.deleteSettled();
    if (!this.#countersAreSaved) this.#saveCounters();
  }

  /** The collector will never take these: they are put aside in `rejected/`, counted, and block nothing. */
  reject(records: readonly SpoolRecord[], reason: string): void {
    for (const record of records) {
      try {
        keepRejected(join(this.#folder, 'rejected'), record.number, reason, record.payload);
      } catch (error) {
        this.#logger.warn('A refused report could not be put aside.', { reason: messageOf(error) });
      }
    }
    this.#count('rejectedCount', records.length);
    this.acknowledge(records);
  }

  setMaxSizeBytes(maxSizeBytes: number): void {
    this.#maxSizeBytes = maxSizeBytes;
  }

  stats(): SpoolStats {
    return { ...this.#counters, queuedCount: this.#chain.queuedCount, sizeBytes: this.#chain.sizeBytes };
  }

  close(): void {
    if (!this.#countersAreSaved) this.#saveCounters();
    this.#chain.close();
  }

  #write(record: Buffer, header: { number: number; flags: number }): boolean {
    let freedBytes = 0;
    let mayRestart = true;
    for (;;) {
      try {
        this.#chain.segmentFor(record.length, this.#maxSizeBytes).append(record, header);
        if (this.#isFailing) this.#logger.info('The spool can be written again.');
        this.#isFailing = false;
        return true;
      } catch (error) {
        // Said once, not with every report of a long night with a full disk.
        if (!this.#isFailing) this.#logger.error('The spool could not be written.', { reason: messageOf(error) });
        this.#isFailing = true;
        if (isOutOfSpace(error)) {
          const dropped = freedBytes < maxSacrificeBytes ? this.#dropOldest('the disk is full') : undefined;
          // Dropping the empty segment that this attempt began frees nothing: there is nothing left to give up.
          if (dropped === undefined || dropped.freedBytes === 0) return false;
          freedBytes += dropped.freedBytes;
        } else if (!mayRestart || !this.#startSegment()) {
          return false;
        } else {
          mayRestart = false;
        }
      }
    }
  }

  /** After a failed write the system may have thrown the file's pages away: the next record goes to another file. */
  #startSegment(): boolean {
    try {
      this.#chain.startSegment();
      return true;
    } catch {
      return false;
    }
  }

  #dropOldest(reason: string): { freedBytes: number } | undefined {
    const dropped = this.#chain.dropOldest();
    if (dropped !== undefined && dropped.droppedCount > 0) {
      this.#logger.warn(`The oldest reports were dropped because ${reason}.`, { droppedCount: dropped.droppedCount });
      this.#count('droppedCount', dropped.droppedCount);
    }
    return dropped;
  }

  #read(place: RecordPlace): SpoolRecord | undefined {
    try {
      return readRecord(place);
    } catch (error) {
      this.#logger.error('A record in the spool cannot be read and is skipped.', {
        file: place.segment.path,
        reason: messageOf(error),
      });
      if (error instanceof AppError) {
        place.segment.settle([place.position]);
        this.#count('damagedCount', 1);
      }
      return undefined;
    }
  }

  #count(name: keyof SpoolCounters, added: number): void {
    this.#counters[name] += added;
    this.#saveCounters();
  }

  #saveCounters(): void {
    this.#countersAreSaved = saveCounters(this.#countersPath, this.#counters);
  }

  get #countersPath(): string {
    return join(this.#folder, 'counters.json');
  }
}

function isOutOfSpace(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
