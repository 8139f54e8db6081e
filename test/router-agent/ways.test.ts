import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createNamespace, type Namespace } from '../../agent/probes/namespace-for-tests.ts';
import type { Report } from '../../shared/report-schema.ts';
import { configText } from '../kit/config-text.ts';
import { collectorMain, startProgram } from '../kit/programs.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';
import { newRouter, onlyBusybox, toldReports } from './router.ts';

const tools = needs({ root: true, tools: ['busybox', 'ip', 'ping'] });
/** Names that a kernel takes and that no JSON, shell or pattern may stumble over. */
const oddNames = ['a"b', "it's", 'x\\y', '$(reboot)', '*', '-n', '`id`', 'a|b', '\u0001', 'é'];

interface World {
  router: Namespace;
  lan: Namespace;
  dataFolder: string;
  collector: { url: string; dataFolder: string };
  prefix: string[];
}

/** The Pusat Data, a router and something in its LAN, each a namespace; the wires are `wan0` and `lan0` of the router. */
async function buildWorld(): Promise<World> {
  const [pusat, router, lan] = [createNamespace(), createNamespace(), createNamespace()] as const;
  onTestFinished(() => {
    for (const each of [pusat, router, lan]) each.remove();
  });
  const wire = (own: string, other: Namespace, addresses: [string, string]) => {
    router.ip('link', 'add', own, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', other.name);
    router.ip('address', 'add', `${addresses[0]}/24`, 'dev', own);
    other.ip('address', 'add', `${addresses[1]}/24`, 'dev', 'eth0');
    router.ip('link', 'set', own, 'up');
    other.ip('link', 'set', 'eth0', 'up');
  };
  wire('wan0', pusat, ['10.1.1.2', '10.1.1.1']);
  wire('lan0', lan, ['192.168.7.1', '192.168.7.10']);
  router.ip('route', 'add', 'default', 'via', '10.1.1.1', 'metric', '20');
  const dataFolder = join(temporaryFolder(), 'collector');
  const text = configText({ intervalSeconds: 3, port: 8420, routerAddress: '10.1.1.2' })
    .replace('host: 127.0.0.1', 'host: 10.1.1.1\n  plainHttpBeyondLoopback: true')
    .replace(/^( *)address: 10\.1\.1\.2$/m, '$1address: 10.1.1.2\n$1node: gerbang\n$1wanInterfaces: [wan0]');
  const configPath = join(temporaryFolder(), 'pantau.yaml');
  writeFileSync(configPath, text);
  const serve = [process.execPath, collectorMain, 'serve', '--data', dataFolder, '--config', configPath];
  const served = startProgram(['ip', 'netns', 'exec', pusat.name, ...serve]);
  await waitUntil('the collector', () => served.output().includes('http://10.1.1.1:8420/'), 30_000);
  // The command that hands out the agent reads the configuration beside the data.
  writeFileSync(join(dataFolder, 'pantau.yaml'), text);
  const collector = { url: 'http://10.1.1.1:8420', dataFolder };
  return { router, lan, dataFolder, collector, prefix: ['ip', 'netns', 'exec', router.name] };
}

const newest = (dataFolder: string): Report | undefined =>
  toldReports(dataFolder)
    .map(({ report }) => report)
    .reduce<Report | undefined>((last, each) => (last !== undefined && last.seq > each.seq ? last : each), undefined);
const stateOf = (report: Report | undefined, name: string): string | undefined => {
  const probe = report?.probes?.find((each) => each.name === name);
  return probe && [probe.state, probe.reason].filter(Boolean).join(' ');
};

/** What the WAN is said to have grown by is the difference of its counters in two reports. */
function checkGrowth(reports: readonly Report[]): void {
  const [first, second] = reports.toSorted((a, b) => a.seq - b.seq).map(({ routers }) => routers?.[0]);
  const named = (reading: typeof first, name: string) => reading?.interfaces?.find((each) => each.name === name);
  const [before, after] = [named(first, 'wan0'), named(second, 'wan0')];
  const grown = (key: 'receiveBytes' | 'transmitBytes') => Number(after?.[key]) - Number(before?.[key]);
  expect(before).toMatchObject({ isWan: true });
  expect(before).not.toHaveProperty('receiveGrowthBytes');
  expect(second?.previousTakenAt).toBe(first?.takenAt);
  expect(after?.receiveGrowthBytes).toBe(grown('receiveBytes'));
  expect(after?.transmitGrowthBytes).toBe(grown('transmitBytes'));
  expect(after?.transmitGrowthBytes).toBeGreaterThan(0);
  expect(named(second, 'lan0')).not.toHaveProperty('isWan');
}

describe.skipIf(!tools.ok)(`the ways of a router ${tools.reason}`, () => {
  it('are seen up, lost and back: the LAN at once, the WAN when its history arrives', async () => {
    const { router, lan, dataFolder, collector, prefix } = await buildWorld();
    const agent = await newRouter(collector, { prefix, options: ['--lan', '192.168.7.10', '--wan', '10.1.1.77'] });
    const running = agent.run();
    const first = await waitUntil('a report', () => newest(dataFolder), 30_000);
    expect([stateOf(first, 'wan'), stateOf(first, 'lan/192.168.7.10'), stateOf(first, 'wan/10.1.1.77')]).toEqual([
      'up',
      'up',
      'down no-answer',
    ]);
    expect(first.network).toEqual({
      gateways: [{ address: '10.1.1.1', interface: 'wan0', metric: 20 }],
      addresses: expect.arrayContaining([
        { interface: 'wan0', cidr: '10.1.1.2/24' },
        { interface: 'lan0', cidr: '192.168.7.1/24' },
      ]) as unknown,
      sourceAddress: '10.1.1.2',
    });
    expect(first.routers?.[0]?.address).toBe('10.1.1.2');
    await waitUntil('a second report', () => (newest(dataFolder)?.seq ?? 0) > 1, 30_000);
    checkGrowth(toldReports(dataFolder).map(({ report }) => report));

    lan.ip('link', 'set', 'eth0', 'down');
    const cut = await waitUntil(
      'the LAN to be down',
      () => {
        const report = newest(dataFolder);
        return stateOf(report, 'lan/192.168.7.10')?.startsWith('down') === true && report;
      },
      30_000,
    );
    expect(stateOf(cut, 'wan')).toBe('up');
    expect(cut.interfaces?.find(({ name }) => name === 'lan0')?.up).toBe(false);

    lan.ip('link', 'set', 'eth0', 'up');
    router.ip('link', 'set', 'wan0', 'down');
    await waitUntil('the collector out of reach', () => running.output().includes('reports wait in the spool'), 60_000);
    const seqBefore = newest(dataFolder)?.seq ?? 0;
    router.ip('link', 'set', 'wan0', 'up');
    router.ip('route', 'replace', 'default', 'via', '10.1.1.1', 'metric', '20');
    await waitUntil(
      'the history',
      () => {
        const reports = toldReports(dataFolder).map(({ report }) => report);
        const seqs = reports.map(({ seq }) => seq);
        return Math.max(...seqs) > seqBefore + 1 && Math.max(...seqs) === seqs.length;
      },
      60_000,
    );
    expect(await running.signal('SIGTERM')).toBe(0);
    const away = toldReports(dataFolder).find(({ report }) => stateOf(report, 'wan')?.startsWith('down') === true);
    expect(stateOf(away?.report, 'lan/192.168.7.10')).toBe('up');
    expect(away?.report.interfaces?.find(({ name }) => name === 'wan0')?.up).toBe(false);
  }, 180_000);

  it('has interfaces of any name, with the kernel’s own counters', async () => {
    const { router, dataFolder, collector, prefix } = await buildWorld();
    for (const [index, name] of oddNames.entries()) {
      router.ip('link', 'add', 'name', name, 'type', 'veth', 'peer', 'name', `veth${index}`);
      router.ip('link', 'set', `veth${index}`, 'up');
      router.ip('link', 'set', 'dev', name, 'alias', `kabel "${index}" \\ é`);
      if (index % 2 === 0) router.ip('link', 'set', 'dev', name, 'up');
    }
    // Every name gets traffic of its own: what IPv6 sends when it comes up must have ended before the counters are read.
    router.ip('-s', 'link');
    const agent = await newRouter(collector, { prefix, path: onlyBusybox() });
    const counters = () =>
      execFileSync('ip', ['netns', 'exec', router.name, 'cat', '/proc/net/dev'], { encoding: 'latin1' });
    const before = counters();
    expect(await agent.once()).toEqual({ code: 0, output: '' });
    const after = counters();

    const report = newest(dataFolder);
    const shown = (name: string) => name.replaceAll('\u0001', '?').replaceAll('é', '??');
    const names = report?.interfaces?.map(({ name }) => name).toSorted();
    expect(names).toEqual(['lan0', 'wan0', ...oddNames.map(shown)].toSorted());
    for (const [index, name] of oddNames.entries()) {
      const self = report?.routers?.[0]?.interfaces?.find((each) => each.name === shown(name));
      expect(self).toMatchObject({ up: index % 2 === 0, enabled: index % 2 === 0, alias: `kabel "${index}" \\ ??` });
      expect(self?.receiveBytes).toBeGreaterThanOrEqual(receivedBytes(before, name));
      expect(self?.receiveBytes).toBeLessThanOrEqual(receivedBytes(after, name));
    }
    expect(new Set(report?.routers?.[0]?.interfaces?.map(({ epoch }) => epoch)).size).toBe(12);
  }, 90_000);
});

function receivedBytes(netDev: string, name: string): number {
  const raw = Buffer.from(name, 'utf8').toString('latin1');
  const line = netDev.split('\n').find((each) => each.trimStart().startsWith(`${raw}:`));
  return Number(
    line
      ?.slice(line.indexOf(':') + 1)
      .trim()
      .split(/\s+/)[0],
  );
}
