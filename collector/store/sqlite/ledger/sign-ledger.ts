import { dirname } from 'node:path';
import { loadCollectorKeys } from '../../../data-folder.ts';
import { makeCheckpoint } from '../../../ledger/make-checkpoint.ts';
import { openConnection } from '../open.ts';
import { createLedger } from './ledger.ts';

const rowsPerTurn = 100;
/** A history of years that an upgrade left is followed by the collector itself. */
const mostTurns = 200;

/**
 * Takes what was decided and done up to now into the ledger and signs it, beside a collector that may be running.
 * @param databasePath in the data folder of the collector, where its key lies.
 */
export async function signLedger(databasePath: string, nowMs: number): Promise<void> {
  const connection = openConnection(databasePath);
  try {
    const ledger = createLedger(connection);
    for (let turn = 0; turn < mostTurns; turn += 1) {
      if ((await ledger.appendSome({ rowCount: rowsPerTurn, isOver: () => false })) === 0) break;
    }
    await makeCheckpoint(ledger, loadCollectorKeys(dirname(databasePath)).privateKey, nowMs);
  } finally {
    connection.close();
  }
}
