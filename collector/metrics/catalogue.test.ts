import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { probe, routerReading } from '../../test/kit/test-agent.ts';
import { needs } from '../../test/requirements.ts';
import { families, samplesOfReport } from './catalogue.ts';
import { samplesOf, seriesText } from './exposition.ts';
import type { Sample } from './family.ts';
import type { FleetView } from './fleet-view.ts';
import {
  type FullWorld,
  fullWorld,
  measuredWhole,
  probesOfEveryKind,
  routerWhole,
  worldStartsAtMs,
} from './full-world.test-kit.ts';
import { pageOf } from './page-of.test-kit.ts';

const viewOf = ({ bench: { config, fleet, judging, clock } }: FullWorld): FleetView => ({
  config,
  fleet,
  judging,
  nowMs: clock.nowMs(),
});

describe('the families', () => {
  it('have each a name of its own', () => {
    const names = families.map(({ name }) => name);

    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  });

  it.each(families.map((family) => [family.name, family] as const))(
    '%s: its name, labels and help are as Prometheus and people want them',
    (name, { type, labels, help, group }) => {
      expect(name).toMatch(/^pantau_[a-z][a-z0-9]*(_[a-z0-9]+)*$|^probe_[a-z_]+$/);
      expect(name.startsWith('probe_')).toBe(group === 'probe');
      expect(name.endsWith('_total')).toBe(type === 'counter');
      // Reserved for histograms and summaries, or not a base unit.
      expect(name).not.toMatch(/_(count|sum|bucket|created|gauge|counter)$/);
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|hours|days|bits|kilobytes|megabytes|percent|mbps)(_|$)/);
      for (const label of labels) expect(label).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(labels.filter((label) => ['le', 'quantile', 'job', 'instance'].includes(label))).toEqual([]);
      expect(help).toMatch(/^[A-Z0-9][^\n]*\.$/);
      expect(help.split(' ').length).toBeGreaterThan(3);
      expect(help).not.toContain(name);
      if (name.includes('timestamp') || name.endsWith('_expiry')) expect(help).toContain('in seconds since the epoch');
    },
  );

  it('are all shown once everything is known, with exactly the labels that they name', async () => {
    const world = await fullWorld();
    const view = viewOf(world);
    const shown = families.map((family) => [family, [...samplesOf(family, view)]] as const);

    expect(shown.filter(([, samples]) => samples.length === 0).map(([{ name }]) => name)).toEqual([]);
    for (const [{ name, labels }, samples] of shown) {
      for (const sample of samples) expect([name, ...sample.labels.map(([label]) => label)]).toEqual([name, ...labels]);
    }
  });

  it('give each series once, whatever a report repeats', async () => {
    const { interfaces = [], filesystems = [] } = measuredWhole;
    const [port] = routerWhole.interfaces ?? [];
    const twice = {
      interfaces: [...interfaces, ...interfaces],
      filesystems: [...filesystems, ...filesystems],
      probes: [...probesOfEveryKind, ...probesOfEveryKind].map((each) => ({ ...each, pd: 'dinkes', site: 'kantor' })),
      routers: [routerWhole, { ...routerWhole, address: '10.20.1.9', interfaces: port ? [port, port] : [] }],
    };
    const world = await fullWorld(twice);
    const series = toldOf(world, world.vantageReport).map(({ text }) => text);

    expect(series.filter((text, place) => series.indexOf(text) !== place)).toEqual([]);
    expect(toldOf(world, world.vantageReport)).toEqual(shownOf(world, world.vantage.row.node));
  });
});

interface Told {
  text: string;
  value: number;
}

const bySeries = (a: Told, b: Told) => (a.text < b.text ? -1 : 1);
const told = (name: string, { labels, value }: Sample): Told => ({ text: seriesText(name, labels), value });

/** What a report says of the past. */
function toldOf({ office, vantage, officeReport }: FullWorld, report: FullWorld['officeReport']): Told[] {
  const { row } = report === officeReport ? office : vantage;
  const takenAtMs = Date.parse(report.takenAt);
  // Every round was like the one before.
  const answers = (address: string) =>
    (report.probes ?? []).some(({ target, state }) => target === address && state === 'up');
  const samples = [...samplesOfReport({ row, report, takenAtMs, stateOf: ({ state }) => state, answers })];
  return samples.map((sample) => told(sample.family.name, sample)).toSorted(bySeries);
}

/** What the page shows of a node in those families that have a past. */
function shownOf(world: FullWorld, node: string): Told[] {
  const view = viewOf(world);
  const isOfNode = ({ labels }: Sample) => labels.some(([name, text]) => name === 'node' && text === node);
  return families
    .filter(({ history }) => history !== undefined)
    .flatMap((family) => [...samplesOf(family, view)].filter(isOfNode).map((sample) => told(family.name, sample)))
    .toSorted(bySeries);
}

describe('the past that a report tells', () => {
  it('does not take a router for dead that answers pings only, nor does the page', async () => {
    const place = { pd: 'dinkes', site: 'kantor' };
    const world = await fullWorld({
      probes: [probe('up', { name: 'router', target: routerWhole.address, ...place })],
      routers: [routerReading(worldStartsAtMs, { ...place, state: 'down', reason: 'no-answer' })],
    });
    const told = toldOf(world, world.vantageReport);

    expect(told.filter(({ text }) => text.startsWith('pantau_router_up')).map(({ value }) => value)).toEqual([
      Number.NaN,
    ]);
    expect(told).toEqual(shownOf(world, 'pengamat'));
  });

  it('has the series and values that the page shows after it, of the own node and of others', async () => {
    const world = await fullWorld();

    expect(toldOf(world, world.officeReport)).toEqual(shownOf(world, 'server-1'));
    expect(toldOf(world, world.vantageReport)).toEqual(shownOf(world, 'pengamat'));
    expect(toldOf(world, world.vantageReport).length).toBeGreaterThan(60);
  });
});

it('shows nothing of a node that was revoked: of itself, its links, the routers it read, its way', async () => {
  const { bench } = await fullWorld();
  await bench.store.revoke({ pd: 'diskominfo', node: 'pengamat' }, bench.clock.nowMs());
  for (const row of await bench.store.loadAgents()) bench.fleet.addAgent(row);
  const page = await pageOf(bench);

  expect(page.split('\n').filter((line) => line.includes('node="pengamat"'))).toEqual([]);
  expect(page).toContain('node="server-1"');
  expect(page).not.toContain('pantau_router_');
});

const needed = needs({ tools: ['promtool'] });

it.skipIf(!needed.ok)(`passes promtool without a word, every family on it ${needed.reason}`, async () => {
  const { bench } = await fullWorld();
  const page = await pageOf(bench, true);
  const { stdout, stderr, status } = spawnSync('promtool', ['check', 'metrics'], { input: page, encoding: 'utf8' });

  expect(families.map(({ name }) => name).filter((name) => !page.includes(`# TYPE ${name} `))).toEqual([]);
  expect([status, stdout, stderr]).toEqual([0, '', '']);
});
