import type { Checkpoint } from '../entry.ts';
import { entryHash } from '../entry-hash.ts';
import { LedgerFault } from './fault.ts';
import type { ParsedLine } from './parse-line.ts';

type Entry = Extract<ParsedLine, { type: 'entry' }>;

/** The record that named another hash than the record before it has. */
interface Break {
  seq: number;
  hash: string;
  line: number;
  /** Of the record before. */
  lineBefore: number;
}

/** A record that is not where it belongs; what comes later shows whether it is there at all. */
interface Gap {
  /** The first that is missed. */
  seq: number;
  /** The first that is not. */
  untilSeq: number;
  /** What stands in its place: "record 7". */
  found: string;
  line: number;
}

const entrySeq = /"seq":(\d{1,16}),"type":"entry"\}$/;

/** Follows the hashes from record to record. */
export class Chain {
  seq: number;
  hash: string;
  #line = 1;
  #break: Break | undefined;
  #gap: Gap | undefined;
  readonly #firstSeq: number;

  constructor(firstSeq: number, previous: string) {
    this.#firstSeq = firstSeq;
    this.seq = firstSeq - 1;
    this.hash = previous;
  }

  /** True while something is missed that may still come. */
  get isSearching(): boolean {
    return this.#gap !== undefined;
  }

  get isBroken(): boolean {
    return this.#break !== undefined;
  }

  /** @throws LedgerFault when the record is not the next one as it was written. */
  add(entry: Entry, line: number): void {
    const hash = entryHash({ ...entry, data: entry.dataText });
    this.#settleBreak(entry.seq === this.seq + 1 ? entry.previous : undefined);
    const next = this.seq + 1;
    if (hash !== entry.hash) {
      throw new LedgerFault('altered', `Record ${next} (line ${line}) was altered: its hash is another one.`, {
        line,
        seq: next,
      });
    }
    if (entry.seq > next) {
      this.miss(entry.seq, `record ${entry.seq}`, line);
      return;
    }
    if (entry.seq < next) throw this.#again(entry, line);
    if (entry.previous !== this.hash) {
      this.#break = { seq: next, hash, line, lineBefore: this.#line };
    }
    this.seq = next;
    this.hash = hash;
    this.#line = line;
  }

  /** Something stands here that cannot before other records do. */
  miss(untilSeq: number, found: string, line: number): void {
    this.#settleBreak(undefined);
    this.#gap = { seq: this.seq + 1, untilSeq, found, line };
  }

  #again({ seq, hash }: Entry, line: number): LedgerFault {
    if (seq < this.#firstSeq) {
      const message = `Record ${seq} (line ${line}) does not belong here: the file begins with record ${this.#firstSeq}.`;
      return new LedgerFault('reordered', message, { line, seq });
    }
    const where = seq === this.seq && hash === this.hash ? 'stands there twice' : 'comes a second time';
    return new LedgerFault('doubled', `Record ${seq} ${where} (line ${line}).`, { line, seq });
  }

  /** After a gap only this is looked for. @throws LedgerFault when the missing record stands here. */
  search(bytes: Buffer, line: number): void {
    const gap = this.#gap;
    if (gap === undefined || entrySeq.exec(bytes.subarray(-60).toString('latin1'))?.[1] !== String(gap.seq)) return;
    const message = `Record ${gap.seq} stands in line ${line}, after ${gap.found} (line ${gap.line}): the records were reordered.`;
    throw new LedgerFault('reordered', message, { line: gap.line, seq: gap.seq });
  }

  /**
   * A statement that the collector signed of a record. @returns whether it is about the last one and says its hash.
   * @throws LedgerFault when it settles which record before was altered.
   */
  isConfirmed({ seq, hash }: Pick<Checkpoint, 'seq' | 'hash'>): boolean {
    if (seq === this.seq) this.#settleBreak(hash, true);
    return seq === this.seq && hash === this.hash;
  }

  /** Nothing more comes. @throws LedgerFault of what was left open. */
  end(): void {
    const gap = this.#gap;
    if (gap !== undefined) {
      const { seq, untilSeq, found, line } = gap;
      const those = untilSeq === seq + 1 ? `Record ${seq} is` : `Records ${seq} to ${untilSeq - 1} are`;
      const message = `${those} missing: ${found} stands in the place (line ${line}).`;
      throw new LedgerFault('missing', message, { line, seq });
    }
    this.#settleBreak(undefined);
  }

  /**
   * Two records that follow each other do not fit: the one with which the rest of the chain agrees was left alone.
   * @param said what comes next says of the hash of the later one.
   */
  #settleBreak(said: string | undefined, isSigned = false): void {
    const found = this.#break;
    if (found === undefined) return;
    const { seq, hash, line, lineBefore } = found;
    const by = isSigned ? 'the checkpoint after it' : 'the record after it';
    if (said !== undefined && said !== hash) {
      const message = `Record ${seq} (line ${line}) was altered and given a new hash: ${by} names another one.`;
      throw new LedgerFault('altered', message, { line, seq });
    }
    if (seq === this.#firstSeq) {
      const message = `Record ${seq} (line ${line}), the first, does not follow what the header says that it follows.`;
      throw new LedgerFault('altered', message, { line, seq });
    }
    const message =
      `Record ${seq - 1} (line ${lineBefore}) is not the one that record ${seq} follows: it was altered or exchanged, ` +
      'and given a new hash.';
    throw new LedgerFault('altered', message, { line: lineBefore, seq: seq - 1 });
  }
}
