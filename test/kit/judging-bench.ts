import { onTestFinished, vi } from 'vitest';
import { knownNames } from '../../collector/cli/known-names.ts';
import { parseConfig } from '../../collector/config/load-config.ts';
import type { PantauConfig } from '../../collector/config/schema.ts';
import type { Fleet } from '../../collector/facts/fleet.ts';
import { createJudging, type Judging } from '../../collector/incidents/judging.ts';
import { createIntake, type Intake } from '../../collector/intake/intake.ts';
import { restoreFleet } from '../../collector/restore-fleet.ts';
import { openRegisters, type Registers } from '../../collector/registers/registers.ts';
import { touchedBy } from '../../collector/registers/touched-by.ts';
import type { VerdictRow } from '../../collector/store/rows.ts';
import type { Store } from '../../collector/store/store.ts';
import { createLogger, type Logger } from '../../shared/logger.ts';
import type { Report } from '../../shared/report-schema.ts';
import type { ReportsAck } from '../../shared/wire.ts';
import { configText, type TestConfig } from './config-text.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { enrolAll, storeFile } from './store-file.ts';
import type { TestAgent } from './test-agent.ts';

/** The collector from intake to outbox, in this process, with a real store and a clock that the test moves. */
export interface JudgingBench {
  clock: FakeClock;
  fleet: Fleet;
  store: Store;
  judging: Judging;
  registers: Registers;
  intake: Intake;
  config: PantauConfig;
  /** Of the database file. */
  path: string;
  /** What was logged. */
  lines: string[];
  /** Reports as the agent would send them now, from an address; resolves when they are judged. */
  send(agent: TestAgent, reports: readonly Report[], remoteAddress?: string): Promise<ReportsAck>;
  /** Lets time pass for clock and timers alike. */
  pass(durationMs: number, stepMs?: number): Promise<void>;
  /** Ends everything and starts it anew from the disk. */
  restart(): Promise<void>;
  /** `<status> <reason>` of a subject's verdict: of the duty that is named, else of its backup or its WAN. */
  verdict(subject: string, obligation?: string): string | undefined;
  /** The same with everything that it says. */
  verdictRow(subject: string, obligation?: string): VerdictRow | undefined;
  /** `<channel> <event> <incident> <cause>` of everything in the outbox, in order of writing. */
  notices(): string[];
}

/** What most tests are about; the same subjects have other duties besides. */
const usualRules = new Set(['backup-in-pusat-data', 'backup-recent', 'wan-reachable', 'wan-area']);

export function testConfig(options: TestConfig = {}): PantauConfig {
  return parseConfig(configText(options), 'pantau.yaml', knownNames);
}

export async function judgingBench(options: {
  config: PantauConfig;
  agents: readonly TestAgent[];
  startsAtMs?: number;
  /** Put in front of the real store, to let it fail. */
  wrap?: (store: Store) => Store;
}): Promise<JudgingBench> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
  onTestFinished(() => void vi.useRealTimers());
  const file = storeFile();
  const clock = fakeClock(options.startsAtMs);
  await enrolAll(file.store, options.agents, clock.nowMs());
  const lines: string[] = [];
  const logger = createLogger(
    (line) => void lines.push(line),
    () => clock.nowMs(),
  );
  const wrap = options.wrap ?? ((store) => store);
  const parts = await started({ store: wrap(file.store), clock, logger, config: options.config });

  const bench: JudgingBench = {
    clock,
    ...parts,
    config: options.config,
    path: file.path,
    lines,
    async send(agent, reports, remoteAddress) {
      const body = Buffer.from(JSON.stringify(agent.envelope(reports, clock.nowMs())));
      const signature = agent.sign(body)['x-pantau-signature'];
      const answer = bench.intake.accept({ agent: agent.id, signature, encoding: 'identity', body, remoteAddress });
      answer.catch(() => {});
      await vi.advanceTimersByTimeAsync(60);
      const ack = await answer;
      await vi.advanceTimersByTimeAsync(150);
      await bench.judging.settled();
      return ack;
    },
    async pass(durationMs, stepMs = 60_000) {
      for (let passedMs = 0; passedMs < durationMs; passedMs += stepMs) {
        const step = Math.min(stepMs, durationMs - passedMs);
        clock.advanceMs(step);
        await vi.advanceTimersByTimeAsync(step);
        await bench.judging.settled();
      }
      await vi.advanceTimersByTimeAsync(200);
      await bench.judging.settled();
    },
    async restart() {
      const closed = bench.intake.close();
      await vi.advanceTimersByTimeAsync(60);
      await closed;
      await bench.judging.stop();
      const store = wrap(await file.reopen());
      Object.assign(bench, await started({ store, clock, logger, config: bench.config }));
    },
    verdict(subject, obligation) {
      const found = bench.verdictRow(subject, obligation);
      return found && `${found.status} ${found.reasonCode}`;
    },
    verdictRow(subject, obligation) {
      const isUsual = (each: VerdictRow) => usualRules.has(bench.judging.caseOf(each)?.rule.name ?? '');
      const isAsked = (each: VerdictRow) => (obligation === undefined ? isUsual(each) : each.obligation === obligation);
      return bench.judging.verdicts().find((each) => each.subject === subject && isAsked(each));
    },
    notices() {
      const list: string[] = [];
      // Reading them one by one is the only way past the rule that "resolved" waits for "opened".
      for (let entries = take(bench.store); entries.length > 0; entries = take(bench.store)) {
        for (const { id, channel, notice } of entries) {
          list.push(`${channel} ${notice.event} ${notice.subject.id} ${notice.incident.cause}`);
          bench.store.outbox.markDelivered(id, clock.nowMs());
        }
      }
      return list;
    },
  };
  onTestFinished(() => bench.judging.stop());
  return bench;
}

const take = (store: Store) => store.outbox.dueEntries(Number.MAX_SAFE_INTEGER, 100);

async function started(given: { store: Store; clock: FakeClock; logger: Logger; config: PantauConfig }) {
  const { store, clock, logger } = given;
  const fleet = await restoreFleet(store, { timezone: () => given.config.timezone });
  const registers = await openRegisters({
    port: store.registers,
    clock,
    logger,
    onChange: (pds) => judging.touch(touchedBy(pds, given.config)),
  });
  const judging = createJudging({
    ...given,
    fleet,
    registers,
    random: Math.random,
    onVerdict: () => {},
    onNotices: () => {},
  });
  const intake = createIntake({
    fleet,
    store,
    clock,
    logger,
    configVersionOf: () => 'version',
    onTouched: (touched) => judging.touch(touched),
    count: () => {},
  });
  await judging.start();
  return { store, fleet, judging, registers, intake };
}
