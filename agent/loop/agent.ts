import { join } from 'node:path';
import type { Clock, Random } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Report } from '../../shared/report-schema.ts';
import type { LoadedConfig } from '../config/config-cache.ts';
import type { Identity } from '../identity/identity.ts';
import { openSpool, type Spool } from '../spool/spool.ts';
import { type CollectorClient, createCollectorClient } from '../uplink/collector-client.ts';
import { createDrain, type Drain } from '../uplink/drain.ts';
import { envelopeOf } from '../uplink/envelope.ts';
import { hasEvidence, type ReportFailure } from './build-report.ts';
import { ConfigUpdater } from './config-updater.ts';
import { phaseSecondsOf } from './phase.ts';
import { Reporter } from './reporter.ts';
import { createSchedule, type Schedule } from './schedule.ts';

export interface AgentOptions {
  identity: Identity;
  /** The cached configuration to begin with. */
  loaded: LoadedConfig;
  dataFolder: string;
  clock: Clock;
  random: Random;
  logger: Logger;
}

export interface Agent {
  /** Takes the first report at once and then one in each interval. */
  start(): void;
  /** Ends measuring and sending and closes the spool, within 5 seconds. */
  stop(): Promise<void>;
}

const firstReportWaitMs = 8000;
const stopRoundWithinMs = 1500;
const stopDrainWithinMs = 2500;

/** The running agent: measures, spools, drains, and follows its configuration. @throws AppError `spool-unusable`. */
export function createAgent(options: AgentOptions): Agent {
  return new RunningAgent(options);
}

class RunningAgent implements Agent {
  readonly #options: AgentOptions;
  readonly #spool: Spool;
  readonly #client: CollectorClient;
  readonly #drain: Drain;
  readonly #reporter: Reporter;
  readonly #updater: ConfigUpdater;
  #config: LoadedConfig['config'];
  #schedule: Schedule;
  #round: Promise<void> | undefined;
  #isFirst = true;
  #isStopped = false;

  constructor(options: AgentOptions) {
    const { identity, loaded, dataFolder, clock, random, logger } = options;
    this.#options = options;
    this.#config = loaded.config;
    this.#spool = openSpool(join(dataFolder, 'spool'), { maxSizeBytes: loaded.config.spool.maxSizeBytes, logger });
    this.#client = createCollectorClient({ identity, clock });
    this.#reporter = new Reporter({ dataFolder, collectorUrl: identity.collectorUrl, clock, random, logger });
    const apply = (next: LoadedConfig) => this.#apply(next);
    this.#updater = new ConfigUpdater(
      { identity, dataFolder, client: this.#client, clock, logger, apply },
      loaded.version,
    );
    this.#drain = createDrain({
      spool: this.#spool,
      client: this.#client,
      clock,
      random,
      logger,
      batchesPerMinute: loaded.config.drain.batchesPerMinute,
      envelopeOf: (records) =>
        envelopeOf(
          { agent: identity.agent, sentAt: new Date(clock.nowMs()).toISOString(), ...this.#reporter.bootNow() },
          records.map(({ payload }) => payload),
        ),
      onAcknowledged: ({ config }) => void this.#updater.follow(config),
    });
    this.#schedule = this.#createSchedule();
  }

  start(): void {
    this.#schedule.start();
    void this.#schedule.runNow();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await within(this.#schedule.stop(), stopRoundWithinMs);
    await within(this.#drain.stop(), stopDrainWithinMs);
    this.#client.close();
    this.#spool.close();
    await within(this.#reporter.close(), 500);
  }

  #createSchedule(): Schedule {
    const { identity, clock, logger } = this.#options;
    const { intervalSeconds } = this.#config;
    return createSchedule({
      name: 'report',
      intervalSeconds,
      phaseSeconds: phaseSecondsOf(identity.agent, intervalSeconds),
      run: () => this.#report(),
      clock,
      logger,
    });
  }

  /** A new configuration can bring a new schedule while the old one's round is under way: still one at a time. */
  #report(): Promise<void> {
    this.#round ??= this.#reportOnce().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  async #reportOnce(): Promise<void> {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    const { queuedCount, droppedCount } = this.#spool.stats();
    const config = this.#config;
    for (const ahead of this.#reporter.routersAhead({ config, spool: { queuedCount, droppedCount } })) {
      this.#append(ahead);
    }
    const report = await this.#reporter.measure({
      config,
      spool: { queuedCount, droppedCount },
      failures: this.#failures(isFirst),
      waitMs: isFirst ? firstReportWaitMs : config.intervalSeconds * 800,
      // A round at start is for the collector to see the machine soon: the large part comes later.
      ...(isFirst ? { inventory: false } : {}),
    });
    if (this.#isStopped) return;
    this.#append(report);
    this.#drain.kick();
  }

  #append(report: Report): void {
    this.#spool.append({
      takenAtMs: Date.parse(report.takenAt),
      evidence: hasEvidence(report),
      payload: Buffer.from(JSON.stringify(report)),
    });
  }

  #failures(isFirst: boolean): ReportFailure[] {
    const { damagedCount, rejectedCount } = this.#spool.stats();
    const failures: ReportFailure[] = [];
    if (this.#updater.problem !== undefined) failures.push(this.#updater.problem);
    if (isFirst && damagedCount + rejectedCount > 0) {
      const reason = `since it was made: ${damagedCount} damaged places, ${rejectedCount} reports refused`;
      failures.push({ of: 'spool', reason });
    }
    return failures;
  }

  #apply({ config }: LoadedConfig): void {
    if (this.#isStopped) return;
    const hadIntervalSeconds = this.#config.intervalSeconds;
    this.#config = config;
    this.#spool.setMaxSizeBytes(config.spool.maxSizeBytes);
    this.#drain.setBatchesPerMinute(config.drain.batchesPerMinute);
    if (config.intervalSeconds === hadIntervalSeconds) return;
    this.#schedule.stop().catch((error: unknown) => {
      this.#options.logger.error('The old schedule did not end.', { reason: messageOf(error) });
    });
    this.#schedule = this.#createSchedule();
    this.#schedule.start();
  }
}

async function within(work: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
