import type { LedgerSource } from './source.ts';
import { plainJson } from './plain-json.ts';

interface DeliveryRecord {
  key: number;
  at: number;
  pd: string | null;
  incident: string;
  event: string;
  channel: string;
  outcome: string;
  attemptCount: number;
  noticeSha256: string;
  error: string | null;
}

export const deliverySource: LedgerSource = {
  name: 'deliveries',
  kind: 'delivery',
  table: 'deliveries',
  open(connection) {
    const rows = connection.prepare<[number, number], DeliveryRecord>(`
      SELECT d.key, d.at, i.pd, d.incident, d.event, d.channel, d.outcome, d.attempt_count AS attemptCount,
        d.notice_sha256 AS noticeSha256, d.error
      FROM deliveries d LEFT JOIN incidents i ON i.id = d.incident WHERE d.key > ? ORDER BY d.key LIMIT ?`);
    return (afterKey, limit) =>
      rows.all(afterKey, limit).map(({ key, at, pd, error, ...said }) => ({
        key,
        atMs: at,
        pd: pd ?? undefined,
        data: plainJson({ ...said, pd: pd ?? undefined, error: error ?? undefined }),
      }));
  },
};
