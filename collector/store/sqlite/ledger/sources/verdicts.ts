import type { VerdictRow } from '../../../rows.ts';
import type { LedgerSource } from './source.ts';
import { plainJson } from './plain-json.ts';

export const verdictSource: LedgerSource = {
  kind: 'verdict',
  name: 'verdict_changes',
  open(connection) {
    const rows = connection.prepare<[number, number], { key: number; at: number; body: string }>(
      'SELECT key, at, body FROM verdict_changes WHERE key > ? ORDER BY key LIMIT ?',
    );
    return (afterKey, limit) =>
      rows.all(afterKey, limit).map(({ key, at, body }) => {
        const { evidence, ...said } = JSON.parse(body) as VerdictRow;
        return { key, atMs: at, pd: said.pd, data: plainJson(said), evidence };
      });
  },
};
