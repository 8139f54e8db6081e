import type { Clock, Random } from '../../../shared/clock.ts';
import type { Logger } from '../../../shared/logger.ts';
import type { RemoteWriteCounters } from './counters.ts';
import type { Poster, PostOutcome } from './post-request.ts';
import type { SamplePart } from './report-source.ts';
import { resendDelayMs } from './retry-delay.ts';
import { encodeWriteRequest, type WrittenSample } from './write-request.ts';

/** A packed request and what must be known of it. */
export interface PackedRequest {
  body: Uint8Array;
  sampleCount: number;
  highestMs: number;
}

export interface Delivery {
  /** Resolves once the receiver has taken or refused it. @throws when it is stopped. */
  packed(request: PackedRequest): Promise<void>;
  /** The same for reports, in as many requests as it takes; of what is refused only the reports at fault are dropped. */
  parts(parts: readonly SamplePart[]): Promise<void>;
}

export interface DeliveryOptions {
  receiver: string;
  poster: Pick<Poster, 'post'>;
  samplesPerRequest: number;
  counters: RemoteWriteCounters;
  clock: Clock;
  random: Random;
  logger: Logger;
  signal: AbortSignal;
  /** Waits, unless it is stopped. */
  sleep(durationMs: number): Promise<void>;
}

/**
 * Prometheus takes or refuses a request as a whole: one report that is too old would take the others with it. A refused
 * request is halved until the reports at fault are alone, as long as halving has been of use lately.
 */
const mostSplits = 16;
const splitsWonBack = 4;
const splitStatuses = new Set(['400', '413', '422', '500']);

export function createDelivery(options: DeliveryOptions): Delivery {
  const attempts = createAttempts(options);
  let splitsLeft = mostSplits;

  async function halves(parts: readonly SamplePart[]): Promise<void> {
    const request = pack(parts.flat());
    const outcome = await attempts.untilAnswered(request);
    if (outcome.kind === 'taken') {
      splitsLeft = Math.min(mostSplits, splitsLeft + splitsWonBack);
      return;
    }
    if (parts.length === 1 || splitsLeft <= 0 || !splitStatuses.has(outcome.code)) {
      attempts.drop(request, outcome.message);
      return;
    }
    splitsLeft -= 1;
    const middle = Math.ceil(parts.length / 2);
    await halves(parts.slice(0, middle));
    await halves(parts.slice(middle));
  }

  return {
    async packed(request) {
      const outcome = await attempts.untilAnswered(request);
      if (outcome.kind === 'refused') attempts.drop(request, outcome.message);
    },
    async parts(parts) {
      for (const some of inRequests(parts, options.samplesPerRequest)) {
        await halves(some);
        await new Promise((next) => setImmediate(next));
      }
    },
  };
}

function createAttempts(options: DeliveryOptions) {
  const { receiver, poster, counters, clock, random, signal } = options;
  const stretch = createStretchLog(options);
  return {
    /** Repeats until the receiver has said yes or no. @throws when it is stopped. */
    async untilAnswered(request: PackedRequest): Promise<Exclude<PostOutcome, { kind: 'later' }>> {
      for (let attemptCount = 1; ; attemptCount += 1) {
        const outcome = await poster.post(request.body, signal);
        signal.throwIfAborted();
        counters.request(receiver, outcome.code);
        if (outcome.kind === 'taken') {
          stretch.taken();
          counters.samples(receiver, 'sent', request.sampleCount);
          counters.taken(receiver, { nowMs: clock.nowMs(), highestMs: request.highestMs });
        }
        if (outcome.kind !== 'later') return outcome;
        counters.samples(receiver, 'retried', request.sampleCount);
        stretch.failed(outcome.message);
        await options.sleep(resendDelayMs(attemptCount, outcome.retryAfterSeconds, random));
      }
    },
    drop(request: PackedRequest, message: string): void {
      counters.samples(receiver, 'dropped', request.sampleCount);
      stretch.refused(message, request.sampleCount);
    },
  };
}

export function pack(samples: readonly WrittenSample[]): PackedRequest {
  const highestMs = samples.reduce((highest, { atMs }) => Math.max(highest, atMs), 0);
  return { body: encodeWriteRequest(samples), sampleCount: samples.length, highestMs };
}

/** As many whole reports as go into one request; a report that is larger is divided. */
function* inRequests(parts: readonly SamplePart[], samplesPerRequest: number): Generator<SamplePart[]> {
  let some: SamplePart[] = [];
  let sampleCount = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += samplesPerRequest) {
      const piece = part.slice(at, at + samplesPerRequest);
      if (sampleCount + piece.length > samplesPerRequest && some.length > 0) {
        yield some;
        some = [];
        sampleCount = 0;
      }
      some.push(piece);
      sampleCount += piece.length;
    }
  }
  if (some.length > 0) yield some;
}

/** What is refused is gone from what is written: it is said again and again as long as it goes on. */
const sayAgainAfterMs = 10 * 60_000;

/** One line when it begins to go wrong and one when it is over, not one for each attempt. */
function createStretchLog({ receiver, logger, clock }: Pick<DeliveryOptions, 'receiver' | 'logger' | 'clock'>) {
  let isFailing = false;
  let isRefusing = false;
  let saidAtMs = -Infinity;
  let droppedSampleCount = 0;
  return {
    failed(error: string): void {
      if (!isFailing) logger.warn('remote write is not delivered; it is tried again', { receiver, error });
      isFailing = true;
    },
    refused(error: string, sampleCount: number): void {
      droppedSampleCount += sampleCount;
      if (isRefusing && clock.monotonicMs() - saidAtMs < sayAgainAfterMs) return;
      logger.error('remote write was refused; these samples are dropped', { receiver, error, droppedSampleCount });
      [isRefusing, saidAtMs, droppedSampleCount] = [true, clock.monotonicMs(), 0];
    },
    taken(): void {
      if (isFailing || isRefusing) logger.info('remote write is taken again', { receiver });
      [isFailing, isRefusing] = [false, false];
    },
  };
}
