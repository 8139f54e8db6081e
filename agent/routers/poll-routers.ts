import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportRouter } from '../../shared/report-schema.ts';
import type { RouterReader } from './reader.ts';
import { readingHead } from './reading-head.ts';
import { ReadingQueue } from './reading-queue.ts';
import { routerReaders } from './registry.ts';

export interface RouterPollerOptions {
  dataFolder: string;
  clock: Clock;
  logger: Logger;
  readers?: readonly RouterReader[];
}

/** From so many routers on the agent works all the time instead of for a moment in each minute. */
const manyRouters = 16;

/** One router and when it is to be read. */
interface Watched {
  key: string;
  config: RouterConfig;
  dueAtMs: number;
  memory: Map<string, unknown>;
  isBusy: boolean;
  /** What was wrong with the last reading. */
  reason: string | undefined;
}

/** Readings side by side. A silent router holds its place for its timeout: a hundred of those in a minute still leave room. */
const maxConcurrent = 32;
/** Routers begin this far apart, or closer when there are too many for it: a burst of all of them helps nobody. */
const usualStepMs = 250;

/**
 * Reads routers when they are due, spread over their interval, never one of them twice at a time. What was read waits
 * until it is taken.
 */
export class RouterPoller {
  readonly #options: RouterPollerOptions;
  readonly #readers: readonly RouterReader[];
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #busyAddresses = new Set<string>();
  readonly queue = new ReadingQueue();
  #watched = new Map<string, Watched>();
  #timer: NodeJS.Timeout | undefined;
  /** True while a router is due that may not begin yet. */
  #isHeldUp = false;

  constructor(options: RouterPollerOptions) {
    this.#options = options;
    this.#readers = options.readers ?? routerReaders;
  }

  /** Follows the configuration; a router that is still in it keeps its turn and its memory. */
  configure(routers: readonly RouterConfig[]): void {
    const nowMs = this.#options.clock.monotonicMs();
    const watched = new Map<string, Watched>();
    for (const [place, config] of routers.entries()) {
      const key = JSON.stringify(config);
      const stepMs = Math.min(usualStepMs, (config.everySeconds * 1000) / routers.length);
      const known = this.#watched.get(key);
      watched.set(
        key,
        known ?? { key, config, dueAtMs: nowMs + place * stepMs, memory: new Map(), isBusy: false, reason: undefined },
      );
    }
    this.#watched = watched;
    if (routers.length >= manyRouters) collectLess();
    this.#arm();
  }

  /** Reads every router that is not being read, due or not, and waits until all readings have ended. */
  async readAll(): Promise<void> {
    for (const each of this.#watched.values()) if (!each.isBusy) each.dueAtMs = -Infinity;
    this.#arm();
    while (this.#running.size > 0) await Promise.race(this.#running);
  }

  /** Ends the readings under way, which then tell what they have. */
  async close(): Promise<void> {
    this.#watched = new Map();
    clearTimeout(this.#timer);
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  /** Begins what is due and may begin, and wakes when the next is due. */
  #arm(): void {
    clearTimeout(this.#timer);
    this.#isHeldUp = false;
    const nowMs = this.#options.clock.monotonicMs();
    let nextDueAtMs = Infinity;
    for (const each of this.#watched.values()) {
      if (each.dueAtMs <= nowMs && this.#mayBegin(each)) this.#begin(each, nowMs);
      else if (each.dueAtMs <= nowMs) this.#isHeldUp = true;
      nextDueAtMs = Math.min(nextDueAtMs, each.dueAtMs > nowMs ? each.dueAtMs : Infinity);
    }
    if (nextDueAtMs < Infinity) this.#timer = setTimeout(() => this.#arm(), Math.ceil(nextDueAtMs - nowMs));
  }

  #mayBegin(each: Watched): boolean {
    const hasRoom = this.#running.size < maxConcurrent;
    return hasRoom && !each.isBusy && !this.#busyAddresses.has(addressOf(each));
  }

  #begin(each: Watched, nowMs: number): void {
    const everyMs = each.config.everySeconds * 1000;
    // Its place in the interval stays, whatever was missed meanwhile.
    each.dueAtMs = each.dueAtMs + everyMs > nowMs ? each.dueAtMs + everyMs : nowMs + everyMs;
    each.isBusy = true;
    this.#busyAddresses.add(addressOf(each));
    const reading = this.#read(each).then((result) => {
      this.#running.delete(reading);
      this.#busyAddresses.delete(addressOf(each));
      each.isBusy = false;
      if (this.#watched.get(each.key) === each) this.#take(each, result);
      if (this.#isHeldUp && !this.#stop.signal.aborted) this.#arm();
    });
    this.#running.add(reading);
  }

  /** A problem is said when it begins, when it becomes another, and when it ends: not in each minute of a night. */
  #take(each: Watched, result: ReportRouter): void {
    this.queue.add(result);
    const { reason } = result;
    if (reason === each.reason) return;
    each.reason = reason;
    const { logger } = this.#options;
    const router = each.config.host;
    if (reason === undefined) logger.info('A router is read again.', { router });
    else logger.warn('A router is not read as it should.', { router, reason });
  }

  async #read({ config, memory }: Watched): Promise<ReportRouter> {
    const { dataFolder, clock, logger } = this.#options;
    const beganAtMs = clock.monotonicMs();
    const takenAtMs = clock.nowMs();
    const notRead = (reason: string): ReportRouter => ({
      ...readingHead(config, takenAtMs),
      state: 'unknown',
      reason,
      durationSeconds: Math.round(clock.monotonicMs() - beganAtMs) / 1000,
    });
    const reader = this.#readers.find(({ kind }) => kind === config.reader);
    if (reader === undefined) return notRead('unknown-reader');
    try {
      return await reader.read(config, { dataFolder, clock, signal: this.#stop.signal, memory });
    } catch (error) {
      logger.warn('A router could not be read.', { router: config.host, reason: messageOf(error) });
      return notRead('reader-failed');
    }
  }
}

function addressOf({ config: { host, port } }: Watched): string {
  return `${host} ${port ?? ''}`;
}

/**
 * The launcher has the agent throw away all garbage at each small collection, which suits a program that sleeps. With
 * answers coming in all the time it would cost four fifths of the processor's work.
 */
function collectLess(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--no-gc-global');
}
