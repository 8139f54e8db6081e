import { noRegisters } from '../../collector/obligations/register-view.ts';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { knownNames } from '../../collector/cli/known-names.ts';
import { parseConfig } from '../../collector/config/load-config.ts';
import type { PantauConfig } from '../../collector/config/schema.ts';
import type { Fleet } from '../../collector/facts/fleet.ts';
import { createIntake } from '../../collector/intake/intake.ts';
import { createJudging, type Judging } from '../../collector/incidents/judging.ts';
import { createOwnMetrics, type OwnMetrics } from '../../collector/metrics/own-metrics.ts';
import { createRemoteWrite, type RemoteWrite } from '../../collector/metrics/remote-write/remote-write.ts';
import { restoreFleet } from '../../collector/restore-fleet.ts';
import type { Store } from '../../collector/store/store.ts';
import { createLogger, silentLogger } from '../../shared/logger.ts';
import type { Report } from '../../shared/report-schema.ts';
import { configText, type TestConfig } from './config-text.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { enrolAll, storeFile } from './store-file.ts';
import type { TestAgent } from './test-agent.ts';

/** Intake, store and remote write in this process, with a clock that the test moves. */
export interface WritingBench {
  clock: FakeClock;
  config: PantauConfig;
  store: Store;
  fleet: Fleet;
  judging: Judging;
  own: OwnMetrics;
  remoteWrite: RemoteWrite;
  /** Where its queues lie, one folder for each receiver. */
  folder: string;
  /** What was logged. */
  lines: string[];
  /** Reports as the agent would send them now. */
  send(agent: TestAgent, reports: readonly Report[]): Promise<void>;
  /** A figure that it tells of itself; undefined when it does not. */
  told(name: string, labels?: Record<string, string>): Promise<number | undefined>;
  /** Ends everything and begins anew from the disk, with the receivers running when told. */
  restart(): Promise<void>;
}

export async function writingBench(options: {
  remoteWrite: Record<string, unknown>[];
  agents: readonly TestAgent[];
  config?: TestConfig;
  startsAtMs?: number;
}): Promise<WritingBench> {
  const text = configText({ ...options.config, remoteWrite: options.remoteWrite });
  const config = parseConfig(text, 'pantau.yaml', knownNames);
  const file = storeFile();
  const folder = join(file.path, '..', 'remote-write');
  const clock = fakeClock(options.startsAtMs);
  await enrolAll(file.store, options.agents, clock.nowMs());
  const lines: string[] = [];
  const logger = createLogger(
    (line) => void lines.push(line),
    () => clock.nowMs(),
  );

  async function started() {
    const { store } = file;
    const fleet = await restoreFleet(store);
    const own = createOwnMetrics(store);
    const random = () => 0.5;
    const said = { onVerdict: () => {}, onNotices: () => {} };
    const judging = createJudging({ store, fleet, clock, random, logger: silentLogger, config, ...said });
    const intake = createIntake({
      fleet,
      store,
      clock,
      logger,
      configVersionOf: () => 'v',
      onTouched: () => {},
      count: (outcome, reportCount) => own.countReports(outcome, reportCount),
    });
    const remoteWrite = createRemoteWrite({
      clock,
      logger,
      folder,
      own,
      configs: config.remoteWrite,
      port: store.remoteWrite,
      view: () => ({ config, fleet, judging, registers: noRegisters, store, nowMs: clock.nowMs() }),
      counters: own.remoteWrite,
      random,
      lookEveryMs: 20,
    });
    return { store, fleet, own, judging, intake, remoteWrite };
  }

  let parts = await started();
  const bench: WritingBench = {
    clock,
    config,
    folder,
    lines,
    ...parts,
    async send(agent, reports) {
      const body = Buffer.from(JSON.stringify(agent.envelope(reports, clock.nowMs())));
      const signature = agent.sign(body)['x-pantau-signature'];
      await parts.intake.accept({ agent: agent.id, signature, encoding: 'identity', body });
    },
    async told(name, labels = {}) {
      const families = await parts.own.families();
      const samples = families.flatMap((family) => family.samples).filter((sample) => sample.name === name);
      return samples.find((sample) =>
        Object.entries(labels).every(([label, value]) =>
          sample.labels.some(([own, text]) => own === label && text === value),
        ),
      )?.value;
    },
    async restart() {
      await end();
      await file.reopen();
      parts = await started();
      Object.assign(bench, parts);
      parts.remoteWrite.start();
    },
  };
  async function end(): Promise<void> {
    await parts.remoteWrite.stop();
    await parts.intake.close();
    parts.own.stop();
  }
  onTestFinished(end);
  parts.remoteWrite.start();
  return bench;
}
