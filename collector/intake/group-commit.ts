import type { Clock } from '../../shared/clock.ts';

/** Gathers what arrives close together into one durable transaction. */
export interface GroupCommit<Item, Outcome> {
  /** Resolves once the item's transaction is on disk; rejects when it could not be written, or after `close`. */
  submit(item: Item): Promise<Outcome>;
  /** Writes what is waiting and refuses more. */
  close(): Promise<void>;
}

export interface GroupCommitOptions<Item, Outcome> {
  /** One transaction for all items; outcomes in the same order. */
  write(items: Item[]): Promise<Outcome[]>;
  /** How much of `maxWeight` an item takes. */
  weight(item: Item): number;
  /** A transaction holds at most this much, so that it never blocks the process for long. */
  maxWeight: number;
  clock: Clock;
}

const shortestWindowMs = 5;
const longestWindowMs = 50;
/** The window aims at this many items, within its bounds: seldom items wait longer for company. */
const aimedItems = 16;
const gapSmoothing = 1 / 32;
const answersPerTurn = 32;

interface Waiting<Item, Outcome> {
  item: Item;
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
}

export function createGroupCommit<Item, Outcome>(
  options: GroupCommitOptions<Item, Outcome>,
): GroupCommit<Item, Outcome> {
  return new WindowedCommit(options);
}

class WindowedCommit<Item, Outcome> implements GroupCommit<Item, Outcome> {
  readonly #options: GroupCommitOptions<Item, Outcome>;
  #waiting: Waiting<Item, Outcome>[] = [];
  #waitingWeight = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #meanGapMs = longestWindowMs;
  #lastAtMs: number;
  #isClosed = false;

  constructor(options: GroupCommitOptions<Item, Outcome>) {
    this.#options = options;
    this.#lastAtMs = options.clock.monotonicMs();
  }

  submit(item: Item): Promise<Outcome> {
    if (this.#isClosed) return Promise.reject(new Error('the commit is closed'));
    const windowMs = this.#nextWindowMs();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#waitingWeight += this.#options.weight(item);
      if (this.#waitingWeight >= this.#options.maxWeight) this.#flush();
      else this.#arm(windowMs);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.#waiting.length > 0 || this.#writing !== undefined) {
      this.#flush();
      await this.#writing;
    }
  }

  #nextWindowMs(): number {
    const nowMs = this.#options.clock.monotonicMs();
    this.#meanGapMs += (Math.min(nowMs - this.#lastAtMs, 1000) - this.#meanGapMs) * gapSmoothing;
    this.#lastAtMs = nowMs;
    return Math.min(longestWindowMs, Math.max(shortestWindowMs, this.#meanGapMs * aimedItems));
  }

  #arm(afterMs: number): void {
    if (this.#timer === undefined && this.#writing === undefined)
      this.#timer = setTimeout(() => this.#flush(), afterMs);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeWaiting();
  }

  async #writeWaiting(): Promise<void> {
    do {
      const batch = this.#take();
      try {
        const outcomes = await this.#options.write(batch.map((entry) => entry.item));
        for (const [index, entry] of batch.entries()) {
          // Each of them now answers; hundreds of answers at once would block the process as a long transaction does.
          if (index > 0 && index % answersPerTurn === 0) await new Promise((next) => setImmediate(next));
          entry.resolve(outcomes[index] as Outcome);
        }
      } catch (error) {
        for (const entry of batch) entry.reject(error);
      }
      // Between two full transactions others get their turn.
      await new Promise((next) => setImmediate(next));
    } while (this.#waitingWeight >= this.#options.maxWeight);
    this.#writing = undefined;
    if (this.#waiting.length > 0) this.#arm(shortestWindowMs);
  }

  #take(): Waiting<Item, Outcome>[] {
    const { weight, maxWeight } = this.#options;
    let count = 0;
    let taken = 0;
    for (const entry of this.#waiting) {
      const heavier = taken + weight(entry.item);
      if (count > 0 && heavier > maxWeight) break;
      taken = heavier;
      count += 1;
    }
    const batch = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    this.#waitingWeight -= taken;
    return batch;
  }
}
