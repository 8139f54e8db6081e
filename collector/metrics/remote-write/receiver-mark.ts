import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import type { RemoteWritePort } from '../../store/remote-write-port.ts';
import type { RemoteWriteConfig } from './config-schema.ts';

export interface ReceiverMarkOptions {
  port: RemoteWritePort;
  config: Pick<RemoteWriteConfig, 'id' | 'sendHistory'>;
  /** The newest body from before a new receiver began. @default the newest of all */
  newestKey?: number | undefined;
  clock: Clock;
  logger: Logger;
}

/** A write waits for the disk, and what was sent since the last one is sent again after a crash: both must be seldom. */
const saveEveryMs = 1_000;

/** How far a receiver has come: it has every body up to this one. A disk that is full holds nothing up. */
export class ReceiverMark {
  readonly #port: RemoteWritePort;
  readonly #receiver: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #isFailing = false;
  /** What is missing up to here was pruned before a new receiver began: it was never promised to it. */
  readonly wholeAfterKey: number;
  #key: number;
  #savedKey: number | undefined;
  #savedAtMs: number;

  private constructor(
    { port, config, clock, logger }: ReceiverMarkOptions,
    key: number,
    begins?: { newestKey: number },
  ) {
    this.#port = port;
    this.#receiver = config.id;
    this.#clock = clock;
    this.#logger = logger;
    this.#key = key;
    this.#savedKey = begins === undefined ? key : undefined;
    this.wholeAfterKey = begins?.newestKey ?? key;
    this.#savedAtMs = clock.monotonicMs();
  }

  /** A new receiver begins with what comes next, or with the first that is kept. */
  static async open(options: ReceiverMarkOptions): Promise<ReceiverMark> {
    const { port, config } = options;
    const known = await port.mark(config.id);
    if (known !== undefined) return new ReceiverMark(options, known);
    const { firstKey, lastKey } = await port.bounds();
    const newestKey = options.newestKey ?? lastKey;
    const key = config.sendHistory ? Math.max(0, firstKey - 1) : newestKey;
    const mark = new ReceiverMark(options, key, { newestKey });
    await mark.save();
    return mark;
  }

  get key(): number {
    return this.#key;
  }

  /** Moves it; it is on disk a second later at the latest, as long as it is moved or saved. */
  async move(key: number): Promise<void> {
    this.#key = key;
    if (this.#clock.monotonicMs() - this.#savedAtMs >= saveEveryMs) await this.save();
  }

  async save(): Promise<void> {
    this.#savedAtMs = this.#clock.monotonicMs();
    if (this.#savedKey === this.#key) return;
    try {
      await this.#port.setMark(this.#receiver, this.#key);
      this.#savedKey = this.#key;
      this.#isFailing = false;
    } catch (error) {
      if (this.#isFailing) return;
      this.#isFailing = true;
      const about = { receiver: this.#receiver, error: messageOf(error) };
      this.#logger.error('how far remote write has come cannot be kept; it goes on all the same', about);
    }
  }
}
