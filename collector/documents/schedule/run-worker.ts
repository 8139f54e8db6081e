import { Worker } from 'node:worker_threads';
import type { WorkerAnswer, WorkerOrder } from './worker-order.ts';

type Made = Extract<WorkerAnswer, { kind: 'made' }>['reports'];

/** A Pemda of 500 departments needs a few hundred; a runaway must not take the collector with it. */
const mostMegabytes = 2048;

/** @throws Error when nothing was made; also when it was stopped. */
export async function runWorker(order: WorkerOrder, signal: AbortSignal): Promise<Made> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./report-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<Made>((resolve, reject) => {
    worker.on('message', (answer: WorkerAnswer) => {
      if (answer.kind === 'made') resolve(answer.reports);
      if (answer.kind === 'failed') reject(new Error(answer.message));
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('it ended before the reports were made')));
  }).finally(() => signal.removeEventListener('abort', stop));
}
