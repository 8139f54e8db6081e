import type { Notice } from '../../notify/notice.ts';
import type { OutboxEntry, OutboxPort } from '../../notify/outbox-port.ts';
import type { NewOutboxRow } from '../rows.ts';
import { createDeliveriesTable } from './deliveries.ts';
import type { Connection } from './open.ts';

interface OutboxRecord {
  key: number;
  channel: string;
  notice: string;
  attempt_count: number;
  created_at: number;
}

const toEntry = (record: OutboxRecord): OutboxEntry => ({
  id: record.key,
  channel: record.channel,
  notice: JSON.parse(record.notice) as Notice,
  attemptCount: record.attempt_count,
  createdAtMs: record.created_at,
});

/**
 * No attempt is put off for longer; a row that lies further ahead was written while the clock was ahead, and an alert
 * must not wait until that time comes.
 */
const longestWaitMs = 2 * 3_600_000;

/** What came before can change again, and what has ended can come back: each time is told. */
function eventName({ event, incident }: Notice, createdAtMs: number): string {
  if (event === 'changed') return `changed ${createdAtMs}`;
  return incident.reopenedCount === undefined ? event : `${event} ${incident.reopenedCount}`;
}

/** A row waits while `next_attempt_at` is set; delivered and given-up rows keep their story but wait no more. */
export function createOutboxTable(connection: Connection) {
  const insert = connection.prepare(`
    INSERT INTO outbox (incident, event, channel, notice, created_at, next_attempt_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  // A later notice of the same incident and channel waits for the earlier one.
  const waiting = `FROM outbox o WHERE next_attempt_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM outbox e WHERE e.incident = o.incident AND e.channel = o.channel AND e.key < o.key
      AND e.next_attempt_at IS NOT NULL)`;
  const due = connection.prepare<[number, number, number], OutboxRecord>(
    `SELECT o.* ${waiting} AND (next_attempt_at <= ? OR next_attempt_at > ?) ORDER BY next_attempt_at, key LIMIT ?`,
  );
  const next = connection.prepare<[], { at: number | null }>(`SELECT min(next_attempt_at) AS at ${waiting}`);
  const delivered = connection.prepare(
    `UPDATE outbox SET delivered_at = ?, next_attempt_at = NULL, attempt_count = attempt_count + 1, last_error = NULL
     WHERE key = ?`,
  );
  const failed = connection.prepare(
    'UPDATE outbox SET last_error = ?, next_attempt_at = ?, attempt_count = attempt_count + 1 WHERE key = ?',
  );
  const opened = connection.prepare<[string], { channel: string; notice: string }>(
    `SELECT channel, notice, max(key) FROM outbox WHERE incident = ? AND (event = 'opened' OR event LIKE 'reopened %')
     GROUP BY channel ORDER BY key`,
  );
  const summary = connection.prepare<[], { pendingCount: number; givenUpCount: number }>(`
    SELECT count(*) FILTER (WHERE next_attempt_at IS NOT NULL) AS pendingCount,
      count(*) FILTER (WHERE next_attempt_at IS NULL AND delivered_at IS NULL) AS givenUpCount FROM outbox`);

  const deliveries = createDeliveriesTable(connection);
  const port: OutboxPort = {
    dueEntries: (nowMs, limit) => due.all(nowMs, nowMs + longestWaitMs, limit).map(toEntry),
    nextAttemptAtMs: () => next.get()?.at ?? undefined,
    markDelivered: connection.transaction((id: number, atMs: number): void => {
      delivered.run(atMs, id);
      deliveries.add(id, { atMs, outcome: 'delivered' });
    }).immediate,
    markFailed: connection.transaction(
      (id: number, error: string, nextAttemptAtMs: number | undefined, atMs: number): void => {
        failed.run(error.slice(0, 1000), nextAttemptAtMs ?? null, id);
        if (nextAttemptAtMs === undefined) deliveries.add(id, { atMs, outcome: 'given-up' });
      },
    ).immediate,
  };
  return {
    port,
    /** Only inside a transaction. */
    add(row: NewOutboxRow): void {
      const { incident, channel, notice, createdAtMs } = row;
      insert.run(incident, eventName(notice, createdAtMs), channel, JSON.stringify(notice), createdAtMs, createdAtMs);
    },
    openedNotices: (incident: string): { channel: string; notice: Notice }[] =>
      opened.all(incident).map(({ channel, notice }) => ({ channel, notice: JSON.parse(notice) as Notice })),
    summary: () => summary.get() ?? { pendingCount: 0, givenUpCount: 0 },
  };
}
