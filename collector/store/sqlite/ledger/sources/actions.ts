import type { LedgerSource } from './source.ts';
import { plainJson } from './plain-json.ts';

interface AuditRecord {
  key: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  detail: string;
}

export const actionSource: LedgerSource = {
  name: 'actions',
  kind: 'action',
  table: 'audit',
  open(connection) {
    const rows = connection.prepare<[number, number], AuditRecord>(
      'SELECT key, at, actor, action, subject, detail FROM audit WHERE key > ? ORDER BY key LIMIT ?',
    );
    return (afterKey, limit) =>
      rows.all(afterKey, limit).map(({ key, at, ...said }) => ({
        key,
        atMs: at,
        pd: undefined,
        data: plainJson(said),
      }));
  },
};
