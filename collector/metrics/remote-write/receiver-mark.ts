import type { Clock } from '../../../shared/clock.ts';
import type { RemoteWritePort } from '../../store/remote-write-port.ts';
import type { RemoteWriteConfig } from './config-schema.ts';

/** A write waits for the disk, and what was sent since the last one is sent again after a crash: both must be seldom. */
const saveEveryMs = 1_000;

/** How far a receiver has come: it has every body up to this one. */
export class ReceiverMark {
  readonly #port: RemoteWritePort;
  readonly #receiver: string;
  readonly #clock: Clock;
  #key: number;
  #savedKey: number;
  #savedAtMs: number;

  private constructor(options: { port: RemoteWritePort; receiver: string; clock: Clock; key: number }) {
    this.#port = options.port;
    this.#receiver = options.receiver;
    this.#clock = options.clock;
    this.#key = options.key;
    this.#savedKey = options.key;
    this.#savedAtMs = options.clock.monotonicMs();
  }

  /** A new receiver begins with what comes next, or with the first that is kept. */
  static async open(port: RemoteWritePort, config: RemoteWriteConfig, clock: Clock): Promise<ReceiverMark> {
    const receiver = config.id;
    const known = await port.mark(receiver);
    if (known !== undefined) return new ReceiverMark({ port, receiver, clock, key: known });
    const { firstKey, lastKey } = await port.bounds();
    const key = config.sendHistory ? Math.max(0, firstKey - 1) : lastKey;
    await port.setMark(receiver, key);
    return new ReceiverMark({ port, receiver, clock, key });
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
    await this.#port.setMark(this.#receiver, this.#key);
    this.#savedKey = this.#key;
  }
}
