import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import { badArchive } from './zip-entries.ts';

/** What a cell shows; a date is in UTC. Undefined where nothing stands. */
export type SheetCell = string | number | Date | undefined;

export interface SheetLimits {
  maxRows: number;
  maxColumns: number;
}

/** What the thread answers. */
export type WorkbookAnswer = { rows: SheetCell[][] } | { problem: string };

const longestMs = 60_000;
const maxMemoryMegabytes = 512;

/**
 * The cells of the first sheet of an XLSX workbook, as rows from the first one. A thread of its own reads it, with an end
 * to its time and memory, because it comes from outside.
 * @throws AppError `bad-file` that says why it cannot be read.
 */
export async function readWorkbook(bytes: Uint8Array, limits: SheetLimits): Promise<SheetCell[][]> {
  const worker = new Worker(new URL('./read-workbook-thread.ts', import.meta.url), {
    workerData: { bytes, limits },
    resourceLimits: { maxOldGenerationSizeMb: maxMemoryMegabytes },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<WorkbookAnswer>((resolve, reject) => {
      timer = setTimeout(() => reject(badArchive('it takes too long')), longestMs);
      worker.once('message', resolve);
      worker.once('error', (cause) => reject(badArchive('it is too large or damaged', cause)));
      worker.once('exit', () => reject(badArchive('it is too large or damaged')));
    });
    if ('rows' in answer) return answer.rows;
    throw new AppError('bad-file', answer.problem, { status: 422 });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
