import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseNetDev } from '../../agent/sensors/net-dev.ts';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import type { Report } from '../../shared/report-schema.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { needs } from '../requirements.ts';
import { newRouter, onlyBusybox, toldReports } from './router.ts';

const tools = needs({ linux: true, tools: ['busybox', 'curl', 'dash', 'ip', 'ping'] });

const gnuPrograms = ['awk', 'cat', 'curl', 'date', 'grep', 'gzip', 'ip', 'ping', 'sed', 'tail', 'tr', 'wc', 'zcat'];

async function startCollector() {
  const dataFolder = join(temporaryFolder(), 'collector');
  const collector = await startCollectorProcess({ dataFolder, configText: configText({ intervalSeconds: 5 }) });
  onTestFinished(async () => void (await collector.stop()));
  return collector;
}

const read = (path: string): string => readFileSync(path, 'utf8').trim();
const ipJson = <Row>(...args: string[]): Row[] =>
  JSON.parse(execFileSync('ip', ['-j', ...args], { encoding: 'utf8' })) as Row[];

function kernelFacts() {
  const meminfo = (name: string) =>
    Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(read('/proc/meminfo'))?.[1]) * 1024;
  return {
    atMs: Date.now(),
    uptimeSeconds: Number(read('/proc/uptime').split(' ')[0]),
    memory: { availableBytes: meminfo('MemAvailable'), swapFreeBytes: meminfo('SwapFree') },
    interfaces: new Map(parseNetDev(read('/proc/net/dev')).map((row) => [row.name, row])),
    memorySizeBytes: meminfo('MemTotal'),
    swapSizeBytes: meminfo('SwapTotal'),
  };
}

describe.skipIf(!tools.ok)(`the facts of a router ${tools.reason}`, () => {
  it.each([
    ['busybox and nothing but its applets', [], {}],
    ['dash, and GNU programs instead of applets', gnuPrograms, { shell: '/bin/dash' }],
  ])(
    'are those of its kernel, told by %s',
    async (_name, programs, shell) => {
      const collector = await startCollector();
      const router = await newRouter(collector, {
        options: ['--lan', '127.0.0.2'],
        path: onlyBusybox(...programs),
        ...shell,
      });
      const before = kernelFacts();
      expect(await router.once()).toEqual({ code: 0, output: '' });
      const after = kernelFacts();

      const [told, ...others] = toldReports(collector.dataFolder);
      expect([told?.proof, others]).toEqual(['token', []]);
      const report = told?.report as Report;
      expect(report).toMatchObject({ seq: 1, intervalSeconds: 5, spool: { queuedCount: 0, droppedCount: 0 } });
      const bootId = read('/proc/sys/kernel/random/boot_id').slice(0, 8);
      const bootedAtMs = Number(/^btime (\d+)/m.exec(read('/proc/stat'))?.[1]) * 1000;
      expect(report.host).toMatchObject({ bootId });
      expect(Date.parse(report.host.bootedAt)).toBe(bootedAtMs);
      expect(report.cpu?.load1).toBeTypeOf('number');
      between(report.host.uptimeSeconds, before.uptimeSeconds, after.uptimeSeconds);
      between(Date.parse(report.takenAt), before.atMs - 1000, after.atMs);
      expect(report.cpu).toMatchObject({ count: read('/proc/stat').match(/^cpu\d+ /gm)?.length });
      expect(report.memory).toMatchObject({ sizeBytes: before.memorySizeBytes, swapSizeBytes: before.swapSizeBytes });
      expect(report.memory?.availableBytes).toBeGreaterThan(before.memory.availableBytes / 2);

      checkInterfaces(report, before, after);
      const self = report.routers?.[0];
      expect(self).toMatchObject({ reader: 'shell', state: 'up', bootedAt: report.host.bootedAt });
      expect(self?.system).toEqual({
        name: read('/proc/sys/kernel/hostname'),
        version: read('/proc/sys/kernel/osrelease'),
      });
      expect(report.network?.gateways).toEqual(gateways());
      expect(report.network?.addresses.toSorted(byText)).toEqual(addresses().toSorted(byText));
      expect(report.probes).toHaveLength(2);
      for (const [name, layer, target] of [
        ['wan', 'wan', '127.0.0.1'],
        ['lan/127.0.0.2', 'lan', '127.0.0.2'],
      ]) {
        const probe = report.probes?.find((each) => each.name === name);
        expect(probe).toMatchObject({ kind: 'icmp', layer, target, state: 'up', sentCount: 5, receivedCount: 5 });
        between(probe?.roundTripSeconds ?? 0, 1e-7, 1);
      }
      const links = await apiOf(collector).list<{ layer: string; state: string }>('links');
      expect(links.map(({ layer, state }) => `${layer} ${state}`).toSorted()).toEqual(['lan up', 'wan up']);
    },
    60_000,
  );
});

function checkInterfaces(report: Report, before: ReturnType<typeof kernelFacts>, after: typeof before): void {
  const told = report.interfaces ?? [];
  const expected = [...before.interfaces.keys()].filter(
    (name) => !/^(lo|veth|docker|virbr|ifb|dummy|tunl0|sit0)/.test(name),
  );
  expect(told.map(({ name }) => name)).toEqual(expect.arrayContaining(expected));
  for (const row of told) {
    const [first, last] = [before.interfaces.get(row.name), after.interfaces.get(row.name)];
    if (first === undefined || last === undefined) continue;
    between(row.receiveBytes, first.receiveBytes, last.receiveBytes);
    between(row.transmitBytes, first.transmitBytes, last.transmitBytes);
    expect(row.up).toBe(read(`/sys/class/net/${row.name}/operstate`) === 'up');
    const self = report.routers?.[0]?.interfaces?.find(({ name }) => name === row.name);
    expect(self).toMatchObject({ up: row.up, receiveBytes: row.receiveBytes, counterBits: 64 });
    expect((self?.epoch ?? 0) % 2 ** 24).toBe(Number(read(`/sys/class/net/${row.name}/ifindex`)));
  }
}

interface Route {
  gateway?: string;
  dev: string;
  metric?: number;
}

function gateways() {
  const routes = [
    ...ipJson<Route>('-4', 'route', 'show', 'default'),
    ...ipJson<Route>('-6', 'route', 'show', 'default'),
  ];
  return routes
    .filter(({ gateway }) => gateway !== undefined)
    .map(({ gateway, dev, metric = 0 }) => ({ address: gateway, interface: dev, metric }));
}

function addresses() {
  const links = ipJson<{ ifname: string; addr_info: { local: string; prefixlen: number }[] }>('addr');
  return links.flatMap(({ ifname, addr_info: list }) =>
    list
      .filter(({ local }) => !/^(127\.|::1$|fe80:)/.test(local))
      .map(({ local, prefixlen }) => ({ interface: ifname, cidr: `${local}/${prefixlen}` })),
  );
}

const byText = (a: unknown, b: unknown) => JSON.stringify(a).localeCompare(JSON.stringify(b));

function between(value: number, least: number, most: number): void {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
}
