import type { AgentConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportRouter } from '../../shared/report-schema.ts';
import type { RouterPoller } from '../routers/poll-routers.ts';
import type { ReportFailure } from './build-report.ts';

export interface RouterRoundsOptions {
  dataFolder: string;
  clock: Clock;
  logger: Logger;
}

/** What a report says of routers that were read. Nothing of it is loaded where there are none to read. */
export class RouterRounds {
  readonly #options: RouterRoundsOptions;
  #poller: RouterPoller | undefined;
  #configured: AgentConfig['routers'];

  constructor(options: RouterRoundsOptions) {
    this.#options = options;
  }

  /**
   * Sees to it that the configured routers are read when they are due.
   * @param round `isOnly`: no other round follows, so read all of them now and wait for it, up to `waitMs`.
   */
  async look({ routers = [] }: AgentConfig, round: { waitMs: number; isOnly: boolean }): Promise<void> {
    if (routers.length === 0 && this.#poller === undefined) return;
    const { RouterPoller } = await import('../routers/poll-routers.ts');
    this.#poller ??= new RouterPoller(this.#options);
    if (this.#configured !== routers) this.#poller.configure(routers);
    this.#configured = routers;
    if (round.isOnly) await within(this.#poller.readAll(), round.waitMs);
  }

  /** What has been read since the last call, as far as one report carries it; the rest comes with the next. */
  take(failures: ReportFailure[]): ReportRouter[] {
    if (this.#poller === undefined) return [];
    const droppedCount = this.#poller.queue.takeDroppedCount();
    if (droppedCount > 0) failures.push({ of: 'routers', reason: `${droppedCount} readings found no room to wait` });
    return this.#poller.queue.take();
  }

  /** Whether more waits than one report carries. */
  get isLong(): boolean {
    return this.#poller?.queue.isLong === true;
  }

  async close(): Promise<void> {
    await this.#poller?.close();
  }
}

async function within(work: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
