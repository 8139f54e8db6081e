import { describe, expect, it, vi } from 'vitest';
import { judgingBench, type JudgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { probe, type ReportPatch, type TestAgent, testAgent } from '../../test/kit/test-agent.ts';
import { pathsResource } from '../http/resources/paths.ts';
import type { PantauConfig } from '../config/schema.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** 10:00 in Jakarta. */
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const duty = 'lebong-21-1-penggunaan-jaringan-intra';
const inside = '10.20.1.9';
const publicAddress = '203.0.113.7';

function pathConfig(
  patch: Partial<PantauConfig> = {},
  router: { routerAddress?: string } = { routerAddress: '10.20.1.1' },
) {
  const config = testConfig({
    intervalSeconds: 60,
    ...router,
    notify: [{ id: 'kait', kind: 'webhook', url: 'http://127.0.0.1:9/' }],
  });
  const site = config.perangkatDaerah[1]?.sites[0];
  if (site !== undefined) site.subnets = ['192.168.7.0/24'];
  return { ...config, jaringanIntra: ['10.20.0.0/16'], ...patch };
}

async function kabupaten(config = pathConfig()) {
  const office = testAgent({ key: 1 });
  const vantage = testAgent({ key: 2, pd: 'diskominfo', site: 'pusat-data', node: 'pemantau', roles: ['vantage'] });
  const bench = await judgingBench({ config, agents: [office, vantage], startsAtMs });

  /** So many minutes in which the office reports each minute from an address, and the router answers or not. */
  async function minutes(count: number, from: string, answers: 'up' | 'down' = 'up', patch: ReportPatch = {}) {
    for (let minute = 0; minute < count; minute += 1) {
      await bench.pass(minuteMs);
      const nowMs = bench.clock.nowMs();
      const seen = probe(answers, { name: 'wan/dinkes/kantor', pd: 'dinkes', site: 'kantor', target: '10.20.1.1' });
      await bench.send(vantage, [vantage.report(nowMs, { probes: [seen] })], '127.0.0.1');
      await bench.send(office, [office.report(nowMs, patch)], from);
    }
  }
  const said = () => bench.verdict('dinkes/kantor', duty);
  return { bench, office, vantage, minutes, said };
}

const notices = (bench: JudgingBench) => bench.notices().filter((line) => /outside|bypass|connected/.test(line));

/** What happened, and who was asked to act. */
function told({ store: { outbox } }: JudgingBench): string[] {
  const lines: string[] = [];
  // One at a time: "resolved" waits for "opened".
  for (
    let [next] = outbox.dueEntries(Number.MAX_SAFE_INTEGER, 1);
    next !== undefined;
    [next] = outbox.dueEntries(Number.MAX_SAFE_INTEGER, 1)
  ) {
    lines.push(`${next.notice.event} ${next.notice.owner.name}`);
    outbox.markDelivered(next.id, 0);
  }
  return lines;
}

async function pathsOf(bench: JudgingBench, query: Record<string, string> = {}) {
  const { config, fleet, judging, registers, store, clock } = bench;
  const view = { config, fleet, judging, registers, store, nowMs: clock.nowMs() };
  const asked = Promise.resolve(pathsResource.rows(view, { pd: 'dinkes', ...query }));
  await vi.advanceTimersByTimeAsync(10);
  const rows = await asked;
  return rows.map(({ day, sources, gateways, egresses, hops }) => ({
    day,
    seen: [...sources, ...gateways, ...egresses, ...hops].map(
      ({ address, place, firstSeenAt, lastSeenAt }) =>
        `${address} ${place} ${firstSeenAt?.slice(11, 16)} ${lastSeenAt?.slice(11, 16)}`,
    ),
  }));
}

const network = (gateway: string, egressAddress?: string): ReportPatch => ({
  network: {
    gateways: [{ address: gateway, interface: 'eth0', metric: 100 }],
    addresses: [],
    ...(egressAddress === undefined ? {} : { egressAddress }),
  },
});

describe('the way of the reports over time', () => {
  it('is told after an hour outside although the link works, once, and resolved on the way back', async () => {
    const { bench, minutes, said } = await kabupaten();
    await minutes(5, inside);
    expect(said()).toBe('compliant through-intra');

    await minutes(59, publicAddress);
    expect(said()).toBe('no-evidence outside-briefly');
    expect(notices(bench)).toEqual([]);
    await minutes(3, publicAddress);
    expect(said()).toBe('breached outside-intra');
    const verdict = bench.judging
      .verdicts()
      .find(({ obligation, subject }) => obligation === duty && subject === 'dinkes/kantor');
    expect(verdict).toMatchObject({ grade: 'violation', severity: 'warning', sinceMs: startsAtMs + 6 * minuteMs });
    await minutes(30, publicAddress);
    expect(notices(bench)).toEqual(['kait opened kantor outside-intra']);

    await minutes(2, inside);
    expect(said()).toBe('compliant through-intra');
    expect(notices(bench)).toEqual(['kait resolved kantor outside-intra']);
  });

  it('counts changing addresses of a provider as one time, and going back and forth as none', async () => {
    const { minutes, said } = await kabupaten();
    await minutes(1, inside);
    await minutes(40, publicAddress);
    await minutes(22, '198.51.100.9');
    expect(said()).toBe('breached outside-intra');

    for (let round = 0; round < 4; round += 1) {
      await minutes(1, inside);
      await minutes(20, publicAddress);
    }
    expect(said()).toBe('no-evidence outside-briefly');
  });

  it('is one finding for both while the WAN is down, without waiting, and no alert about the WAN beside it', async () => {
    const { bench, minutes, said } = await kabupaten();
    await minutes(5, inside);
    await minutes(6, publicAddress, 'down');
    expect(said()).toBe('breached outside-while-wan-down');
    const incidents = bench.judging.openIncidents();

    expect(incidents.map(({ cause, owner }) => [cause, owner])).toEqual([
      ['outside-while-wan-down', 'Dinas Kesehatan dan Dinas Komunikasi dan Informatika'],
    ]);
    await minutes(6, inside, 'up');
    expect(said()).toBe('compliant through-intra');
    expect(bench.judging.openIncidents()).toEqual([]);
    // Who was asked to act hears that it is over.
    expect(told(bench)).toEqual([
      'opened Dinas Kesehatan dan Dinas Komunikasi dan Informatika',
      'resolved Dinas Kesehatan dan Dinas Komunikasi dan Informatika',
    ]);
  });

  it('is left to the department when it stays outside after the WAN came back', async () => {
    const { bench, minutes, said } = await kabupaten();
    await minutes(5, inside);
    await minutes(6, publicAddress, 'down');
    await minutes(65, publicAddress, 'up');
    expect(said()).toBe('breached outside-intra');

    expect(told(bench)).toEqual([
      'opened Dinas Kesehatan dan Dinas Komunikasi dan Informatika',
      'changed Dinas Kesehatan',
    ]);
    expect(bench.judging.openIncidents().map(({ cause, owner }) => [cause, owner])).toEqual([
      ['outside-intra', 'Dinas Kesehatan'],
    ]);
  });

  it('goes on over a restart, to the minute', async () => {
    const { bench, minutes, said } = await kabupaten();
    await minutes(1, inside);
    await minutes(45, publicAddress);
    await bench.restart();
    expect(said()).toBe('no-evidence outside-briefly');
    await minutes(17, publicAddress);

    expect(said()).toBe('breached outside-intra');
    expect(
      bench.judging.verdicts().find(({ obligation, subject }) => obligation === duty && subject === 'dinkes/kantor'),
    ).toMatchObject({
      sinceMs: startsAtMs + 2 * minuteMs,
    });
  });

  it('is waived by number and end for a site that is not connected yet, and told on the day after', async () => {
    const waived = [{ pd: 'dinkes', number: '045/12/2026', reason: 'serat optik 2027', until: '2026-11-22' }];
    const config = pathConfig({ obligations: { [duty]: { waived } } }, {});
    const { bench, minutes, said } = await kabupaten(config);
    await minutes(62, publicAddress);
    expect(said()).toBe('waived not-connected');
    expect(notices(bench)).toEqual([]);

    await bench.pass(13 * hourMs, hourMs);
    await minutes(62, publicAddress);
    expect(said()).toBe('breached not-connected');
    await minutes(2, publicAddress);
    expect(notices(bench)).toEqual(['kait opened kantor not-connected']);
    expect(bench.judging.openIncidents().find(({ cause }) => cause === 'not-connected')).toMatchObject({
      owner: 'Dinas Komunikasi dan Informatika',
      severity: 'info',
    });
  });

  it('beside the network is a bypass when another default route stays for an hour', async () => {
    const { bench, minutes, said } = await kabupaten();
    await minutes(2, inside, 'up', network('192.168.7.1'));
    await minutes(50, inside, 'up', network('192.168.100.1'));
    expect(said()).toBe('compliant through-intra');
    await minutes(12, inside);
    expect(said()).toBe('breached bypass');
    await minutes(2, inside);
    expect(notices(bench)).toEqual(['kait opened kantor bypass']);

    await minutes(1, inside, 'up', network('192.168.7.1'));
    expect(said()).toBe('compliant through-intra');
  });
});

describe('the days of ways', () => {
  it('hold what was seen with its times and its place, by the day of the zone, over a restart', async () => {
    const { bench, minutes } = await kabupaten(pathConfig({ egress: { registered: ['198.51.100.0/24'] } }));
    await minutes(1, inside, 'up', network('192.168.7.1', '198.51.100.4'));
    await minutes(12, publicAddress, 'up', network('192.168.100.1', publicAddress));
    const today = {
      day: '2026-11-22',
      seen: [
        '203.0.113.7 outside 10:02 10:13',
        '10.20.1.9 intra 10:01 10:01',
        '192.168.100.1 foreign 10:02 10:13',
        '192.168.7.1 site 10:01 10:01',
        '203.0.113.7 outside 10:02 10:13',
        '198.51.100.4 registered 10:01 10:01',
      ],
    };
    expect(await pathsOf(bench)).toEqual([today]);

    await bench.restart();
    expect((await pathsOf(bench))[0]?.seen).toEqual(expect.arrayContaining(['203.0.113.7 outside 10:02 10:13']));
    await bench.pass(14 * hourMs, hourMs);
    await minutes(1, inside);
    const days = await pathsOf(bench);
    expect(days.map(({ day }) => day)).toEqual(['2026-11-22', '2026-11-23']);
    expect(days[1]?.seen).toEqual(['10.20.1.9 intra 00:14 00:14']);
    expect(await pathsOf(bench, { until: '2026-11-22' })).toHaveLength(1);
  });

  it('take from late reports what they tell of their own day, and where they came from for the moment of receipt', async () => {
    const { bench, office } = await kabupaten();
    await bench.pass(minuteMs);
    const late = (agoMs: number, gateway: string) => office.report(bench.clock.nowMs() - agoMs, network(gateway));
    const spooled = [
      late(30 * hourMs, '192.168.100.1'),
      late(29 * hourMs, '192.168.100.1'),
      late(28 * hourMs, '192.168.7.1'),
    ];
    await bench.send(office, [office.report(bench.clock.nowMs())], inside);
    await bench.send(office, spooled.toReversed(), inside);

    expect(await pathsOf(bench)).toEqual([
      { day: '2026-11-21', seen: ['192.168.7.1 site 06:01 06:01', '192.168.100.1 foreign 04:01 05:01'] },
      { day: '2026-11-22', seen: ['10.20.1.9 intra 10:01 10:01'] },
    ]);
    expect(bench.verdict('dinkes/kantor', duty)).toBe('compliant through-intra');
    await bench.send(office, spooled, publicAddress);
    expect((await pathsOf(bench))[1]?.seen).toEqual(['10.20.1.9 intra 10:01 10:01']);
  });

  it('cost a write when something is new, and else one in ten minutes', async () => {
    let written = 0;
    const counting = await writesCounted(() => (written += 1));
    await counting.minutes(1, inside);
    expect(written).toBe(2);
    await counting.minutes(30, inside);
    expect(written).toBe(2 + 2 * 3);
    await counting.minutes(1, publicAddress);
    expect(written).toBe(2 + 2 * 3 + 1);
  });
});

async function writesCounted(onWrite: () => void) {
  const agents: [TestAgent, TestAgent] = [testAgent({ key: 1 }), testAgent({ key: 2, node: 'server-2' })];
  const bench = await judgingBench({
    config: pathConfig(),
    agents,
    startsAtMs,
    wrap: (store) => ({
      ...store,
      commitReports: (batches, factsOf) =>
        store.commitReports(batches, (accepted) => {
          const changes = factsOf(accepted);
          for (const _ of changes.paths) onWrite();
          return changes;
        }),
    }),
  });
  return {
    async minutes(count: number, from: string) {
      for (let minute = 0; minute < count; minute += 1) {
        await bench.pass(minuteMs);
        await bench.send(agents[0], [agents[0].report(bench.clock.nowMs())], from);
        await bench.send(agents[1], [agents[1].report(bench.clock.nowMs())], inside);
      }
    },
  };
}
