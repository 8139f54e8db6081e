import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import type { AgentConfig, ProbeConfig } from '../../shared/agent-config-schema.ts';
import type { Clock, Random } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Report, ReportProbe } from '../../shared/report-schema.ts';
import { discoverTargets } from '../probes/discover-targets.ts';
import { lookUpEgress } from '../probes/look-up-egress.ts';
import { probes } from '../probes/registry.ts';
import { createProbeRunner } from '../probes/run-probes.ts';
import { takeInventory } from '../sensors/inventory.ts';
import { createSensors } from '../sensors/registry.ts';
import { runSensors } from '../sensors/run-sensors.ts';
import type { Sensor } from '../sensors/sensor.ts';
import { BackupRounds, noEvidence } from './backup-rounds.ts';
import { hostWithoutSensor } from './boot.ts';
import { buildReport, type ReportFailure } from './build-report.ts';
import { InventoryKeeper } from './inventory-keeper.ts';
import { NetworkKeeper } from './network-keeper.ts';
import { readNetwork } from './read-network.ts';
import { ProbeRounds } from './probe-rounds.ts';
import { RouterRounds } from './router-rounds.ts';

export interface ReporterOptions {
  dataFolder: string;
  /** The WAN target, when the configuration lets the agent find its own. */
  collectorUrl: string;
  clock: Clock;
  random: Random;
  logger: Logger;
}

export interface Round {
  config: AgentConfig;
  spool: Report['spool'];
  /** Things outside the round that could not be done. */
  failures?: readonly ReportFailure[];
  /** How long to wait for probes and backup sources; what comes later goes with a later report. */
  waitMs: number;
  /** True when no other round follows: then one waits for what the others would bring. */
  isOnly?: boolean;
  /** False when another process looks after backups and routers. */
  withBackups?: boolean;
  /** True to take the inventory now and wait for it, false to never take it; when due unless told. */
  inventory?: boolean;
}

const sensorsWithinMs = 5000;
const egressWithinMs = 10_000;
/** Uptimes and clocks that order reports are exact to a hundredth of a second. */
const aheadMs = 50;

/** Takes measurements and makes numbered reports of them. One per process: its session is part of each report's name. */
export class Reporter {
  readonly #options: ReporterOptions;
  readonly #session = randomBytes(9).toString('base64url');
  readonly #sensors: Sensor[] = createSensors();
  readonly #probes: ProbeRounds;
  readonly #backups: BackupRounds;
  readonly #routers: RouterRounds;
  readonly #inventory: InventoryKeeper;
  readonly #network: NetworkKeeper;
  readonly #closing = new AbortController();
  #seq = 0;
  #host: Report['host'] | undefined;

  constructor(options: ReporterOptions) {
    const { clock, random, logger, dataFolder, collectorUrl } = options;
    this.#options = options;
    this.#probes = new ProbeRounds(createProbeRunner({ probes, logger, clock }), clock);
    this.#backups = new BackupRounds({ dataFolder, logger, clock });
    this.#network = new NetworkKeeper({
      read: () => readNetwork(collectorUrl),
      lookUpEgress: (url) => lookUpEgress(url, egressWithinMs, this.#closing.signal),
      clock,
    });
    this.#routers = new RouterRounds({ dataFolder, logger, clock });
    this.#inventory = new InventoryKeeper({ take: () => takeInventory(), clock, random, logger });
  }

  /** One round. Whatever fails stands in the report's `failures`; never throws. */
  async measure(round: Round): Promise<Report> {
    const { config, waitMs } = round;
    const { clock } = this.#options;
    const failures: ReportFailure[] = [...(round.failures ?? [])];
    const takenAtMs = clock.nowMs();
    const guard = <Result>(of: string, work: Promise<Result>, otherwise: Result): Promise<Result> =>
      work.catch((error: unknown) => {
        failures.push({ of, reason: messageOf(error) });
        return otherwise;
      });
    const [sensed, probed, evidence, network] = await Promise.all([
      guard('sensors', runSensors(this.#sensors, { timeoutMs: sensorsWithinMs }), { part: {}, failures: [] }),
      guard('probes', this.#probe(config, waitMs, failures), []),
      guard('backups', this.#lookForBackups(round, failures), noEvidence),
      guard('network', this.#network.look(config, round.isOnly), undefined),
      guard('routers', this.#readRouters(round), undefined),
      guard(
        'inventory',
        round.inventory === false ? Promise.resolve() : this.#inventory.look(round.inventory === true),
        undefined,
      ),
    ]);
    const { inventory, failures: inventoryFailures } = this.#inventory.collect();
    this.#host = sensed.part.host ?? hostWithoutSensor(this.#host, takenAtMs, uptime());
    return buildReport({
      session: this.#session,
      seq: ++this.#seq,
      takenAtMs,
      intervalSeconds: config.intervalSeconds,
      part: sensed.part,
      host: this.#host,
      probes: probed,
      network,
      routers: this.#routers.take(failures),
      evidence,
      failures: [...failures, ...sensed.failures, ...inventoryFailures, ...this.#network.failures()],
      inventory,
      spool: round.spool,
    });
  }

  /**
   * Reports of nothing but routers, as long as more of them were read than one report carries. They say to be a moment
   * older than the report that follows, which is whole and shall stay the newest.
   */
  routersAhead({ config, spool }: Pick<Round, 'config' | 'spool'>): Report[] {
    const reports: Report[] = [];
    const failures: ReportFailure[] = [];
    const takenAtMs = this.#options.clock.nowMs() - aheadMs;
    while (this.#host !== undefined && this.#routers.isLong) {
      const host = { ...this.#host, uptimeSeconds: Math.max(0, uptime() - aheadMs / 1000) };
      const { intervalSeconds } = config;
      const routers = this.#routers.take(failures);
      const rest = { part: {}, probes: [], evidence: noEvidence, failures: failures.splice(0) };
      const name = { session: this.#session, seq: ++this.#seq };
      reports.push(buildReport({ ...name, takenAtMs, intervalSeconds, host, routers, spool, ...rest }));
    }
    return reports;
  }

  /** The machine's boot as an envelope says it, at this moment. */
  bootNow(): Pick<Report['host'], 'bootId' | 'uptimeSeconds'> {
    const { bootId, uptimeSeconds } = hostWithoutSensor(this.#host, this.#options.clock.nowMs(), uptime());
    return { bootId, uptimeSeconds };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#backups.close(), this.#routers.close()]);
  }

  async #probe(config: AgentConfig, waitMs: number, failures: ReportFailure[]): Promise<ReportProbe[]> {
    const targets = [...config.probes, ...this.#ownTargets(config, failures)];
    return this.#probes.look(targets, { intervalSeconds: config.intervalSeconds, waitMs });
  }

  async #readRouters({ config, waitMs, isOnly = false, withBackups }: Round): Promise<void> {
    if (withBackups !== false) await this.#routers.look(config, { waitMs, isOnly });
  }

  async #lookForBackups({ config, waitMs, isOnly = false, withBackups }: Round, failures: ReportFailure[]) {
    return withBackups === false ? noEvidence : this.#backups.look(config, { waitMs, isOnly }, failures);
  }

  /** What the configuration names itself is not found a second time. */
  #ownTargets({ discoverTargets: mayDiscover, probes: named }: AgentConfig, failures: ReportFailure[]): ProbeConfig[] {
    if (!mayDiscover) return [];
    try {
      const found = discoverTargets({ collectorUrl: this.#options.collectorUrl });
      return found.filter(({ name }) => !named.some((target) => target.name === name));
    } catch (error) {
      failures.push({ of: 'discover-targets', reason: messageOf(error) });
      return [];
    }
  }
}
