import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import { badArchive } from './zip-entries.ts';

/** What a cell shows; a date is in UTC. Undefined where nothing stands. */
export type SheetCell = string | number | Date | undefined;

export interface SheetLimits {
  maxRows: number;
  maxColumns: number;
}

/** A cell, or several, in which something stands that is no value. */
export interface CellProblem {
  /** The first row that it is in; the topmost is 1. */
  row: number;
  /** `C2`, or `A2:A4` */
  cell: string;
  message: string;
}

export interface WorkbookSheet {
  name: string;
  /** From the first row. */
  rows: SheetCell[][];
  problems: CellProblem[];
}

/** What the thread answers. */
export type WorkbookAnswer = { sheets: WorkbookSheet[] } | { problem: string };

const longestMs = 60_000;
const maxMemoryMegabytes = 512;

/**
 * The sheets of an XLSX workbook that people see, in their order. A thread of its own reads it, with an end to its time
 * and memory, because it comes from outside.
 * @throws AppError `bad-file` that says why it cannot be read.
 */
export async function readWorkbook(bytes: Uint8Array, limits: SheetLimits): Promise<WorkbookSheet[]> {
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
    if ('sheets' in answer) return answer.sheets;
    throw new AppError('bad-file', answer.problem, { status: 422 });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
