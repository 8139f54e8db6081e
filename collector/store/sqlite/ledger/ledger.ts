import type { Checkpoint } from '../../../ledger/entry.ts';
import type { LedgerPort } from '../../ledger-port.ts';
import type { Connection } from '../open.ts';
import { createAppend } from './append.ts';
import { createEntries } from './entries.ts';
import { createLedgerPages } from './pages.ts';
import { createLedgerPrune } from './prune.ts';

const checkpointColumns = 'seq, hash, at AS atMs, previous_seq AS previousSeq, signature';

function prepareStatements(connection: Connection) {
  return {
    count: connection.prepare<[], { lastSeq: number | null }>('SELECT max(seq) AS lastSeq FROM ledger'),
    add: connection.prepare(
      'INSERT INTO checkpoints (seq, hash, at, previous_seq, signature) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    latest: connection.prepare<[], Checkpoint>(
      `SELECT ${checkpointColumns} FROM checkpoints ORDER BY seq DESC LIMIT 1`,
    ),
    at: connection.prepare<[number], Checkpoint>(
      `SELECT ${checkpointColumns} FROM checkpoints WHERE seq >= ? ORDER BY seq LIMIT 1`,
    ),
  };
}

export function createLedger(connection: Connection): LedgerPort {
  const sql = prepareStatements(connection);
  const entries = createEntries(connection);
  const append = createAppend(connection, entries);
  const prune = createLedgerPrune(connection, entries);
  const page = createLedgerPages(connection);
  return {
    appendSome: async (limit) => append(limit),
    head: async () => entries.head(),
    entryCount: async () => sql.count.get()?.lastSeq ?? 0,
    addCheckpoint: async ({ seq, hash, atMs, previousSeq, signature }) =>
      void sql.add.run(seq, hash, atMs, previousSeq, signature),
    latestCheckpoint: async () => sql.latest.get(),
    checkpointAt: async (seq) => sql.at.get(seq),
    page: async (filter, range) => page(filter, range),
    pruneSome: async (beforeMs, nowMs) => prune(beforeMs, nowMs),
  };
}
