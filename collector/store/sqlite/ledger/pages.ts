import type { LedgerFilter, LedgerRow } from '../../ledger-port.ts';
import type { Connection } from '../open.ts';

type Row = Omit<LedgerRow, 'pd'> & { pd: string | null };

interface Range {
  offset: number;
  limit: number;
}

interface Page {
  rows: LedgerRow[];
  totalCount: number;
}

/** Reads pages of the chain. What is filtered and counted stands in indexes; only the entries of the page are read. */
export function createLedgerPages(connection: Connection): (filter: LedgerFilter, range: Range) => Page {
  const wholeCount = connection.prepare<[], { totalCount: number }>(
    'SELECT coalesce(max(seq) - min(seq) + 1, 0) AS totalCount FROM ledger',
  );
  return (filter, { offset, limit }) => {
    const { where, values } = conditionOf(filter);
    const rows = connection
      .prepare<unknown[], Row>(
        `SELECT seq, at AS atMs, kind, pd, data, previous, hash FROM ledger WHERE seq IN (
           SELECT seq FROM ledger ${where} ORDER BY seq LIMIT ? OFFSET ?) ORDER BY seq`,
      )
      .all(...values, limit, offset);
    const counted =
      where === ''
        ? wholeCount.get()
        : connection
            .prepare<unknown[], { totalCount: number }>(`SELECT count(*) AS totalCount FROM ledger ${where}`)
            .get(...values);
    return {
      rows: rows.map((row): LedgerRow => ({ ...row, pd: row.pd ?? undefined })),
      totalCount: counted?.totalCount ?? 0,
    };
  };
}

function conditionOf({ pd, kind, fromMs, untilMs }: LedgerFilter): { where: string; values: (string | number)[] } {
  const asked: [condition: string, value: string | number | undefined][] = [
    ['pd = ?', pd],
    ['kind = ?', kind],
    ['at >= ?', fromMs],
    ['at < ?', untilMs],
  ];
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  for (const [condition, value] of asked) {
    if (value === undefined) continue;
    conditions.push(condition);
    values.push(value);
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
}
