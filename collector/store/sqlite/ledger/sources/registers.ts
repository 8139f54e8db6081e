import type { LedgerSource } from './source.ts';
import { plainJson } from './plain-json.ts';

interface RevisionRecord {
  key: number;
  register: string;
  entry: string;
  revision: number;
  pd: string | null;
  removed: number;
  at: number;
  actor: string;
  body: string;
}

export const registerSource: LedgerSource = {
  name: 'registers',
  kind: 'register',
  table: 'register_revisions',
  open(connection) {
    const rows = connection.prepare<[number, number], RevisionRecord>(`
      SELECT key, register, entry, revision, pd, removed, at, actor, body FROM register_revisions WHERE key > ?
      ORDER BY key LIMIT ?`);
    return (afterKey, limit) =>
      rows.all(afterKey, limit).map(({ key, at, pd, removed, body, ...named }) => {
        const said = { ...(JSON.parse(body) as object), ...named, pd: pd ?? undefined, removed: removed === 1 };
        return { key, atMs: at, pd: pd ?? undefined, data: plainJson(said) };
      });
  },
};
