import type { VerdictRow } from '../../../rows.ts';
import type { LedgerSource } from './source.ts';
import { plainJson } from './plain-json.ts';

interface ChangeRecord {
  key: number;
  at: number;
  body: string;
  removed: number;
}

export const verdictSource: LedgerSource = {
  name: 'verdicts',
  kind: 'verdict',
  table: 'verdict_changes',
  open(connection) {
    const rows = connection.prepare<[number, number], ChangeRecord>(
      'SELECT key, at, body, removed FROM verdict_changes WHERE key > ? ORDER BY key LIMIT ?',
    );
    return (afterKey, limit) =>
      rows.all(afterKey, limit).map(({ key, at, body, removed }) => {
        const { evidence, ...said } = JSON.parse(body) as VerdictRow;
        // What stood last of a case that is gone rests on nothing new.
        if (removed === 1) return { key, atMs: at, pd: said.pd, data: plainJson({ ...said, removed: true }) };
        return { key, atMs: at, pd: said.pd, data: plainJson(said), evidence };
      });
  },
};
