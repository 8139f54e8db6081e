import { createHash } from 'node:crypto';
import type { Connection } from './open.ts';

interface Sent {
  incident: string;
  event: string;
  channel: string;
  notice: string;
  attemptCount: number;
  error: string | null;
}

/** What became of each notice in the end; written once and never changed. */
export function createDeliveriesTable(connection: Connection) {
  const sent = connection.prepare<[number], Sent>(`
    SELECT incident, event, channel, notice, attempt_count AS attemptCount, last_error AS error FROM outbox WHERE key = ?`);
  const insert = connection.prepare(`
    INSERT INTO deliveries (at, incident, event, channel, outcome, attempt_count, notice_sha256, error)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  return {
    /** Inside the transaction that changes the outbox, after it did. */
    add(id: number, { atMs, outcome }: { atMs: number; outcome: 'delivered' | 'given-up' }): void {
      const row = sent.get(id);
      if (row === undefined) return;
      const { incident, event, channel, notice, attemptCount, error } = row;
      const hash = createHash('sha256').update(notice).digest('hex');
      insert.run(atMs, incident, event, channel, outcome, attemptCount, hash, error);
    },
  };
}
