import type { ReportRouter } from '../../shared/report-schema.ts';

/** What one report carries of routers; a request may hold a megabyte, half of it compressed. */
const mostBytesPerReport = 512 * 1024;
const mostPerReport = 256;
/** What may wait; beyond it the oldest go. */
const mostBytes = 16 * 1024 * 1024;

/** Readings that wait for a report, oldest first. */
export class ReadingQueue {
  #waiting: { reading: ReportRouter; sizeBytes: number }[] = [];
  #sizeBytes = 0;
  #droppedCount = 0;

  add(reading: ReportRouter): void {
    const sizeBytes = Buffer.byteLength(JSON.stringify(reading)) + 1;
    this.#waiting.push({ reading, sizeBytes });
    this.#sizeBytes += sizeBytes;
    while (this.#sizeBytes > mostBytes) {
      this.#sizeBytes -= this.#waiting.shift()?.sizeBytes ?? 0;
      this.#droppedCount++;
    }
  }

  /** What fits into one report. */
  take(): ReportRouter[] {
    let sizeBytes = 0;
    let count = 0;
    for (const each of this.#waiting) {
      if (count === mostPerReport || (count > 0 && sizeBytes + each.sizeBytes > mostBytesPerReport)) break;
      sizeBytes += each.sizeBytes;
      count++;
    }
    this.#sizeBytes -= sizeBytes;
    return this.#waiting.splice(0, count).map(({ reading }) => reading);
  }

  /** Whether more waits than one report carries. */
  get isLong(): boolean {
    return this.#waiting.length > mostPerReport || this.#sizeBytes > mostBytesPerReport;
  }

  /** How many were dropped since the last call. */
  takeDroppedCount(): number {
    const droppedCount = this.#droppedCount;
    this.#droppedCount = 0;
    return droppedCount;
  }
}
