import { deflateSync, inflateSync } from 'node:zlib';
import { AppError } from '../../../shared/errors.ts';
import type { DocumentRow, NewDocument } from '../documents-port.ts';
import { type Connection, openConnection } from './open.ts';

interface DocumentRecord {
  key: number;
  name: string;
  month: string;
  pd: string | null;
  revision: number;
  figures_hash: string;
  made_at: number;
  made_by: string;
  folder: string | null;
  body: string;
}

type Body = Pick<NewDocument, 'checkpoint' | 'files' | 'changeCount'>;

const columns = 'key, name, month, pd, revision, figures_hash, made_at, made_by, folder, body';

function toDocument(record: DocumentRecord): DocumentRow {
  const { checkpoint, files, changeCount } = JSON.parse(record.body) as Body;
  return {
    key: record.key,
    name: record.name,
    month: record.month,
    pd: record.pd ?? undefined,
    revision: record.revision,
    figuresHash: record.figures_hash,
    madeAtMs: record.made_at,
    madeBy: record.made_by,
    folder: record.folder ?? undefined,
    checkpoint,
    files,
    changeCount,
  };
}

/** Reading only: on a connection of its own it serves beside a running collector, too. */
export function createDocumentsTable(connection: Connection) {
  const all = connection.prepare<[], DocumentRecord>(`SELECT ${columns} FROM documents ORDER BY key DESC`);
  const one = connection.prepare<[number], DocumentRecord>(`SELECT ${columns} FROM documents WHERE key = ?`);
  const named = connection.prepare<[string], DocumentRecord>(
    `SELECT ${columns} FROM documents WHERE name = ? ORDER BY revision, key`,
  );
  const figures = connection.prepare<[number], { figures: Buffer }>('SELECT figures FROM documents WHERE key = ?');
  return {
    list: (): DocumentRow[] => all.all().map(toDocument),
    byKey: (key: number): DocumentRow | undefined => {
      const record = one.get(key);
      return record && toDocument(record);
    },
    /** Every edition of a document, the oldest first. */
    named: (name: string): DocumentRow[] => named.all(name).map(toDocument),
    figures: (key: number): string | undefined => {
      const record = figures.get(key);
      return record && inflateSync(record.figures).toString();
    },
  };
}

/**
 * Keeps what was made. A connection of its own for one short transaction: whoever makes reports runs beside the collector.
 * @param figures their canonical JSON.
 * @throws AppError `made-meanwhile` when somebody else has made the same revision of other figures since it was looked up.
 */
export function registerDocument(path: string, document: NewDocument, figures: string): void {
  const connection = openConnection(path);
  try {
    const other = connection.prepare<[string, number, string], { key: number }>(
      'SELECT key FROM documents WHERE name = ? AND revision >= ? AND figures_hash <> ? LIMIT 1',
    );
    const add = connection.prepare(`
      INSERT INTO documents (name, month, pd, revision, figures_hash, made_at, made_by, folder, body, figures)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    const { name, month, pd, revision, figuresHash, madeAtMs, madeBy, folder, ...body } = document;
    const what = [name, month, pd ?? null, revision, figuresHash, madeAtMs, madeBy, folder ?? null];
    // Before the transaction: while it is open the collector can write nothing, and waits for it on its main thread.
    const content = [JSON.stringify(body satisfies Body), deflateSync(figures)];
    connection
      .transaction(() => {
        if (other.get(name, revision, figuresHash) !== undefined) throw madeMeanwhile(name);
        add.run(...what, ...content);
      })
      .immediate();
  } finally {
    connection.close();
  }
}

function madeMeanwhile(name: string): AppError {
  const message = `Another revision of ${name} was made meanwhile; make it again.`;
  return new AppError('made-meanwhile', message, { retryable: true });
}
