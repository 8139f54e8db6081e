import type { Notice } from './notice.ts';
import type { OutboxEntry, OutboxPort } from './outbox-port.ts';

interface Row extends OutboxEntry {
  state: 'waiting' | 'delivered' | 'given-up';
  nextAttemptAtMs: number;
  error: string | undefined;
}

/** An outbox in memory that keeps the port's promises, for tests of the sender. */
export class MemoryOutbox implements OutboxPort {
  readonly rows: Row[] = [];
  /** What the next calls of `markDelivered` throw, as a full disk would. */
  markFailures: Error[] = [];

  insert(channel: string, notice: Notice, createdAtMs: number, attemptCount = 0): Row {
    const row: Row = {
      id: this.rows.length + 1,
      channel,
      notice,
      attemptCount,
      createdAtMs,
      state: 'waiting',
      nextAttemptAtMs: createdAtMs,
      error: undefined,
    };
    this.rows.push(row);
    return row;
  }

  dueEntries(nowMs: number, limit: number): OutboxEntry[] {
    return this.#heads()
      .filter((row) => row.nextAttemptAtMs <= nowMs)
      .slice(0, limit)
      .map(({ id, channel, notice, attemptCount, createdAtMs }) => ({
        id,
        channel,
        notice,
        attemptCount,
        createdAtMs,
      }));
  }

  nextAttemptAtMs(): number | undefined {
    const times = this.#heads().map((row) => row.nextAttemptAtMs);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  markDelivered(id: number): void {
    const failure = this.markFailures.shift();
    if (failure !== undefined) throw failure;
    this.#row(id).state = 'delivered';
  }

  markFailed(id: number, error: string, nextAttemptAtMs: number | undefined): void {
    const row = this.#row(id);
    row.attemptCount += 1;
    row.error = error;
    if (nextAttemptAtMs === undefined) row.state = 'given-up';
    else row.nextAttemptAtMs = nextAttemptAtMs;
  }

  /** Of each incident and channel the first that is still waiting. */
  #heads(): Row[] {
    const seen = new Set<string>();
    return this.rows.filter((row) => {
      const key = `${row.channel} ${row.notice.incident.id}`;
      if (row.state !== 'waiting' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  }

  #row(id: number): Row {
    const row = this.rows.find((candidate) => candidate.id === id);
    if (row?.state !== 'waiting') throw new Error(`entry ${id} is not waiting`);
    return row;
  }
}
