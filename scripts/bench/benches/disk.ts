import { join } from 'node:path';
import { openConnection } from '../../../collector/store/sqlite/open.ts';
import { noFactChanges } from '../../../collector/store/no-changes.ts';
import { openSqliteStore } from '../../../collector/store/sqlite/sqlite-store.ts';
import type { ReportBatch } from '../../../collector/store/rows.ts';
import type { Store } from '../../../collector/store/store.ts';
import { exportPublicKey } from '../../../shared/signing.ts';
import { dictionaryEncoding, signatureHeader } from '../../../shared/wire.ts';
import { hashSecret, newSecret } from '../../../collector/intake/enrolment.ts';
import { createSimulatedAgent, type SimulatedAgent } from '../../simulation/simulated-agent.ts';
import type { Bench, Figure } from '../bench.ts';
import { single } from '../statistics.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Defaults of the configuration (collector/config/schema.ts). */
const rawDays = 14;
const hourlyDays = 400;
const hoursPerYear = 8760;
/** Reports wait this long before they are rolled up (collector/maintenance.ts). */
const rollUpAfterMs = minuteMs;

interface StoredAgent {
  agent: SimulatedAgent;
  key: number;
}

export const disk: Bench = {
  name: 'disk',
  docs: 'bytes on disk for each agent and year at one report a minute, after roll-up',
  async run(context) {
    const { agentCount, dayCount } = context.isQuick
      ? { agentCount: 10, dayCount: 1 }
      : { agentCount: 20, dayCount: 3 };
    const path = join(context.folder, 'pantau.db');
    const store = openSqliteStore(path);
    context.later(() => store.close());
    const startsAtMs = Math.floor(context.clock.nowMs() / dayMs) * dayMs - (dayCount + 1) * dayMs;
    const agents = await enrolAll(store, agentCount, startsAtMs);
    const emptyBytes = tableSizes(path).rest;
    for (let hour = 0; hour < dayCount * 24; hour++) {
      const fromMs = startsAtMs + hour * hourMs;
      for (let minute = 0; minute < 60; minute++) await reportAll(store, agents, fromMs + minute * minuteMs);
      await rollUp(store, fromMs + hourMs - rollUpAfterMs);
      if (hour % 24 === 23) context.say(`day ${Math.ceil(hour / 24)} of ${dayCount} done`);
    }
    await rollUp(store, Number.MAX_SAFE_INTEGER);
    const full = { ...tableSizes(path), fileBytes: await store.history.sizeBytes() };
    while (await store.history.pruneSome(Number.MAX_SAFE_INTEGER)) await new Promise((next) => setImmediate(next));
    const pruned = tableSizes(path);
    const made = { reportCount: agentCount * dayCount * 1440, bucketCount: agentCount * dayCount * 24 };
    return figuresOf({ full, pruned, emptyBytes, agentCount, dayCount, ...made });
  },
};

async function enrolAll(store: Store, agentCount: number, nowMs: number): Promise<StoredAgent[]> {
  const stored: StoredAgent[] = [];
  for (let seed = 1; seed <= agentCount; seed++) {
    const agent = createSimulatedAgent({ seed, intervalSeconds: 60, pd: 'dinkes', node: `srv-${seed}` });
    const secretHash = hashSecret(newSecret());
    const place = { pd: agent.pd, site: 'kantor', roles: [] };
    await store.addToken({ ...place, secretHash, createdAtMs: nowMs, expiresAtMs: nowMs + hourMs });
    const publicKey = exportPublicKey(agent.keys.publicKey);
    const enrolled = await store.enrol(secretHash, { id: agent.id, node: agent.node, publicKey }, nowMs);
    if (enrolled.outcome !== 'enrolled') throw new Error('A simulated agent could not be enrolled.');
    stored.push({ agent, key: enrolled.agent.key });
  }
  return stored;
}

/** One report of each agent as it comes over the wire, all in one transaction. */
async function reportAll(store: Store, agents: readonly StoredAgent[], atMs: number): Promise<void> {
  const batches = agents.map(({ agent, key }, index): ReportBatch => {
    const takenAtMs = atMs + index * 1000;
    const report = agent.report({ takenAtMs });
    const { body, headers } = agent.signedRequest(agent.envelope([report], takenAtMs + 40), { encoding: 'dictionary' });
    return {
      agentKey: key,
      agent: agent.id,
      receivedAtMs: takenAtMs + 60,
      sentAtMs: takenAtMs + 40,
      encoding: dictionaryEncoding,
      signature: headers[signatureHeader] ?? '',
      body,
      reports: [{ session: report.session, seq: report.seq, takenAtMs, late: false }],
    };
  });
  const outcomes = await store.commitReports(batches, noFactChanges);
  if (outcomes.some(({ acceptedCount }) => acceptedCount !== 1)) throw new Error('A report was not accepted.');
}

async function rollUp(store: Store, receivedBeforeMs: number): Promise<void> {
  while ((await store.history.rollUpOne(receivedBeforeMs)) !== undefined);
}

interface TableSizes {
  raw: number;
  hourly: number;
  rest: number;
  total: number;
}

const rawTables = new Set(['bodies', 'bodies_by_receipt', 'reports', 'reports_by_body']);
/** Hours of agents, and the days of links that go with them. */
const hourlyTables = new Set(['rollups', 'link_days']);

/** Bytes of the pages that each part uses, half-filled ones in full (https://www.sqlite.org/dbstat.html). */
function tableSizes(path: string): TableSizes {
  const connection = openConnection(path);
  try {
    const rows = connection
      .prepare<[], { name: string; sizeBytes: number }>(
        'SELECT name, sum(pgsize) AS sizeBytes FROM dbstat GROUP BY name',
      )
      .all();
    const sum = (wanted: (name: string) => boolean) =>
      rows.reduce((bytes, { name, sizeBytes }) => bytes + (wanted(name) ? sizeBytes : 0), 0);
    return {
      raw: sum((name) => rawTables.has(name)),
      hourly: sum((name) => hourlyTables.has(name)),
      rest: sum((name) => !rawTables.has(name) && !hourlyTables.has(name)),
      total: sum(() => true),
    };
  } finally {
    connection.close();
  }
}

interface Measured {
  full: TableSizes & { fileBytes: number };
  pruned: TableSizes;
  emptyBytes: number;
  agentCount: number;
  dayCount: number;
  reportCount: number;
  bucketCount: number;
}

function figuresOf(measured: Measured): Figure[] {
  const { full, pruned, emptyBytes, agentCount, dayCount, reportCount, bucketCount } = measured;
  const perReport = full.raw / reportCount;
  const perBucket = full.hourly / bucketCount;
  const rawBytes = perReport * 1440 * rawDays;
  const hourlyBytes = perBucket * hoursPerYear;
  const figure = (name: string, unit: string, value: number, note?: string): Figure => ({
    name,
    unit,
    value: single(value),
    ...(note !== undefined && { note }),
  });
  return [
    figure('raw report', 'bytes', perReport, 'signed body as it came, its row and index, page waste included'),
    figure('hourly bucket', 'bytes', perBucket, 'with its part of the days of links'),
    figure(`raw reports of ${rawDays} days, for each agent`, 'MB', rawBytes / 1e6),
    figure('hourly buckets of a year, for each agent', 'MB', hourlyBytes / 1e6),
    figure(
      'for each agent after a year, in all',
      'MB',
      (rawBytes + hourlyBytes) / 1e6,
      `raw reports stay ${rawDays} days, hourly buckets ${hourlyDays} days by default`,
    ),
    figure('what a pruned report leaves behind', 'bytes', (pruned.rest - emptyBytes) / reportCount),
    figure(
      `file of ${agentCount} agents over ${dayCount} days`,
      'MB',
      full.fileBytes / 1e6,
      `of it ${(full.raw / 1e6).toFixed(2)} MB raw, ${(full.hourly / 1e6).toFixed(2)} MB hourly; raw left after pruning all: ${pruned.raw} bytes`,
    ),
  ];
}
