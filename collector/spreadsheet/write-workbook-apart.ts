import { Worker } from 'node:worker_threads';
import type { Sheet } from '../documents/document.ts';
import { writeWorkbook } from './write-workbook.ts';

/** As long as this takes, everything else may wait. */
const cellsAtOnce = 2000;

/** The same as `writeWorkbook`; sheets with many cells are written by a thread of their own, so that nothing else waits. */
export async function writeWorkbookApart(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const cellCount = sheets.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
  if (cellCount <= cellsAtOnce) return writeWorkbook(sheets);
  const worker = new Worker(new URL('./write-workbook-thread.ts', import.meta.url), { workerData: sheets });
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread that writes a workbook ended with ${code}`)));
    });
  } finally {
    await worker.terminate();
  }
}
