import type { Clock, Random } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportInventory } from '../../shared/report-schema.ts';
import type { ReportFailure } from './build-report.ts';

export interface InventoryKeeperOptions {
  take: () => Promise<ReportInventory>;
  clock: Pick<Clock, 'monotonicMs'>;
  random: Random;
  logger: Logger;
}

const firstWithinMs = 60_000;
const repeatAfterMs = 24 * 3_600_000;
const retryAfterMs = 3_600_000;

/**
 * The daily inventory: the first within a minute of the start, at a random moment so that machines that boot together
 * do not all look at themselves together. It is taken in the background and goes with the next report.
 */
export class InventoryKeeper {
  readonly #options: InventoryKeeperOptions;
  #dueAtMs: number;
  #running: Promise<void> | undefined;
  #inventory: ReportInventory | undefined;
  #failure: ReportFailure | undefined;

  constructor(options: InventoryKeeperOptions) {
    this.#options = options;
    this.#dueAtMs = options.clock.monotonicMs() + options.random() * firstWithinMs;
  }

  /** Starts an inventory when one is due. @param now true to take one at once and wait for it. */
  async look(now: boolean): Promise<void> {
    const isDue = now || this.#options.clock.monotonicMs() >= this.#dueAtMs;
    if (isDue && this.#running === undefined) {
      this.#running = this.#take().finally(() => {
        this.#running = undefined;
      });
    }
    if (now) await this.#running;
  }

  /** What has come since the last call. */
  collect(): { inventory?: ReportInventory | undefined; failures: ReportFailure[] } {
    const { inventory, failures } = { inventory: this.#inventory, failures: this.#failure ? [this.#failure] : [] };
    this.#inventory = undefined;
    this.#failure = undefined;
    return { inventory, failures };
  }

  async #take(): Promise<void> {
    const { take, clock, logger } = this.#options;
    try {
      this.#inventory = await take();
      this.#dueAtMs = clock.monotonicMs() + repeatAfterMs;
    } catch (error) {
      this.#dueAtMs = clock.monotonicMs() + retryAfterMs;
      this.#failure = { of: 'inventory', reason: messageOf(error) };
      logger.warn('The inventory could not be taken; it is tried again in an hour.', { reason: messageOf(error) });
    }
  }
}
