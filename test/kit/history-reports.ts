import { inflateSync } from 'node:zlib';
import type { LinkDayBody } from '../../collector/store/link-day.ts';
import type { RollupBucket } from '../../collector/store/rollup-bucket.ts';
import { openConnection } from '../../collector/store/sqlite/open.ts';
import type { Store } from '../../collector/store/store.ts';
import type { Report } from '../../shared/report-schema.ts';
import { probe, testAgent } from './test-agent.ts';

export const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
export const hourMs = 3_600_000;

export async function rollUp(store: Store, beforeMs = Infinity): Promise<number> {
  let mergedCount = 0;
  for (let count = 0; count < 10_000; count += 1) {
    const merged = await store.history.rollUpOne(beforeMs);
    if (merged === undefined) return mergedCount;
    mergedCount += merged;
  }
  throw new Error('rolling up does not end');
}

export async function prune(store: Store, beforeMs: number): Promise<void> {
  for (let count = 0; count < 10_000; count += 1) if (!(await store.history.pruneSome(beforeMs))) return;
  throw new Error('pruning does not end');
}

export function bucketsOf(path: string): Record<string, RollupBucket> {
  const connection = openConnection(path);
  const rows = connection
    .prepare<[], { agent: number; starts_at: number; body: Buffer }>('SELECT agent, starts_at, body FROM rollups')
    .all();
  connection.close();
  return Object.fromEntries(
    rows
      .map(({ agent, starts_at, body }) => [`${agent} ${starts_at}`, JSON.parse(inflateSync(body).toString())] as const)
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
}

export const agents = [testAgent({ key: 1 }), testAgent({ key: 2, node: 'server-2' })] as const;

/** What is kept of the rounds of links, by department, site, layer, day, prober and probe. */
export function linkDaysOf(path: string): Record<string, LinkDayBody> {
  const connection = openConnection(path);
  const rows = connection
    .prepare<[], { name: string; body: string }>(
      "SELECT concat_ws(' ', pd, site, layer, starts_at, prober, probe) AS name, body FROM link_days ORDER BY name",
    )
    .all();
  connection.close();
  return Object.fromEntries(rows.map(({ name, body }) => [name, JSON.parse(body) as LinkDayBody]));
}

/** A report whose figures are whole numbers, so that sums are exact in any order. */
export function measured(which: 0 | 1, seq: number, session: string): Report {
  const count = (times: number) => ((seq * times) % 97) + 1;
  return agents[which].report(startsAtMs + seq * 7 * 60_000, {
    seq,
    session,
    cpu: { count: 2, busyRatio: seq % 2, load1: count(3) },
    memory: { sizeBytes: 1000, availableBytes: count(5), swapSizeBytes: 0, swapFreeBytes: 0 },
    filesystems: [{ mount: '/', device: 'sda', type: 'ext4', sizeBytes: 1000, availableBytes: count(7) }],
    // The counter is reset at every eleventh report.
    interfaces: [{ name: 'eth0', up: true, receiveBytes: (seq % 11) * 100 + seq, transmitBytes: seq * 10 }],
    probes: [probe((['up', 'down', 'unknown'] as const)[seq % 3] ?? 'up')],
  });
}

export function bodyCount(path: string): number {
  const connection = openConnection(path);
  const count = Number(connection.prepare('SELECT count(*) FROM bodies').pluck().get());
  connection.close();
  return count;
}
