import { parentPort, workerData } from 'node:worker_threads';
import type { Sheet } from '../documents/document.ts';
import { writeWorkbook } from './write-workbook.ts';

/** Writes the sheets that the thread was started with, and answers with the bytes. */
const bytes = await writeWorkbook(workerData as Sheet[]);
// A port of a thread has no origin.
// eslint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(bytes);
