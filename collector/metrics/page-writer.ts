const pieceBytes = 64 * 1024;

/** Gathers lines into pieces of about one size, all in the same memory: a piece holds until something more is written. */
export class PageWriter {
  #bytes: Buffer = Buffer.allocUnsafeSlow(pieceBytes + 4096);
  #endAt = 0;

  get isFull(): boolean {
    return this.#endAt >= pieceBytes;
  }

  write(text: string): void {
    const mostBytesPerUnit = 3;
    this.#makeRoom(text.length * mostBytesPerUnit);
    this.#endAt += this.#bytes.write(text, this.#endAt, 'utf8');
  }

  copy(source: Buffer, from: number, to: number): void {
    this.#makeRoom(to - from);
    this.#endAt += source.copy(this.#bytes, this.#endAt, from, to);
  }

  /** What was written since the last piece; empty when nothing was. */
  take(): Buffer {
    const piece = this.#bytes.subarray(0, this.#endAt);
    this.#endAt = 0;
    return piece;
  }

  #makeRoom(byteCount: number): void {
    const neededBytes = this.#endAt + byteCount;
    if (neededBytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(neededBytes + pieceBytes);
    this.#bytes.copy(larger, 0, 0, this.#endAt);
    this.#bytes = larger;
  }
}
