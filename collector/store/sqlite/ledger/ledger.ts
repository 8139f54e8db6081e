import type { Checkpoint } from '../../../ledger/entry.ts';
import type { LedgerFilter, LedgerPort, LedgerRow } from '../../ledger-port.ts';
import type { Connection } from '../open.ts';
import { createAppend } from './append.ts';
import { createEntries } from './entries.ts';
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
  return {
    appendSome: async (limit) => append(limit),
    head: async () => entries.head(),
    entryCount: async () => sql.count.get()?.lastSeq ?? 0,
    addCheckpoint: async ({ seq, hash, atMs, previousSeq, signature }) =>
      void sql.add.run(seq, hash, atMs, previousSeq, signature),
    latestCheckpoint: async () => sql.latest.get(),
    checkpointAt: async (seq) => sql.at.get(seq),
    page: async (filter, range) => pageOf(connection, filter, range),
    pruneSome: async (beforeMs, nowMs) => prune(beforeMs, nowMs),
  };
}

type Row = Omit<LedgerRow, 'pd'> & { pd: string | null };

function pageOf(connection: Connection, filter: LedgerFilter, { offset, limit }: { offset: number; limit: number }) {
  const { pd = null, kind = null, fromMs = null, untilMs = null } = filter;
  const wanted = [
    ['pd = ?', pd],
    ['kind = ?', kind],
    ['at >= ?', fromMs],
    ['at < ?', untilMs],
  ] as const;
  const used = wanted.filter(([, value]) => value !== null);
  const where = used.length === 0 ? '' : `WHERE ${used.map(([condition]) => condition).join(' AND ')}`;
  const values = used.map(([, value]) => value);
  const rows = connection
    .prepare<unknown[], Row>(
      `SELECT seq, at AS atMs, kind, pd, data, previous, hash FROM ledger ${where} ORDER BY seq LIMIT ? OFFSET ?`,
    )
    .all(...values, limit, offset);
  const counted = connection
    .prepare<unknown[], { totalCount: number }>(`SELECT count(*) AS totalCount FROM ledger ${where}`)
    .get(...values);
  return {
    rows: rows.map((row): LedgerRow => ({ ...row, pd: row.pd ?? undefined })),
    totalCount: counted?.totalCount ?? 0,
  };
}
