import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CollectorProcess, startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { type FleetMember, prepareFleet } from '../../scripts/simulation/fleet.ts';
import { createReportClient, type ReportClient } from '../../scripts/simulation/report-client.ts';
import { systemClock } from '../../shared/clock.ts';
import { configText } from '../kit/config-text.ts';
import { keptReports } from '../kit/kept-reports.ts';
import { startPrometheus } from '../kit/prometheus.ts';
import type { PrometheusApi } from '../kit/prometheus-api.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { startVictoriaMetrics } from '../kit/victoria-metrics.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';

const needed = needs({ tools: ['prometheus', 'victoria-metrics'] });
const killCount = 5;
const agentCount = 4;

/** Sends reports, a few of them late, until it is told to stop or the collector is gone. */
async function sendUntilKilled(
  member: FleetMember,
  client: ReportClient,
  takenAtMs: () => number,
  stopped: () => boolean,
) {
  const { agent } = member;
  while (!stopped()) {
    const reports = Array.from({ length: 5 }, () => agent.report({ takenAtMs: takenAtMs() }));
    try {
      const answer = await client.send(
        agent.signedRequest(agent.envelope(reports, Date.now()), { encoding: 'dictionary' }),
      );
      if (answer.status !== 200) await new Promise((next) => setTimeout(next, 100));
    } catch {
      return;
    }
  }
}

/** Moments at which each node said how many reports wait on it, which each report says once. */
async function momentsIn(server: PrometheusApi, fromMs: number): Promise<string[]> {
  const series = await server.samples('pantau_node_spool_queued_reports{pemda="lebong"}', fromMs, Date.now() + 60_000);
  return series
    .flatMap(({ labels, samples }) =>
      samples.filter(({ value }) => !Number.isNaN(value)).map(({ atMs }) => `${labels['node']} ${atMs}`),
    )
    .toSorted();
}

describe.skipIf(!needed.ok)(`Remote write to the real programs ${needed.reason}`, () => {
  it(`loses nothing and doubles nothing through ${killCount} kills of the collector`, async () => {
    const [prometheus, victoria] = await Promise.all([
      startPrometheus({ folder: temporaryFolder(), remoteWrite: true }),
      startVictoriaMetrics({ folder: temporaryFolder() }),
    ]);
    const receivers = { prometheus: prometheus.remoteWriteUrl, victoria: victoria.remoteWriteUrl };
    const remoteWrite = Object.entries(receivers).map(([id, url]) => ({ id, url, labels: { pemda: 'lebong' } }));
    const dataFolder = join(temporaryFolder(), 'collector');
    const fromMs = Date.now() - 3_600_000;
    let collector: CollectorProcess = await startCollectorProcess({
      dataFolder,
      configText: configText({ intervalSeconds: 60, remoteWrite }),
    });
    onTestFinished(() => collector.kill9());
    const first = createReportClient({ url: collector.url });
    const { configPath } = collector;
    const fleet = await prepareFleet({ dataFolder, configPath, client: first, agentCount, clock: systemClock });
    first.close();
    // Two reports of one moment would be one sample.
    let lateAtMs = fromMs;
    let presentAtMs = 0;
    const nextMs = (isLate: boolean) =>
      isLate ? (lateAtMs += 7) : (presentAtMs = Math.max(presentAtMs + 1, Date.now()));

    for (let round = 0; round < killCount; round += 1) {
      const client = createReportClient({ url: collector.url, timeoutMs: 5000 });
      let killed = false;
      const sending = Promise.all(
        fleet.map((member, index) =>
          sendUntilKilled(
            member,
            client,
            () => nextMs(index % 2 === 1),
            () => killed,
          ),
        ),
      );
      // A moment that differs from round to round, while requests are under way.
      await new Promise((next) => setTimeout(next, 1500 + ((round * 367) % 1000)));
      await collector.kill9();
      killed = true;
      await sending;
      client.close();
      collector = await startCollectorProcess({ dataFolder });
    }

    const nodes = new Map(fleet.map(({ agent }) => [agent.id, agent.node]));
    const wanted = keptReports(dataFolder)
      .map(({ agent, takenAtMs }) => `${nodes.get(agent)} ${takenAtMs}`)
      .toSorted();
    expect(wanted.length).toBeGreaterThan(100);
    expect(new Set(wanted).size).toBe(wanted.length);
    await waitUntil(
      'all of it in Prometheus',
      async () => (await momentsIn(prometheus, fromMs)).length >= wanted.length,
      60_000,
    );
    expect(await momentsIn(prometheus, fromMs)).toEqual(wanted);
    await victoria.flush();
    await waitUntil(
      'all of it in VictoriaMetrics',
      async () => new Set(await momentsIn(victoria, fromMs)).size >= wanted.length,
      60_000,
    );
    // It keeps a repeated sample twice until it merges; both are the same.
    expect([...new Set(await momentsIn(victoria, fromMs))]).toEqual(wanted);
    expect(await collector.stop()).toBe(0);
  }, 180_000);
});
