import { describe, expect, it } from 'vitest';
import { type JudgingBench, judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { probe, type TestAgent, testAgent } from '../../test/kit/test-agent.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const notify = [{ id: 'kait', kind: 'webhook', url: 'http://127.0.0.1:9/hook' }];
const lan = 'lebong-21-5-lan-perangkat-daerah';
const server = 'lebong-41-1-ketersediaan-server';

const provided = 'lebong-21-5-a-ketersediaan-jaringan-intra';

type Seen = ReportProbe['state'];
const place = { pd: 'dinkes', site: 'kantor' };
const routerProbe = (state: Seen, more: Partial<ReportProbe> = {}) =>
  probe(state, { name: 'wan/dinkes/kantor', ...place, ...more });
const serverProbe = (state: Seen) =>
  probe(state, {
    name: 'server/dinkes/kantor/server-1',
    layer: 'lan',
    node: 'server-1',
    target: '10.20.1.10',
    ...place,
  });
const gatewayProbe = (state: Seen) => probe(state, { name: 'lan', layer: 'lan', target: '192.168.1.1' });

interface Scene {
  bench: JudgingBench;
  vantage: TestAgent;
  own: TestAgent;
  /** One round each interval: what the Pusat Data finds, and what the site reports; undefined while it is silent. */
  rounds(count: number, seen: { fromPusatData: ReportProbe[]; own?: ReportProbe[] }): Promise<void>;
}

async function scene(intervalSeconds: number, targetRatio = 0.99): Promise<Scene> {
  const config = testConfig({ intervalSeconds, routerAddress: '10.20.1.1', notify });
  config.obligations[provided] = { params: { targetRatio } };
  const usual = { intervalSeconds };
  const vantage = testAgent({
    ...usual,
    key: 1,
    pd: 'diskominfo',
    site: 'pusat-data',
    node: 'pemantau',
    roles: ['vantage'],
  });
  const own = testAgent({ ...usual, key: 2, pd: 'dinkes', site: 'kantor', node: 'server-1' });
  const bench = await judgingBench({ config, agents: [vantage, own], startsAtMs });
  return {
    bench,
    vantage,
    own,
    async rounds(count, seen) {
      for (let round = 0; round < count; round += 1) {
        const atMs = bench.clock.nowMs();
        if (seen.own !== undefined) await bench.send(own, [own.report(atMs, { probes: seen.own })]);
        await bench.send(vantage, [vantage.report(atMs, { probes: seen.fromPusatData })]);
        await bench.pass(intervalSeconds * 1000, intervalSeconds * 1000);
      }
    },
  };
}

/** What the roll-up does each minute. */
async function merge({ store, clock }: JudgingBench): Promise<void> {
  while ((await store.history.rollUpOne(clock.nowMs() + 1)) !== undefined);
}

const allUp = { fromPusatData: [routerProbe('up'), serverProbe('up')], own: [gatewayProbe('up')] };

describe('a fault at a site', () => {
  it('is the LAN or the server when the router answers and nothing behind it does: one alert', async () => {
    const { bench, rounds } = await scene(60);
    await rounds(5, allUp);
    await rounds(8, { fromPusatData: [routerProbe('up'), serverProbe('down')] });

    expect(bench.verdict('dinkes/kantor')).toBe('compliant router-answers');
    expect(bench.verdict('dinkes/kantor', lan)).toBe('breached lan-or-server-down');
    expect(bench.verdict('dinkes/kantor', server)).toBe('no-evidence behind-lan');
    expect(bench.judging.openIncidents().map(({ owner }) => owner)).toEqual(['Dinas Komunikasi dan Informatika']);
    await rounds(4, allUp);
    expect(bench.notices()).toEqual([
      'kait opened kantor lan-or-server-down',
      'kait resolved kantor lan-or-server-down',
    ]);
  });

  it('of the LAN is for the department to mend while its decree in the register is valid', async () => {
    const { bench, rounds } = await scene(60);
    const values = { number: '1/2026', from: '2026-01-01', until: '2026-12-31' };
    await bench.registers.write(
      [{ register: 'mandiri-tik', entry: 'M1', expectedRevision: 0, pd: 'dinkes', values, attachments: [] }],
      { actor: 'sri', action: 'register', subject: 'mandiri-tik/M1', detail: '' },
    );
    await rounds(5, allUp);
    await rounds(8, { fromPusatData: [routerProbe('up'), serverProbe('down')] });

    const incident = bench.judging.openIncidents().find(({ obligation }) => obligation === lan);
    expect(incident?.owner).toBe('Dinas Kesehatan');
    const told = bench.store.outbox.dueEntries(Number.MAX_SAFE_INTEGER, 100);
    expect(told.find((entry) => entry.notice.incident.id === incident?.id)?.notice.owner.name).toBe('Dinas Kesehatan');
  });

  it('is the WAN alone when everything falls silent together, and nothing more while it comes back', async () => {
    const { bench, rounds } = await scene(60);
    await rounds(5, allUp);
    await rounds(8, { fromPusatData: [routerProbe('down'), serverProbe('down')] });

    expect(bench.verdict('dinkes/kantor', lan)).toBe('no-evidence behind-wan');
    expect(bench.verdict('dinkes/kantor', server)).toBe('no-evidence behind-wan');
    // The router is back first, the server still starts, its agent comes last.
    await rounds(3, { fromPusatData: [routerProbe('up'), serverProbe('down')] });
    await rounds(3, { fromPusatData: [routerProbe('up'), serverProbe('up')] });
    await rounds(3, allUp);
    expect(bench.notices()).toEqual(['kait opened kantor wan-down', 'kait resolved kantor wan-down']);
  });

  it('is not said to be silent any more once it answers again, while it is watched until it is quiet', async () => {
    const { bench, rounds } = await scene(10);
    await rounds(5, allUp);
    await rounds(8, { fromPusatData: [routerProbe('down'), serverProbe('down')] });
    expect(bench.verdictRow('dinkes/kantor')?.reasonArgs).not.toHaveProperty('returnedAtMs');
    const backAtMs = bench.clock.nowMs();
    await rounds(3, allUp);
    expect(bench.verdictRow('dinkes/kantor')).toMatchObject({
      status: 'breached',
      reasonCode: 'wan-down',
      reasonArgs: { returnedAtMs: backAtMs },
    });
    await rounds(6, allUp);
    expect(bench.verdict('dinkes/kantor')).toBe('compliant router-answers');
  });

  it('is a stopped agent when its machine answers, and a note to those who run it', async () => {
    const { bench, rounds } = await scene(60);
    await rounds(5, allUp);
    await rounds(6, { fromPusatData: [routerProbe('up'), serverProbe('up')] });

    expect(bench.verdict('dinkes/kantor', server)).toBe('breached agent-stopped');
    expect(bench.verdict('dinkes/kantor', lan)).toBe('compliant server-answers');
    expect(bench.judging.openIncidents()).toMatchObject([{ owner: 'Dinas Kesehatan', severity: 'warning' }]);
    await rounds(2, allUp);
    expect(bench.notices()).toEqual(['kait opened kantor agent-stopped', 'kait resolved kantor agent-stopped']);
  });

  it('is the LAN segment when the machine reports without its gateway', async () => {
    const { bench, rounds } = await scene(60);
    await rounds(3, allUp);
    await rounds(6, { ...allUp, own: [gatewayProbe('down')] });

    expect(bench.verdict('dinkes/kantor', lan)).toBe('breached lan-segment-down');
    expect(bench.notices()).toEqual(['kait opened kantor lan-segment-down']);
  });
});

describe('a line that comes and goes every 20 seconds', () => {
  it.each([3, 5])(
    'is one incident, probed every %i seconds, also for a site whose reports get through',
    async (every) => {
      const { bench, rounds } = await scene(every);
      await rounds(12, allUp);
      for (let second = 0; second < 400; second += every) {
        const isUp = second % 40 >= 20;
        const state = isUp ? 'up' : 'down';
        await rounds(1, {
          fromPusatData: [routerProbe(state), serverProbe(state)],
          ...(isUp ? { own: [gatewayProbe('up')] } : {}),
        });
      }
      expect(bench.judging.openIncidents()).toHaveLength(1);
      await rounds(24, allUp);

      expect(bench.verdict('dinkes/kantor')).toBe('compliant router-answers');
      expect(bench.notices().map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
        'kait opened kantor',
        'kait resolved kantor',
      ]);
    },
    60_000,
  );
});

describe('a poor line', () => {
  it('is one note while a third of the packets is lost, and over once it is well below our number', async () => {
    const { bench, rounds } = await scene(60);
    const lossy = (receivedCount: number) => ({
      ...allUp,
      fromPusatData: [routerProbe('up', { receivedCount }), serverProbe('up')],
    });
    await rounds(6, allUp);
    for (let round = 0; round < 12; round += 1) await rounds(1, lossy(round % 2 === 0 ? 3 : 4));

    expect(bench.verdict('dinkes/kantor')).toBe('breached wan-degraded-loss');
    expect(bench.judging.verdicts().find(({ reasonCode }) => reasonCode === 'wan-degraded-loss')?.grade).toBe('note');
    await rounds(25, allUp);
    expect(bench.notices()).toEqual(['kait opened kantor wan-degraded-loss', 'kait resolved kantor wan-degraded-loss']);
  });
});

describe('the month of a WAN', () => {
  it('is read once an hour from the rounds that are merged, and judged against our target', async () => {
    const { bench, rounds } = await scene(60, 0.9999);
    await rounds(50, allUp);
    expect(bench.verdict('dinkes', provided)).toBe('no-evidence not-measured');
    await merge(bench);
    await rounds(20, allUp);
    expect(bench.verdict('dinkes', provided)).toBe('compliant target-met');

    // A month of 30 days leaves four minutes and 19 seconds.
    await rounds(6, { fromPusatData: [routerProbe('down'), serverProbe('down')] });
    await rounds(30, allUp);
    await merge(bench);
    expect(bench.verdict('dinkes', provided)).toBe('compliant target-met');
    await rounds(20, allUp);
    expect(bench.verdict('dinkes', provided)).toBe('breached target-missed-already');
  }, 60_000);
});
