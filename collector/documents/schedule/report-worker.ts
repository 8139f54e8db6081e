import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../../shared/errors.ts';
import { signLedger } from '../../store/sqlite/ledger/sign-ledger.ts';
import { registerDocument } from '../../store/sqlite/documents.ts';
import { openMonthSource } from '../../store/sqlite/month-source.ts';
import { makeReports } from '../month/make-reports.ts';
import type { WorkerAnswer, WorkerOrder } from './worker-order.ts';

/** Who had it made, in the register of documents. */
const madeBy = 'pantau';

/** Runs in a thread of its own: reports take minutes where a Pemda is large, and nothing that arrives waits for them. */
async function work(order: WorkerOrder, answer: (words: WorkerAnswer) => void): Promise<void> {
  const { config, databasePath, month, folder, keptIn, nowMs } = order;
  const { monthly } = config.reports;
  if (monthly === undefined) return;
  const source = openMonthSource(databasePath);
  try {
    const made = await makeReports({
      config,
      source,
      month,
      perDepartment: monthly.perDepartment,
      formats: monthly.formats,
      folder,
      keptIn,
      madeBy,
      nowMs,
      signLedger: () => signLedger(databasePath, nowMs),
      register: (document, figures) => registerDocument(databasePath, document, figures),
      onProgress: (line) => answer({ kind: 'progress', line }),
    });
    answer({ kind: 'made', reports: made.map(({ files: _, ...report }) => report) });
  } finally {
    source.close();
  }
}

const port = parentPort;
if (port !== null) {
  const answer = (words: WorkerAnswer) => port.postMessage(words);
  try {
    await work(workerData as WorkerOrder, answer);
  } catch (error) {
    answer({ kind: 'failed', message: messageOf(error) });
  }
}
