import { evidenceFlag } from './record-format.ts';

const ackedState = 2;

/**
 * What the spool keeps in memory about the records of one segment: 13 bytes each, in arrays that double, so that a
 * month of reports costs less than a megabyte.
 */
export class RecordIndex {
  count = 0;
  pendingCount = 0;
  pendingEvidenceCount = 0;
  #offsets = new Uint32Array(8);
  #crcs = new Uint32Array(8);
  #sizes = new Uint32Array(8);
  #states = new Uint8Array(8);

  /** @param storedSizeBytes of the payload. */
  add(offset: number, crc: number, storedSizeBytes: number, flags: number): void {
    if (this.count === this.#offsets.length) this.#grow();
    const evidence = flags & evidenceFlag;
    this.#offsets[this.count] = offset;
    this.#crcs[this.count] = crc;
    this.#sizes[this.count] = storedSizeBytes;
    this.#states[this.count] = evidence;
    this.count++;
    this.pendingCount++;
    this.pendingEvidenceCount += evidence;
  }

  offsetAt(position: number): number {
    return this.#offsets[position] ?? 0;
  }

  crcAt(position: number): number {
    return this.#crcs[position] ?? 0;
  }

  storedSizeBytesAt(position: number): number {
    return this.#sizes[position] ?? 0;
  }

  isPending(position: number): boolean {
    return position < this.count && ((this.#states[position] ?? ackedState) & ackedState) === 0;
  }

  isEvidence(position: number): boolean {
    return ((this.#states[position] ?? 0) & evidenceFlag) !== 0;
  }

  /** @returns the position of the record that starts at `offset` with this checksum, or -1. */
  find(offset: number, crc: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.offsetAt(middle);
      if (found === offset) return this.crcAt(middle) === crc ? middle : -1;
      if (found < offset) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** @returns false when the record was settled before. */
  settle(position: number): boolean {
    if (!this.isPending(position)) return false;
    this.#states[position] = (this.#states[position] ?? 0) | ackedState;
    this.pendingCount--;
    if (this.isEvidence(position)) this.pendingEvidenceCount--;
    return true;
  }

  #grow(): void {
    this.#offsets = enlarge(this.#offsets, new Uint32Array(this.count * 2));
    this.#crcs = enlarge(this.#crcs, new Uint32Array(this.count * 2));
    this.#sizes = enlarge(this.#sizes, new Uint32Array(this.count * 2));
    this.#states = enlarge(this.#states, new Uint8Array(this.count * 2));
  }
}

function enlarge<Kind extends Uint32Array | Uint8Array>(from: Kind, to: Kind): Kind {
  to.set(from);
  return to;
}
