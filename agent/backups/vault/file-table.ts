/** The numbers that are kept of each file. */
export const columns = {
  sizeBytes: 0,
  modifiedAtMs: 1,
  changedAtMs: 2,
  inode: 3,
  arrivedAtMs: 4,
  checkedAtMs: 5,
  seenInScan: 6,
};
export type Column = (typeof columns)[keyof typeof columns];

const columnCount = Object.keys(columns).length;
const digestBytes = 32;
const firstRowCount = 64;

/**
 * The numbers and digests of all files of a vault, side by side: as fields of an object each they would take three
 * times the memory, and there may be hundreds of thousands of files.
 */
export class FileTable {
  #numbers = new Float64Array(0);
  /** Grows with the first digest only: repositories need none. */
  #digests: Buffer = Buffer.alloc(0);
  #rowCount = 0;
  readonly #free: number[] = [];

  /** A row of zeros without a digest. */
  add(): number {
    const row = this.#free.pop() ?? this.#rowCount++;
    const at = row * columnCount;
    if (at >= this.#numbers.length) {
      const larger = new Float64Array(Math.max(firstRowCount * columnCount, this.#numbers.length * 2));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers.fill(0, at, at + columnCount);
    this.setDigest(row, '');
    return row;
  }

  /** The row is used for another file from now on. */
  release(row: number): void {
    this.#free.push(row);
  }

  get(row: number, column: Column): number {
    return this.#numbers[row * columnCount + column] ?? 0;
  }

  set(row: number, column: Column, value: number): void {
    this.#numbers[row * columnCount + column] = value;
  }

  /** As latin1 text; empty when there is none. */
  digest(row: number): string {
    const at = row * digestBytes;
    if (at >= this.#digests.length) return '';
    const digest = this.#digests.toString('latin1', at, at + digestBytes);
    return digest === noDigest ? '' : digest;
  }

  setDigest(row: number, digest: string): void {
    const at = row * digestBytes;
    if (at >= this.#digests.length) {
      if (digest === '') return;
      const larger = Buffer.alloc((this.#numbers.length / columnCount) * digestBytes);
      this.#digests.copy(larger);
      this.#digests = larger;
    }
    this.#digests.write(digest === '' ? noDigest : digest, at, 'latin1');
  }
}

/** No file has a digest of zeros: nobody could make one. */
const noDigest = '\0'.repeat(digestBytes);
