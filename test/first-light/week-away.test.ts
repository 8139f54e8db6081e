import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSpool, type SpoolRecord } from '../../agent/spool/spool.ts';
import { createCollectorClient } from '../../agent/uplink/collector-client.ts';
import { createDrain } from '../../agent/uplink/drain.ts';
import { envelopeOf } from '../../agent/uplink/envelope.ts';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { prepareFleet } from '../../scripts/simulation/fleet.ts';
import { readFleetFile } from '../../scripts/simulation/fleet-file.ts';
import { createReportClient } from '../../scripts/simulation/report-client.ts';
import { systemClock, systemRandom } from '../../shared/clock.ts';
import { silentLogger } from '../../shared/logger.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';
import { importPublicKey } from '../../shared/signing.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { keptReports } from '../kit/kept-reports.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

const minuteMs = 60_000;
const reportCount = 7 * 24 * 60;

const router = (state: 'up' | 'down'): ReportProbe => ({
  name: 'wan/dinkes/kantor',
  kind: 'icmp',
  layer: 'wan',
  pd: 'dinkes',
  site: 'kantor',
  target: '10.1.1.1',
  state,
  ...(state === 'down' ? { reason: 'no-answer' } : {}),
  sentCount: 5,
  receivedCount: state === 'up' ? 5 : 0,
});

it('drains a week without a link: the present is right from the first answer, nothing is lost, no alert about the past', async () => {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'collector');
  const text = configText({ intervalSeconds: 60, routerAddress: '10.1.1.1' });
  const collector = await startCollectorProcess({ dataFolder, configText: text });
  onTestFinished(() => collector.kill9());
  const enrolClient = createReportClient({ url: collector.url });
  const [member] = await prepareFleet({
    dataFolder,
    configPath: collector.configPath,
    client: enrolClient,
    agentCount: 1,
    clock: systemClock,
  });
  enrolClient.close();
  if (member === undefined) throw new Error('no agent');
  const { agent } = member;

  const spool = openSpool(join(folder, 'spool'), { maxSizeBytes: 200_000_000, logger: silentLogger });
  onTestFinished(() => spool.close());
  const newestAtMs = Date.now();
  for (let age = reportCount - 1; age >= 0; age -= 1) {
    const takenAtMs = newestAtMs - age * minuteMs;
    // The whole week long the router was dead; only the newest report says that it is back.
    const report = agent.report({ takenAtMs, probes: [router(age === 0 ? 'up' : 'down')] });
    spool.append({ takenAtMs, evidence: false, payload: Buffer.from(JSON.stringify(report)) });
  }
  expect(spool.stats()).toMatchObject({ queuedCount: reportCount, droppedCount: 0 });

  const collectorPublicKey = importPublicKey(readFleetFile(dataFolder)?.collectorPublicKey ?? '');
  const identity = {
    agent: agent.id,
    ...agent.keys,
    collectorUrl: collector.url,
    collectorPublicKey,
    allowPlainHttp: false,
  };
  const client = createCollectorClient({ identity, clock: systemClock });
  const { bootId } = agent.envelope([], newestAtMs);
  const api = apiOf(collector);
  const seen: { records: number; lastReportAt: string | undefined; state: string | undefined }[] = [];
  const looks: Promise<void>[] = [];
  const look = async (records: number) => {
    const [node] = await api.list<{ lastReportAt: string }>('nodes');
    const [link] = await api.list<{ state: string }>('links');
    seen.push({ records, lastReportAt: node?.lastReportAt, state: link?.state });
  };
  const drain = createDrain({
    spool,
    client,
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    batchesPerMinute: 6000,
    envelopeOf: (records: readonly SpoolRecord[]) => {
      const { sentAt, uptimeSeconds } = agent.envelope([], Date.now());
      return envelopeOf(
        { agent: agent.id, sentAt, bootId, uptimeSeconds },
        records.map((record) => record.payload),
      );
    },
    onAcknowledged: (_ack, records) => {
      if (seen.length < 5) looks.push(look(records.length));
    },
  });
  onTestFinished(() => drain.stop());
  drain.kick();
  await waitUntil('the spool to be empty', () => spool.stats().queuedCount === 0, 120_000);
  await Promise.all(looks);

  expect(seen[0]?.records).toBe(1);
  for (const { lastReportAt, state } of seen) {
    expect(Date.parse(lastReportAt ?? '')).toBe(newestAtMs);
    expect(state).toBe('up');
  }
  expect(spool.stats()).toMatchObject({ queuedCount: 0, droppedCount: 0, rejectedCount: 0 });
  expect(await api.list('incidents')).toEqual([]);
  expect(await api.series('pantau_reports_total{outcome="accepted"}')).toBe(reportCount);
  // What has just come is in the availability, to the second, and marked as a correction of hours that were complete.
  const days = await api.list<{ downSeconds: number; revision: number; restatedAt: string | null }>('availability');
  expect(days.reduce((sum, day) => sum + day.downSeconds, 0)).toBe((reportCount - 1) * 60);
  const corrected = days.filter((day) => day.downSeconds === 86_400);
  expect(corrected.length).toBeGreaterThanOrEqual(5);
  for (const { revision, restatedAt } of corrected) {
    expect(revision).toBeGreaterThanOrEqual(24);
    expect(Date.parse(restatedAt ?? '')).toBeGreaterThanOrEqual(newestAtMs);
  }
  await collector.stop();
  const times = keptReports(dataFolder)
    .map((report) => report.takenAtMs)
    .toSorted((a, b) => a - b);
  expect(times).toEqual(
    Array.from({ length: reportCount }, (_, index) => newestAtMs - (reportCount - 1 - index) * minuteMs),
  );
}, 240_000);
