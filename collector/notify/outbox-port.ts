import type { Notice } from './notice.ts';

/** One notice on its way through one channel. */
export interface OutboxEntry {
  id: number;
  channel: string;
  notice: Notice;
  attemptCount: number;
  createdAtMs: number;
}

/** The outbox as its sender sees it. Rows are inserted by whoever opens an incident, in that same transaction. */
export interface OutboxPort {
  /**
   * Entries whose time has come, oldest first. Of one incident and channel only the first undelivered entry is given,
   * so that "resolved" never overtakes "opened".
   */
  dueEntries(nowMs: number, limit: number): OutboxEntry[];
  /** When the next entry is due, or undefined when nothing waits. */
  nextAttemptAtMs(): number | undefined;
  markDelivered(id: number, atMs: number): void;
  /** @param nextAttemptAtMs undefined gives the entry up. */
  markFailed(id: number, error: string, nextAttemptAtMs: number | undefined, atMs: number): void;
}
