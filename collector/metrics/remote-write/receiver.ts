import type { Clock, Random } from '../../../shared/clock.ts';
import { durationSeconds } from '../../../shared/duration.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import type { RemoteWritePort } from '../../store/remote-write-port.ts';
import type { FleetView } from '../fleet-view.ts';
import type { OwnMetrics } from '../own-metrics.ts';
import { TimeSlices } from '../../time-slices.ts';
import type { RemoteWriteConfig } from './config-schema.ts';
import type { RemoteWriteCounters } from './counters.ts';
import { createDelivery, type Delivery, pack } from './delivery.ts';
import { createPoster } from './post-request.ts';
import { openRequestQueue, type RequestQueue } from './queue.ts';
import { ReceiverMark } from './receiver-mark.ts';
import { createReportSource, type ReportSource } from './report-source.ts';
import { createSeriesNames } from './series-name.ts';
import { createSnapshots, type Snapshots } from './snapshot.ts';

export interface ReceiverOptions {
  config: RemoteWriteConfig;
  /** The newest body from before this began, for a receiver that is new. @default the newest of all */
  newestKey?: number | undefined;
  /** Where its queue lies. */
  folder: string;
  port: RemoteWritePort;
  view(): FleetView;
  own: Pick<OwnMetrics, 'families'>;
  counters: RemoteWriteCounters;
  clock: Clock;
  random: Random;
  logger: Logger;
  /** How often it looks for new reports, which costs a few microseconds. @default 1000 */
  lookEveryMs?: number;
}

const usualLookEveryMs = 1_000;
const storeRetryMs = 5_000;

/**
 * Writes to one receiver: reports as they are in the store, from a mark that moves only when the receiver has them, and
 * snapshots from a queue on disk. One request at a time; while the receiver is away only that queue grows, to its bound.
 */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #stopping = new AbortController();
  readonly #source: ReportSource;
  readonly #snapshots: Snapshots;
  readonly #delivery: Delivery;
  readonly #poster: ReturnType<typeof createPoster>;
  #work: Promise<unknown> = Promise.resolve();
  #nextSnapshotAtMs = -Infinity;
  #isQueueFailing = false;

  constructor(options: ReceiverOptions) {
    const { config, port, view, own } = options;
    const { signal } = this.#stopping;
    const name = createSeriesNames(config.labels);
    this.#options = options;
    this.#poster = createPoster(config);
    this.#source = createReportSource({ port, fleet: view().fleet, name, slices: new TimeSlices() });
    this.#snapshots = createSnapshots({ own, name, slices: new TimeSlices() });
    this.#delivery = createDelivery({
      ...options,
      receiver: config.id,
      poster: this.#poster,
      samplesPerRequest: config.samplesPerRequest,
      signal,
      sleep: (durationMs) => sleep(durationMs, signal),
    });
  }

  start(): void {
    this.#options.counters.begin(this.#options.config.id);
    this.#work = this.#run();
  }

  /** Ends what is under way; what was not taken by then is sent again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#work;
    this.#poster.close();
  }

  async #run(): Promise<void> {
    const queue = await this.#retrying(() => this.#openQueue());
    const mark = await this.#retrying(() => ReceiverMark.open(this.#options));
    if (queue === undefined || mark === undefined) return;
    await Promise.all([this.#takeSnapshots(queue, mark), this.#sendAll(queue, mark)]);
  }

  async #sendAll(queue: RequestQueue, mark: ReceiverMark): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const hadQueued = await this.#sendQueued(queue);
        const hadReports = await this.#sendReports(mark);
        if (!hadReports) await this.#delivery.parts(await this.#source.silentEnds(mark.key, this.#nowMs()));
        if (hadReports || hadQueued) continue;
        await mark.save();
        await this.#tellWaiting(queue, mark.key);
        await sleep(this.#lookEveryMs, signal);
      } catch (error) {
        if (!signal.aborted) await this.#afterError(error);
      }
    }
    // What is not noted now is sent again.
    await mark.save();
  }

  async #sendQueued(queue: RequestQueue): Promise<boolean> {
    const request = queue.oldest();
    if (request === undefined) return false;
    const { sampleCount, atMs } = request;
    const body = await queue.read(request).catch((error: unknown) => {
      this.#options.logger.error('a queued request cannot be read and is dropped', { error: messageOf(error) });
      this.#options.counters.samples(this.#options.config.id, 'dropped', sampleCount);
    });
    if (body !== undefined) await this.#delivery.packed({ body, sampleCount, highestMs: atMs });
    await queue.remove(request);
    return true;
  }

  /** @returns whether there were any. */
  async #sendReports(mark: ReceiverMark): Promise<boolean> {
    const { config, counters } = this.#options;
    const turn = await this.#source.next(mark.key, { sampleCount: config.samplesPerRequest, nowMs: this.#nowMs() });
    if (turn === undefined) return false;
    const expiredCount = turn.throughKey > mark.wholeAfterKey ? turn.expiredCount : 0;
    if (expiredCount > 0) this.#noteExpired(expiredCount);
    await this.#delivery.parts(turn.present);
    await this.#delivery.parts(turn.late);
    if (expiredCount > 0) counters.expired(config.id, expiredCount);
    await mark.move(turn.throughKey);
    return true;
  }

  #noteExpired(messageCount: number): void {
    const receiver = this.#options.config.id;
    this.#options.logger.error('reports were pruned before remote write had sent them', { receiver, messageCount });
  }

  /** Beside the sending, which may be held up for long. */
  async #takeSnapshots(queue: RequestQueue, mark: ReceiverMark): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#tellWaiting(queue, mark.key);
      const everyMs = durationSeconds(this.#options.config.snapshotEvery) * 1000;
      const nowMs = this.#nowMs();
      // A clock that was set back must not end the snapshots.
      if (nowMs >= this.#nextSnapshotAtMs || nowMs < this.#nextSnapshotAtMs - everyMs) {
        this.#nextSnapshotAtMs = nowMs + everyMs;
        await this.#takeSnapshot(queue);
      }
      await sleep(this.#lookEveryMs, signal).catch(() => {});
    }
  }

  async #takeSnapshot(queue: RequestQueue): Promise<void> {
    const { config, view, counters, logger } = this.#options;
    let sampleCount = 0;
    try {
      const shown = view();
      for await (const samples of this.#snapshots.take(shown, config.samplesPerRequest)) {
        if (this.#stopping.signal.aborted) return;
        sampleCount = samples.length;
        await queue.push(pack(samples).body, { sampleCount, atMs: shown.nowMs });
      }
      this.#isQueueFailing = false;
    } catch (error) {
      counters.samples(config.id, 'dropped', sampleCount);
      if (this.#isQueueFailing) return;
      this.#isQueueFailing = true;
      logger.error('a snapshot cannot be queued and is dropped', { receiver: config.id, error: messageOf(error) });
    }
  }

  #openQueue(): Promise<RequestQueue> {
    const { config, folder, counters } = this.#options;
    const onDropped = (sampleCount: number) => counters.samples(config.id, 'dropped', sampleCount);
    return openRequestQueue(folder, { maxSizeBytes: config.maxQueueSizeBytes, onDropped });
  }

  async #tellWaiting(queue: RequestQueue, mark: number): Promise<void> {
    const { config, port, counters } = this.#options;
    // A store that cannot be read is told of where reports are read.
    const bounds = await port.bounds().catch(() => {});
    if (bounds === undefined) return;
    const pendingCount = Math.max(0, bounds.lastKey - mark);
    counters.waiting(config.id, { queueBytes: queue.sizeBytes(), pendingCount });
  }

  get #lookEveryMs(): number {
    return this.#options.lookEveryMs ?? usualLookEveryMs;
  }

  #nowMs(): number {
    return this.#options.clock.nowMs();
  }

  async #afterError(error: unknown): Promise<void> {
    const { config, logger } = this.#options;
    logger.error('remote write cannot go on; it is tried again', { receiver: config.id, error: messageOf(error) });
    this.#source.reset();
    await sleep(storeRetryMs, this.#stopping.signal).catch(() => {});
  }

  /** @returns undefined when it is stopped before it succeeds. */
  async #retrying<T>(work: () => Promise<T>): Promise<T | undefined> {
    while (!this.#stopping.signal.aborted) {
      try {
        return await work();
      } catch (error) {
        await this.#afterError(error);
      }
    }
    return undefined;
  }
}

/** @throws when the signal ends it. */
function sleep(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, durationMs);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}
