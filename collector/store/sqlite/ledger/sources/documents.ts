import { plainJson } from './plain-json.ts';
import type { LedgerSource } from './source.ts';

interface Made {
  key: number;
  atMs: number;
  pd: string | null;
  name: string;
  month: string;
  revision: number;
  figuresHash: string;
  madeBy: string;
  body: string;
}

/** Which document was made of which figures, and the SHA-256 of each of its files. */
export const documentSource: LedgerSource = {
  name: 'documents',
  kind: 'document',
  table: 'documents',
  open(connection) {
    const rows = connection.prepare<[number, number], Made>(`
      SELECT key, made_at AS atMs, pd, name, month, revision, figures_hash AS figuresHash, made_by AS madeBy, body
      FROM documents WHERE key > ? ORDER BY key LIMIT ?`);
    return (afterKey, limit) =>
      rows.all(afterKey, limit).map(({ key, atMs, pd, body, ...named }) => ({
        key,
        atMs,
        pd: pd ?? undefined,
        data: plainJson({ ...named, ...(JSON.parse(body) as object) }),
      }));
  },
};
