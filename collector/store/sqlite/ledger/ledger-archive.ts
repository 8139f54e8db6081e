import type { Checkpoint } from '../../../ledger/entry.ts';
import type { LedgerArchive } from '../../ledger-archive.ts';
import type { LedgerRow } from '../../ledger-port.ts';
import { type Connection, openToRead } from '../open.ts';
import { createProgress } from '../progress.ts';
import { prunedThroughName } from './prune.ts';

type Row = Omit<LedgerRow, 'pd'> & { pd: string | null };

const toRow = (row: Row): LedgerRow => ({ ...row, pd: row.pd ?? undefined });
const entryColumns = 'seq, at AS atMs, kind, pd, data, previous, hash';
const checkpointColumns = 'seq, hash, at AS atMs, previous_seq AS previousSeq, signature';

function prepareStatements(connection: Connection) {
  return {
    first: connection.prepare<[number, number], Row>(
      `SELECT ${entryColumns} FROM ledger WHERE seq > ? AND at >= ? ORDER BY seq LIMIT 1`,
    ),
    last: connection.prepare<[number, number], Row>(
      `SELECT ${entryColumns} FROM ledger WHERE seq > ? AND at < ? ORDER BY seq DESC LIMIT 1`,
    ),
    entries: connection.prepare<[number, number, number], Row>(
      `SELECT ${entryColumns} FROM ledger WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
    ),
    body: connection.prepare<[number], { body: Buffer }>('SELECT body FROM ledger_bodies WHERE entry = ?'),
    checkpoint: connection.prepare<[number], Checkpoint>(`SELECT ${checkpointColumns} FROM checkpoints WHERE seq = ?`),
    latest: connection.prepare<[], Checkpoint>(
      `SELECT ${checkpointColumns} FROM checkpoints ORDER BY seq DESC LIMIT 1`,
    ),
  };
}

/** @param path of the database file of a collector, which may be running. @throws AppError as `openToRead` does. */
export function openLedgerArchive(path: string): LedgerArchive {
  const connection = openToRead(path);
  const sql = prepareStatements(connection);
  const prunedThrough = createProgress(connection, prunedThroughName);
  return {
    bounds({ fromMs = -Infinity, untilMs = Infinity }) {
      // What is being pruned is gone already.
      const after = prunedThrough.get();
      const [first, last] = [sql.first.get(after, fromMs), sql.last.get(after, untilMs)];
      if (first === undefined || last === undefined || first.seq > last.seq) return undefined;
      return { first: toRow(first), last: toRow(last) };
    },
    entries: (afterSeq, { lastSeq, limit }) => sql.entries.all(afterSeq, lastSeq, limit).map(toRow),
    body: (seq) => sql.body.get(seq)?.body,
    checkpoint: (seq) => sql.checkpoint.get(seq),
    latestCheckpoint: () => sql.latest.get(),
    isPruned: (seq) => seq <= prunedThrough.get(),
    close: () => void connection.close(),
  };
}
