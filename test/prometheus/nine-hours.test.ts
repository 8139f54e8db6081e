import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { knownNames } from '../../collector/cli/known-names.ts';
import { startCollector } from '../../collector/collector.ts';
import { parseConfig } from '../../collector/config/load-config.ts';
import { databaseIn, loadCollectorKeys, prepareDataFolder } from '../../collector/data-folder.ts';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';
import { silentLogger } from '../../shared/logger.ts';
import { configText } from '../kit/config-text.ts';
import { type FakeClock, fakeClock } from '../kit/fake-clock.ts';
import { startPrometheus } from '../kit/prometheus.ts';
import type { PointInTime, PrometheusApi } from '../kit/prometheus-api.ts';
import { type SpoolingMachine, spoolingMachine } from '../kit/spooling-machine.ts';
import { enrolAll } from '../kit/store-file.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { type TestAgent, testAgent } from '../kit/test-agent.ts';
import { differences, metricsIn, minuteReport, ownRecord, type SampleBook, samplesIn } from '../kit/told-samples.ts';
import { startVictoriaMetrics } from '../kit/victoria-metrics.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';

const needed = needs({ tools: ['prometheus', 'victoria-metrics'] });

const minuteMs = 60_000;
/** Its link is away for nine hours: it is heard last before the first minute, and again at the last. */
const cut = { fromMinute: 30, untilMinute: 30 + 9 * 60 };
const minuteCount = cut.untilMinute + 20;
/** Prometheus is killed twice: for a while in the middle, and at once started again while the past is written. */
const away = { fromMinute: 300, untilMinute: 330 };
/** So that the last minute is now: servers may refuse what lies far ahead. */
const startsAtMs = Math.floor(Date.now() / minuteMs) * minuteMs - (minuteCount + 2) * minuteMs;
const range = { fromMs: startsAtMs, toMs: startsAtMs + (minuteCount + 1) * minuteMs };
/** Agents are not in step with each other, and timers are not exact. */
const takenAtMs = (minute: number, seed: number) =>
  startsAtMs + minute * minuteMs + seed * 7013 + ((minute * 37 + seed) % 50);

async function world(clock: FakeClock) {
  const [prometheus, victoria] = await Promise.all([
    startPrometheus({ folder: temporaryFolder(), remoteWrite: true }),
    startVictoriaMetrics({ folder: temporaryFolder() }),
  ]);
  const folder = join(temporaryFolder(), 'data');
  prepareDataFolder(folder);
  const bootedAtMs = startsAtMs - 3_600_000;
  const agents = [
    testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', node: 'server-pusat', bootedAtMs }),
    testAgent({ key: 2, node: 'server-1', bootedAtMs }),
    testAgent({ key: 3, node: 'server-2', bootedAtMs }),
  ];
  const store = openSqliteStore(databaseIn(folder));
  await enrolAll(store, agents, clock.nowMs());
  await store.close();
  const receivers = { prometheus: prometheus.remoteWriteUrl, victoria: victoria.remoteWriteUrl };
  const remoteWrite = Object.entries(receivers).map(([id, url]) => ({
    id,
    url,
    labels: { pemda: 'lebong' },
    // The first report may come before it has looked where to begin.
    sendHistory: true,
  }));
  const config = parseConfig(configText({ intervalSeconds: 60, remoteWrite }), 'pantau.yaml', knownNames);
  const options = { config, dataFolder: folder, clock, random: Math.random, logger: silentLogger };
  const collector = await startCollector(options);
  onTestFinished(() => collector.stop());
  const collectorPublicKey = loadCollectorKeys(folder).publicKey;
  const machines = agents.map((agent) => spoolingMachine(agent, { url: collector.url, collectorPublicKey }, clock));
  return { prometheus, victoria, machines };
}

/** Lets a minute pass: every machine measures, and those send that have a link. */
async function passMinute(clock: FakeClock, minute: number, machines: readonly SpoolingMachine[], isCut: boolean) {
  for (const [seed, machine] of machines.entries()) {
    clock.advanceMs(takenAtMs(minute, seed) - clock.nowMs());
    machine.keep(minuteReport(machine.agent, clock.nowMs(), { minute, seed }));
  }
  await Promise.all(machines.filter((_, seed) => !isCut || seed !== 1).map((machine) => machine.sendAll()));
}

/** Waits for every sample of the record; then it is compared whole. */
async function expectRecord(server: PrometheusApi, record: SampleBook): Promise<void> {
  const ofMetric = (metric: string) => new Map([...record].filter(([name]) => name.includes(`"${metric}"`)));
  const countOf = (book: SampleBook) => [...book.values()].reduce((count, samples) => count + samples.length, 0);
  const metrics = metricsIn(record);
  expect(metrics).toHaveLength(6);
  for (const metric of metrics) {
    const wanted = ofMetric(metric);
    const isThere = async () => countOf(await samplesIn(server, metric, range)) >= countOf(wanted);
    await waitUntil(`${countOf(wanted)} samples of ${metric}`, isThere, 20_000).catch(() => {});
    expect(differences(await samplesIn(server, metric, range), wanted)).toEqual([]);
  }
}

/** What a chart with a point each minute shows of a machine is what it measured last, with no hole longer than one. */
async function expectChart(server: PrometheusApi, agent: TestAgent, measured: readonly PointInTime[]): Promise<void> {
  const expression = `pantau_node_cpu_busy_ratio{node="${agent.row.node}"}`;
  const [fromMs, toMs] = [startsAtMs + 2 * minuteMs, startsAtMs + (minuteCount - 1) * minuteMs];
  const [series, ...others] = await server.queryRange(expression, fromMs, toMs, 60);
  expect(others).toEqual([]);
  const shown = new Map(series?.samples.map(({ atMs, value }) => [atMs, value]));
  let holes = 0;
  for (let atMs = fromMs; atMs <= toMs; atMs += minuteMs) {
    const value = shown.get(atMs);
    if (value === undefined) holes += 1;
    else expect({ atMs, value }).toEqual({ atMs, value: measured.findLast((each) => each.atMs <= atMs)?.value });
  }
  // The end of the series, written when the machine fell silent, is the only moment without a value.
  expect(holes).toBeLessThanOrEqual(1);
}

describe.skipIf(!needed.ok)(`nine hours without a link ${needed.reason}`, () => {
  it('are in Prometheus and VictoriaMetrics as the machine measured them, also when Prometheus was killed meanwhile', async () => {
    const clock = fakeClock(startsAtMs);
    const { prometheus, victoria, machines } = await world(clock);
    let restarting: Promise<void> | undefined;

    for (let minute = 0; minute < minuteCount; minute += 1) {
      const isCut = minute >= cut.fromMinute && minute < cut.untilMinute;
      if (minute === away.fromMinute) await prometheus.end('SIGKILL');
      if (minute === away.untilMinute) await prometheus.restart();
      if (minute === cut.untilMinute) restarting = prometheus.restart('SIGKILL');
      await passMinute(clock, minute, machines, isCut);
    }
    await restarting;

    const record = ownRecord(machines, { pemda: 'lebong' });
    for (const server of [prometheus, victoria]) {
      await expectRecord(server, record);
      for (const { agent, reports } of machines) {
        const measured = reports.map(({ takenAt, cpu }) => ({
          atMs: Date.parse(takenAt),
          value: cpu?.busyRatio ?? -1,
        }));
        await expectChart(server, agent, measured);
      }
    }
  }, 240_000);
});
