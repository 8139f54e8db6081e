import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';
import { type CollectorProcess, startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { reportsPath } from '../../shared/wire.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { enrolAll } from '../kit/store-file.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { type TestAgent, testAgent } from '../kit/test-agent.ts';
import { needs } from '../requirements.ts';

interface PathsRow {
  node: string;
  sources: { address: string; place: string; evidence: { session: string; seq: number }[] }[];
}

/** A collector on a socket of both families, which trusts one proxy. */
function pathConfigText(): string {
  const config = parse(configText({ intervalSeconds: 60 })) as Record<string, unknown>;
  const listen = { host: '::', port: 0, plainHttpBeyondLoopback: true, trustedProxies: ['127.0.0.5/32'] };
  return stringify({ ...config, listen, jaringanIntra: ['10.30.0.0/16'] });
}

async function collectorWith(agents: readonly TestAgent[]): Promise<CollectorProcess> {
  const dataFolder = temporaryFolder();
  const store = openSqliteStore(join(dataFolder, 'pantau.db'));
  await enrolAll(store, agents, Date.now());
  await store.close();
  return started(dataFolder, pathConfigText());
}

async function started(dataFolder: string, text?: string): Promise<CollectorProcess> {
  const collector = await startCollectorProcess({ dataFolder, ...(text === undefined ? {} : { configText: text }) });
  onTestFinished(() => void collector.stop());
  return collector;
}

/** One report on a connection of its own. @returns the status of the answer. */
function send(
  collector: CollectorProcess,
  agent: TestAgent,
  from: { host: string; localAddress?: string; forwardedFor?: string },
): Promise<number> {
  const nowMs = Date.now();
  const body = Buffer.from(JSON.stringify(agent.envelope([agent.report(nowMs)], nowMs)));
  const { host, localAddress, forwardedFor } = from;
  const headers = { ...agent.sign(body), ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }) };
  const port = Number(new URL(collector.url).port);
  return new Promise((resolve, reject) => {
    const options = { host, port, path: reportsPath, method: 'POST', headers, agent: false, localAddress };
    const sent = request(options, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function sourcesOf(collector: CollectorProcess): Promise<string[]> {
  const loopback = { url: collector.url.replace(/\/\/[^/]+:/, '//127.0.0.1:'), adminToken: collector.adminToken };
  const rows = await apiOf(loopback).list<PathsRow>('paths');
  return rows.flatMap(({ node, sources }) => sources.map(({ address, place }) => `${node} ${address} ${place}`));
}

/** Other addresses of 127.0.0.0/8 than the first answer on Linux only. */
const needed = needs({ linux: true });
const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

describe.skipIf(!needed.ok)(`where reports come from ${needed.reason}`, () => {
  it('is the address of the connection, and what a trusted proxy says; it outlives a crash', async () => {
    const bootedAtMs = Date.now() - 3_600_000;
    const agents = ['direct', 'spoofed', 'behind-proxy', 'lying-behind-proxy'].map((node, index) =>
      testAgent({ key: index + 1, node, bootedAtMs }),
    );
    const [direct, spoofed, behind, lying] = agents;
    if (!direct || !spoofed || !behind || !lying) throw new Error('four agents were made');
    const collector = await collectorWith(agents);
    const host = '127.0.0.1';
    const statuses = [
      await send(collector, direct, { host, localAddress: '127.0.0.7' }),
      await send(collector, spoofed, { host, localAddress: '127.0.0.8', forwardedFor: '10.30.0.9' }),
      await send(collector, behind, { host, localAddress: '127.0.0.5', forwardedFor: '10.30.0.9' }),
      await send(collector, lying, { host, localAddress: '127.0.0.5', forwardedFor: '10.30.0.9, 203.0.113.7' }),
    ];
    expect(statuses).toEqual([200, 200, 200, 200]);
    const expected = [
      'direct 127.0.0.7 pusat-data',
      'spoofed 127.0.0.8 pusat-data',
      'behind-proxy 10.30.0.9 intra',
      'lying-behind-proxy 203.0.113.7 outside',
    ].toSorted((a, b) => a.localeCompare(b));
    const found = async (running: CollectorProcess) =>
      (await sourcesOf(running)).toSorted((a, b) => a.localeCompare(b));
    expect(await found(collector)).toEqual(expected);

    await collector.kill9();
    const again = await started(collector.dataFolder);
    expect(await found(again)).toEqual(expected);
    const page = await fetch(`http://127.0.0.1:${new URL(again.url).port}/metrics`);
    const lines = (await page.text()).split('\n').filter((line) => line.startsWith('pantau_path_outside_intra{'));
    expect(lines.map((line) => line.replace(/.*node="/, '')).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'behind-proxy"} 0',
      'direct"} NaN',
      'lying-behind-proxy"} 1',
      'spoofed"} NaN',
    ]);
  });

  it.skipIf(!hasIpv6)(
    `is an IPv6 address on an IPv6 connection${hasIpv6 ? '' : ' (skipped: needs IPv6)'}`,
    async () => {
      const agent = testAgent({ bootedAtMs: Date.now() - 3_600_000 });
      const collector = await collectorWith([agent]);

      expect(await send(collector, agent, { host: '::1' })).toBe(200);
      expect(await sourcesOf(collector)).toEqual(['server-1 ::1 pusat-data']);
    },
  );
});
