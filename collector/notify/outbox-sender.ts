import type { Clock, Random } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { deliver, unknownChannel } from './deliver.ts';
import type { OutboxEntry, OutboxPort } from './outbox-port.ts';
import type { ChannelConfig } from './registry.ts';
import { type FailedAttempt, retryDelayMs } from './retry-delay.ts';

export type DeliveryOutcome = 'delivered' | 'retry' | 'given-up';

export interface OutboxSenderOptions {
  port: OutboxPort;
  channels: readonly ChannelConfig[];
  clock: Clock;
  random: Random;
  logger: Logger;
  /** Called after each attempt whose outcome is in the outbox; for counting. */
  onDelivery(channelId: string, outcome: DeliveryOutcome): void;
  /** Milliseconds to wait after a failure; `retryDelayMs` unless told. */
  delayMs?: (attempt: FailedAttempt, random: Random) => number;
  /** How long `stop` waits for attempts under way before it ends them. @default 5000 */
  stopGraceMs?: number;
}

/**
 * Empties the outbox through the channels. At least once: an entry is marked only after the receiver took it, so a
 * crash in between repeats it with the same idempotency key. At most four attempts at a time, one per channel.
 */
export interface OutboxSender {
  start(): void;
  /** Waits for attempts under way, then ends them; an ended one stays in the outbox. No port call after it resolves. */
  stop(): Promise<void>;
  /** Look now: call it when an entry was inserted. It looks after the current transaction, never inside it. */
  kick(): void;
  /** Replaces the channels after a reload; attempts under way end with the old ones. */
  setChannels(channels: readonly ChannelConfig[]): void;
}

const maxInFlightCount = 4;
const longestIdleMs = 60_000;
/** While a due entry waits, another channel's may come due unseen: `nextAttemptAtMs` knows only the oldest. */
const busyRecheckMs = 1_000;
const pausedRecheckMs = 5_000;
const storeRetryMs = 10_000;
const giveUpAfterMs = 72 * 3_600_000;
/** Age alone does not count: the collector may have been off for days, or its clock may have jumped. */
const giveUpAfterCount = 12;
const firstFetchCount = 64;
const lastFetchCount = 4096;
const maxErrorLength = 500;

export function createOutboxSender(options: OutboxSenderOptions): OutboxSender {
  return new Sender(options);
}

class Sender implements OutboxSender {
  readonly #options: OutboxSenderOptions;
  #channels: Map<string, ChannelConfig>;
  /** By channel: one attempt at a time. */
  readonly #inFlight = new Map<string, Promise<void>>();
  /** By channel, on the monotonic clock: the receiver asked for patience, or the store failed. */
  readonly #pausedUntilMs = new Map<string, number>();
  /** Delivered, but the outbox could not note it; they must not be sent again while this process lives. */
  readonly #unrecorded = new Set<number>();
  #stopping: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #kicked = false;

  constructor(options: OutboxSenderOptions) {
    this.#options = options;
    this.#channels = byId(options.channels);
  }

  start(): void {
    if (this.#stopping !== undefined) return;
    this.#stopping = new AbortController();
    this.kick();
  }

  async stop(): Promise<void> {
    const stopping = this.#stopping;
    if (stopping === undefined) return;
    this.#stopping = undefined;
    clearTimeout(this.#timer);
    const ended = Promise.all(this.#inFlight.values());
    const grace = setTimeout(() => stopping.abort(), this.#options.stopGraceMs ?? 5000);
    await ended;
    clearTimeout(grace);
  }

  kick(): void {
    if (this.#kicked || this.#stopping === undefined) return;
    this.#kicked = true;
    setImmediate(() => {
      this.#kicked = false;
      this.#look();
    });
  }

  setChannels(channels: readonly ChannelConfig[]): void {
    this.#channels = byId(channels);
    this.#pausedUntilMs.clear();
    this.kick();
  }

  #look(): void {
    if (this.#stopping === undefined) return;
    clearTimeout(this.#timer);
    let waitMs = storeRetryMs;
    try {
      const nowMs = this.#options.clock.nowMs();
      this.#beginDue(nowMs, this.#stopping.signal);
      const dueInMs = (this.#options.port.nextAttemptAtMs() ?? Infinity) - nowMs;
      waitMs = dueInMs > 0 ? Math.min(dueInMs, longestIdleMs) : this.#heldWaitMs();
    } catch (error) {
      this.#options.logger.error('outbox cannot be read', { error: messageOf(error) });
    }
    this.#timer = setTimeout(() => this.#look(), Math.max(1, waitMs));
  }

  /** Until something may have changed for entries that are due but had to wait. */
  #heldWaitMs(): number {
    if (this.#inFlight.size > 0) return busyRecheckMs;
    const nowMs = this.#options.clock.monotonicMs();
    const pauseEndsMs = [...this.#pausedUntilMs.values()].filter((untilMs) => untilMs > nowMs);
    return Math.min(pausedRecheckMs, ...pauseEndsMs.map((untilMs) => untilMs - nowMs));
  }

  /** Asks for more when a waiting channel fills the first rows: it must not starve the others. */
  #beginDue(nowMs: number, signal: AbortSignal): void {
    for (let limit = firstFetchCount; limit <= lastFetchCount; limit *= 8) {
      const entries = this.#options.port.dueEntries(nowMs, limit);
      for (const entry of entries) if (this.#mayBegin(entry)) this.#begin(entry, signal);
      if (entries.length < limit || this.#inFlight.size >= maxInFlightCount) return;
    }
  }

  #mayBegin(entry: OutboxEntry): boolean {
    if (this.#inFlight.size >= maxInFlightCount || this.#inFlight.has(entry.channel)) return false;
    return (this.#pausedUntilMs.get(entry.channel) ?? -Infinity) <= this.#options.clock.monotonicMs();
  }

  #begin(entry: OutboxEntry, signal: AbortSignal): void {
    const work = this.#attempt(entry, signal)
      .catch((error: unknown) => {
        this.#pause(entry.channel, storeRetryMs);
        this.#options.logger.error('outbox cannot be written', { entry: entry.id, error: messageOf(error) });
      })
      .finally(() => {
        this.#inFlight.delete(entry.channel);
        this.kick();
      });
    this.#inFlight.set(entry.channel, work);
  }

  /** @throws what the outbox throws. */
  async #attempt(entry: OutboxEntry, signal: AbortSignal): Promise<void> {
    const { clock, logger, port } = this.#options;
    if (!this.#unrecorded.has(entry.id)) {
      try {
        await deliver(entry, this.#channels.get(entry.channel), { signal, logger });
      } catch (error) {
        if (!signal.aborted) this.#recordFailure(entry, error);
        return;
      }
      this.#unrecorded.add(entry.id);
    }
    port.markDelivered(entry.id, clock.nowMs());
    this.#unrecorded.delete(entry.id);
    logger.info('alert delivered', { channel: entry.channel, key: entry.notice.idempotencyKey });
    this.#count(entry.channel, 'delivered');
  }

  #recordFailure(entry: OutboxEntry, error: unknown): void {
    const { clock, port, random } = this.#options;
    const attempt = failedAttempt(entry, error);
    const nowMs = clock.nowMs();
    const delayMs = (this.#options.delayMs ?? retryDelayMs)(attempt, random);
    const old = nowMs - entry.createdAtMs >= giveUpAfterMs && attempt.attemptCount >= giveUpAfterCount;
    const givenUp = old || (error instanceof AppError && error.code === unknownChannel);
    const nextAttemptAtMs = givenUp ? undefined : nowMs + delayMs;
    port.markFailed(entry.id, messageOf(error).slice(0, maxErrorLength), nextAttemptAtMs, nowMs);
    if (attempt.retryAfterSeconds !== undefined) this.#pause(entry.channel, delayMs);
    this.#logFailure(entry, error, { attempt, givenUp, delayMs });
    this.#count(entry.channel, givenUp ? 'given-up' : 'retry');
  }

  #logFailure(
    entry: OutboxEntry,
    error: unknown,
    { attempt, givenUp, delayMs }: { attempt: FailedAttempt; givenUp: boolean; delayMs: number },
  ): void {
    const fields = {
      channel: entry.channel,
      incident: entry.notice.incident.id,
      event: entry.notice.event,
      attemptCount: attempt.attemptCount,
      error: messageOf(error),
    };
    const { logger } = this.#options;
    if (givenUp) logger.error('alert given up, nobody was told', fields);
    else if (attempt.retryable) logger.warn('alert not delivered yet', { ...fields, retryInMs: delayMs });
    else logger.error('alert cannot be delivered until this is repaired', { ...fields, retryInMs: delayMs });
  }

  #pause(channel: string, durationMs: number): void {
    this.#pausedUntilMs.set(channel, this.#options.clock.monotonicMs() + durationMs);
  }

  #count(channel: string, outcome: DeliveryOutcome): void {
    try {
      this.#options.onDelivery(channel, outcome);
    } catch (error) {
      this.#options.logger.error('delivery cannot be counted', { channel, error: messageOf(error) });
    }
  }
}

function failedAttempt(entry: OutboxEntry, error: unknown): FailedAttempt {
  const known = error instanceof AppError ? error : undefined;
  return {
    attemptCount: entry.attemptCount + 1,
    retryable: known?.retryable ?? false,
    retryAfterSeconds: known?.retryAfterSeconds,
  };
}

/** @throws AppError `duplicate-channel` */
function byId(channels: readonly ChannelConfig[]): Map<string, ChannelConfig> {
  const map = new Map(channels.map((channel) => [channel.id, channel]));
  if (map.size !== channels.length)
    throw new AppError('duplicate-channel', 'two entries of notify have the same id; give each channel its own', {
      field: 'notify',
    });
  return map;
}
