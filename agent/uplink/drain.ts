import type { Clock, Random } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportsAck } from '../../shared/wire.ts';
import type { Spool, SpoolRecord } from '../spool/spool.ts';
import type { CollectorClient } from './collector-client.ts';
import { retryDelayMs } from './retry-delay.ts';

export interface DrainOptions {
  spool: Pick<Spool, 'takeBatch' | 'acknowledge' | 'reject' | 'stats'>;
  client: Pick<CollectorClient, 'postReports'>;
  clock: Pick<Clock, 'monotonicMs'>;
  random: Random;
  logger: Logger;
  /** Bound on requests, kept with a quarter of jitter either way. */
  batchesPerMinute: number;
  /** Wraps reports for sending, with the agent's clocks of that moment. */
  envelopeOf: (records: readonly SpoolRecord[]) => Buffer;
  onAcknowledged?: (ack: ReportsAck, records: readonly SpoolRecord[]) => void;
  /** Told of each refusal and each failure, also when the log line is left out. */
  onFailure?: (error: unknown) => void;
}

export interface Drain {
  /** There is something to send. A wait that is under way is not cut short. */
  kick(): void;
  setBatchesPerMinute(batchesPerMinute: number): void;
  /** Ends sending; waits for the request in flight, at most 5 seconds. */
  stop(): Promise<void>;
}

const maxBatchCount = 50;
const maxBatchBytes = 256 * 1024;
const stopWithinMs = 5000;
const unreadableWaitMs = 60_000;
const repeatLogAfterMs = 3_600_000;

/**
 * Empties the spool into the collector, one request at a time. After a start or a failure the first request carries
 * the newest report alone, so that the present is known before history follows in batches. A batch that the collector
 * refuses for good is halved until the bad report stands alone; only that one is put aside.
 */
export function createDrain(options: DrainOptions): Drain {
  return new SpoolDrain(options);
}

class SpoolDrain implements Drain {
  readonly #options: DrainOptions;
  #batchesPerMinute: number;
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #notBeforeMs = -Infinity;
  #isStopped = false;
  #sendsStateFirst = true;
  #batchLimit = maxBatchCount;
  #failureCount = 0;
  #logged: { code: string; atMs: number } | undefined;

  constructor(options: DrainOptions) {
    this.#options = options;
    this.#batchesPerMinute = options.batchesPerMinute;
  }

  kick(): void {
    if (this.#isStopped || this.#sending !== undefined || this.#timer !== undefined) return;
    const waitMs = this.#notBeforeMs - this.#options.clock.monotonicMs();
    if (waitMs <= 0) {
      this.#begin();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#begin();
    }, waitMs);
  }

  setBatchesPerMinute(batchesPerMinute: number): void {
    this.#batchesPerMinute = batchesPerMinute;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#sending === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, stopWithinMs);
    });
    await Promise.race([this.#sending, tooLong]);
    clearTimeout(timer);
  }

  #begin(): void {
    this.#sending = this.#sendOnce().finally(() => {
      this.#sending = undefined;
      if (this.#options.spool.stats().queuedCount > 0) this.kick();
    });
  }

  async #sendOnce(): Promise<void> {
    const { spool, client, envelopeOf } = this.#options;
    const maxCount = this.#sendsStateFirst ? 1 : this.#batchLimit;
    let records: SpoolRecord[] = [];
    try {
      records = spool.takeBatch({ maxCount, maxSizeBytes: maxBatchBytes });
      if (records.length === 0) {
        // Queued but unreadable at the moment; the spool has logged why.
        this.#waitMs(unreadableWaitMs);
        return;
      }
      this.#waitMs((60_000 / this.#batchesPerMinute) * (0.75 + 0.5 * this.#options.random()));
      const ack = await client.postReports(envelopeOf(records));
      spool.acknowledge(records);
      this.#succeeded(ack, records);
    } catch (error) {
      if (error instanceof AppError && !error.retryable && records.length > 0) this.#refused(error, records);
      else this.#failed(error);
    }
  }

  #succeeded(ack: ReportsAck, records: readonly SpoolRecord[]): void {
    const { logger, onAcknowledged } = this.#options;
    if (this.#failureCount > 0) {
      logger.info('The collector takes reports again.', { afterFailures: this.#failureCount });
    }
    this.#failureCount = 0;
    this.#logged = undefined;
    if (!this.#sendsStateFirst) this.#batchLimit = Math.min(maxBatchCount, this.#batchLimit * 2);
    this.#sendsStateFirst = false;
    onAcknowledged?.(ack, records);
  }

  #refused(error: AppError, records: readonly SpoolRecord[]): void {
    this.#sendsStateFirst = false;
    if (records.length > 1) {
      this.#batchLimit = Math.floor(records.length / 2);
      return;
    }
    this.#options.logger.error('The collector refused a report for good; it was put aside.', {
      reason: error.message,
      status: error.status,
    });
    this.#options.spool.reject(records, error.message);
    this.#options.onFailure?.(error);
  }

  #failed(error: unknown): void {
    const { random, logger, onFailure } = this.#options;
    this.#failureCount++;
    this.#sendsStateFirst = true;
    const retryAfterSeconds = error instanceof AppError ? error.retryAfterSeconds : undefined;
    const waitMs = retryDelayMs(this.#failureCount, retryAfterSeconds, random);
    this.#waitMs(waitMs);
    if (this.#isWorthLogging(error)) {
      logger.warn('Reports wait in the spool.', {
        reason: messageOf(error),
        nextTrySeconds: Math.round(waitMs / 1000),
      });
    }
    onFailure?.(error);
  }

  /** A failure is said when it begins or changes, and once an hour: a night without a link is not a thousand lines. */
  #isWorthLogging(error: unknown): boolean {
    const code = error instanceof AppError ? error.code : messageOf(error);
    const atMs = this.#options.clock.monotonicMs();
    if (this.#logged?.code === code && atMs - this.#logged.atMs < repeatLogAfterMs) return false;
    this.#logged = { code, atMs };
    return true;
  }

  #waitMs(waitMs: number): void {
    this.#notBeforeMs = this.#options.clock.monotonicMs() + waitMs;
  }
}
