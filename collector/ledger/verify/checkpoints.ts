import type { Checkpoint } from '../entry.ts';
import type { FaultCode } from './fault.ts';

/** Whether the checkpoints of a file are all there and stand where they belong; each names the one before. */
export class Checkpoints {
  count = 0;
  lastInFile: Checkpoint | undefined;
  readonly #firstSeq: number;
  #last: Checkpoint | undefined;

  /** @param anchor that of the record before the first one. */
  constructor(firstSeq: number, anchor: Checkpoint | null) {
    this.#firstSeq = firstSeq;
    this.#last = anchor ?? undefined;
  }

  /** The last record that a checkpoint covers. */
  get coveredThrough(): number {
    return this.#last?.seq ?? this.#firstSeq - 1;
  }

  /** @param atSeq the record after which it stands. @returns what is wrong with its place. */
  orderFault(
    { seq, previousSeq }: Checkpoint,
    atSeq: number,
  ): { code: FaultCode; message: string; seq: number } | undefined {
    const known = this.#last?.seq;
    if (known !== undefined && seq <= known) {
      return { code: 'doubled', message: `the checkpoint of record ${seq} comes a second time`, seq };
    }
    if (seq !== atSeq) {
      return { code: 'reordered', message: `the checkpoint of record ${seq} stands after record ${atSeq}`, seq };
    }
    if (previousSeq === (known ?? 0) || (known === undefined && previousSeq < this.#firstSeq)) return undefined;
    const message = `the checkpoint of record ${previousSeq} is missing: that of record ${seq} follows it`;
    return { code: 'missing', message, seq: previousSeq };
  }

  add(checkpoint: Checkpoint): void {
    this.count += 1;
    this.#last = checkpoint;
    this.lastInFile = checkpoint;
  }
}
