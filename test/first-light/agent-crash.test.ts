import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSpool } from '../../agent/spool/spool.ts';
import { type CollectorProcess, startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { silentLogger } from '../../shared/logger.ts';
import type { Report } from '../../shared/report-schema.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { enrolAgent, runAgent } from '../kit/enrolled-agent.ts';
import { keptReports, reportName } from '../kit/kept-reports.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

const labels = 'pd="dinkes",site="kantor",node="server-a"';
const spoolOptions = { maxSizeBytes: 200_000_000, logger: silentLogger };

/** What a stopped agent has measured and not yet delivered. */
function spooledReports(agentData: string): Report[] {
  const spool = openSpool(join(agentData, 'spool'), spoolOptions);
  try {
    const records = spool.takeBatch({ maxCount: 10_000, maxSizeBytes: 2 ** 30 });
    return records.map((record) => JSON.parse(record.payload.toString('utf8')) as Report);
  } finally {
    spool.close();
  }
}

/** Waits until the spool of a running agent has grown so often; only its size is looked at. */
async function grownTimes(agentData: string, wanted: number): Promise<void> {
  const folder = join(agentData, 'spool');
  const size = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.segment'))
      .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  let last = existsSync(folder) ? size() : 0;
  let growths = 0;
  await waitUntil(`${wanted} reports in the spool`, () => {
    const now = size();
    if (now > last) growths += 1;
    last = now;
    return growths >= wanted;
  });
}

it('delivers all that was measured while the collector was away, through kills of the agent, once and with its own times', async () => {
  const folder = temporaryFolder();
  const collectorData = join(folder, 'collector');
  const agentData = join(folder, 'agent');
  let collector: CollectorProcess = await startCollectorProcess({
    dataFolder: collectorData,
    configText: configText(),
  });
  onTestFinished(() => collector.kill9());
  await enrolAgent({ collectorData, collectorUrl: collector.url, agentData, pd: 'dinkes', node: 'server-a' });
  const port = Number(new URL(collector.url).port);
  await collector.kill9();

  for (const growths of [2, 3, 4]) {
    const agent = runAgent(agentData);
    await grownTimes(agentData, growths);
    await agent.signal('SIGKILL');
  }
  const spooled = spooledReports(agentData);
  expect(spooled.length).toBeGreaterThanOrEqual(5);
  expect(new Set(spooled.map((report) => report.session)).size).toBe(3);

  collector = await startCollectorProcess({ dataFolder: collectorData, configText: configText({ port }) });
  runAgent(agentData);
  const api = apiOf(collector);
  await waitUntil(
    'the spool to be empty',
    async () =>
      (await api.series(`pantau_node_up{${labels}}`)) === 1 &&
      (await api.series(`pantau_node_spool_queued_reports{${labels}}`)) === 0,
    30_000,
  );
  const incidents = await api.list('incidents');
  await collector.stop();

  const kept = new Map(keptReports(collectorData).map((report) => [`${report.session}/${report.seq}`, report]));
  expect(kept.size).toBe(keptReports(collectorData).map((report) => reportName(report)).length);
  for (const report of spooled) {
    const found = kept.get(`${report.session}/${report.seq}`);
    expect(found?.takenAtMs).toBe(Date.parse(report.takenAt));
    expect(found?.late).toBe(1);
  }
  expect(incidents).toEqual([]);
}, 120_000);
