import type { AgentConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { ReportNetwork } from '../../shared/network-schema.ts';
import type { ReportFailure } from './build-report.ts';

export interface NetworkKeeperOptions {
  /** How the machine is connected now, but for the address that the internet sees. */
  read: () => Promise<ReportNetwork>;
  /** That address, from the page that answers with it. */
  lookUpEgress: (url: string) => Promise<string>;
  clock: Clock;
}

interface Egress {
  url: string;
  address: string | undefined;
  checkedAtMs: number;
}

const repeatAfterMs = 3_600_000;
const egressEveryMs = 15 * 60_000;

/**
 * Tells how the machine is connected: in the first report, when it has changed, and once an hour. The internet is asked
 * every 15 minutes, in the background; its answer goes with the report after it.
 */
export class NetworkKeeper {
  readonly #options: NetworkKeeperOptions;
  #told: { text: string; atMs: number } | undefined;
  #egress: Egress | undefined;
  #egressDueAtMs = -Infinity;
  #asking: Promise<void> | undefined;
  #failure: ReportFailure | undefined;

  constructor(options: NetworkKeeperOptions) {
    this.#options = options;
  }

  /**
   * @param isOnly true when no other report follows: then the internet's answer is waited for.
   * @returns nothing when there is nothing new to tell.
   */
  async look(config: Pick<AgentConfig, 'egressUrl'>, isOnly = false): Promise<ReportNetwork | undefined> {
    const asking = this.#askInternet(config.egressUrl);
    if (isOnly) await asking;
    const { clock, read } = this.#options;
    const network: ReportNetwork = { ...(await read()), ...this.#egressFields() };
    const { egressCheckedAt: _moment, ...lasting } = network;
    const text = JSON.stringify(lasting);
    const nowMs = clock.monotonicMs();
    if (this.#told?.text === text && nowMs - this.#told.atMs < repeatAfterMs) return undefined;
    this.#told = { text, atMs: nowMs };
    return network;
  }

  /** What went wrong since the last call. */
  failures(): ReportFailure[] {
    const failures = this.#failure === undefined ? [] : [this.#failure];
    this.#failure = undefined;
    return failures;
  }

  #egressFields(): Pick<ReportNetwork, 'egressAddress' | 'egressCheckedAt'> {
    if (this.#egress === undefined) return {};
    const { address, checkedAtMs } = this.#egress;
    return {
      ...(address === undefined ? {} : { egressAddress: address }),
      egressCheckedAt: new Date(checkedAtMs).toISOString(),
    };
  }

  #askInternet(url: string | undefined): Promise<void> | undefined {
    if (this.#egress !== undefined && this.#egress.url !== url) {
      this.#egress = undefined;
      this.#egressDueAtMs = -Infinity;
    }
    const nowMs = this.#options.clock.monotonicMs();
    if (url !== undefined && this.#asking === undefined && nowMs >= this.#egressDueAtMs) {
      this.#egressDueAtMs = nowMs + egressEveryMs;
      this.#asking = this.#ask(url).finally(() => {
        this.#asking = undefined;
      });
    }
    return this.#asking;
  }

  async #ask(url: string): Promise<void> {
    const { lookUpEgress, clock } = this.#options;
    let address: string | undefined;
    try {
      address = await lookUpEgress(url);
    } catch (error) {
      this.#failure = { of: 'egress-address', reason: messageOf(error) };
    }
    this.#egress = { url, address, checkedAtMs: clock.nowMs() };
  }
}
