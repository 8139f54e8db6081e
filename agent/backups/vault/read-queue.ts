import type { FileRecord } from './file-record.ts';
import { filesBelow } from './folder-record.ts';
import type { Dataset } from './dataset.ts';

/** What opening one more file costs, in bytes that could be read meanwhile. */
export const fileCostBytes = 16 * 1024;
/** A time of a check that lies further in the future was written down by a wrong clock. */
const clockToleranceMs = 60_000;
/** How far a small file is looked for before a large one goes on. */
const searchCount = 64;

/**
 * What to read next: files that were never read, the newest first; then files about which there is a doubt; then
 * everything again in turn, the longest unread first.
 */
export class ReadQueue {
  readonly #unread = new Set<FileRecord>();
  /** The newest last. */
  #order: FileRecord[] = [];
  #isArranged = true;
  readonly #doubtful = new Set<FileRecord>();
  /** The longest unread last. */
  #turn: FileRecord[] = [];
  #turnCostBytes = 0;

  addUnread(file: FileRecord): void {
    this.#unread.add(file);
    this.#isArranged = false;
  }

  addDoubtful(file: FileRecord): void {
    this.#doubtful.add(file);
  }

  forget(file: FileRecord): void {
    this.#unread.delete(file);
    this.#doubtful.delete(file);
  }

  unread(): Iterable<FileRecord> {
    return this.#unread;
  }

  /** Puts the unread ones into their order; what could not be read comes up once more. */
  arrange(): void {
    if (this.#isArranged) return;
    this.#isArranged = true;
    this.#order = [...this.#unread].toSorted((one, other) => one.modifiedAtMs - other.modifiedAtMs);
  }

  /** The newest unread file not larger than `maxSizeBytes`; it is not handed out again before it is arranged anew. */
  nextUnread(maxSizeBytes = Infinity): FileRecord | undefined {
    const order = this.#order;
    for (let at = order.length - 1; at >= 0 && at >= order.length - searchCount; at--) {
      const file = order[at];
      if (file === undefined || file.sizeBytes > maxSizeBytes) continue;
      order.splice(at, 1);
      if (!this.#unread.has(file)) continue;
      this.#isArranged = false;
      return file;
    }
    return undefined;
  }

  hasUnread(): boolean {
    return this.#order.some((file) => this.#unread.has(file));
  }

  nextDoubtful(): FileRecord | undefined {
    for (const file of this.#doubtful) {
      this.#doubtful.delete(file);
      return file;
    }
    return undefined;
  }

  /** The file whose turn it is to be read again. @param nowMs wall clock. */
  peekTurn(datasets: readonly Dataset[], nowMs: number): FileRecord | undefined {
    if (this.#turn.length === 0) this.#beginTurn(datasets, nowMs);
    for (let file = this.#turn.at(-1); file !== undefined; file = this.#turn.at(-1)) {
      if (!file.isGone && file.isSettled && file.checkedAtMs > 0) return file;
      this.#turn.pop();
    }
    return undefined;
  }

  /** Takes out what `peekTurn` named. */
  takeTurn(): void {
    this.#turn.pop();
  }

  /** Which part of a whole turn one file is. */
  shareOf(file: FileRecord): number {
    return (file.sizeBytes + fileCostBytes) / Math.max(this.#turnCostBytes, file.sizeBytes + fileCostBytes);
  }

  #beginTurn(datasets: readonly Dataset[], nowMs: number): void {
    this.#turnCostBytes = 0;
    for (const dataset of datasets) {
      for (const file of filesBelow(dataset.root)) {
        if (!file.isSettled || file.checkedAtMs === 0) continue;
        this.#turn.push(file);
        this.#turnCostBytes += file.sizeBytes + fileCostBytes;
      }
    }
    this.#turn.sort((one, other) => lastReadMs(other, nowMs) - lastReadMs(one, nowMs));
  }
}

/** When a file was last read for certain, milliseconds since the epoch. */
export function lastReadMs({ checkedAtMs }: FileRecord, nowMs: number): number {
  return checkedAtMs > nowMs + clockToleranceMs ? 0 : checkedAtMs;
}
