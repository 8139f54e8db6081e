import { describe, expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { backup, testAgent } from '../../test/kit/test-agent.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** A Sunday, 10.00 WIB. */
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };
const hook = (id: string) => ({ id, kind: 'webhook', url: 'http://127.0.0.1:9/hook' });
const settings = { intervalSeconds: 60, datasets: [simpus], notify: [hook('kait')] };
const config = testConfig(settings);

describe('after silence', () => {
  it('opens no alert for a claim that the agent held while the collector was away', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs, { backups: [backup(startsAtMs - hourMs)] })]);
    bench.clock.advanceMs(40 * hourMs);
    await bench.restart();
    const nowMs = bench.clock.nowMs();
    // The newest state comes alone, with a long queue behind it; the evidence is in the next request.
    await bench.send(agent, [agent.report(nowMs, { spool: { queuedCount: 2400, droppedCount: 0 } })]);
    expect(bench.verdict('dinkes/simpus')).toBe('no-evidence awaiting-reports');
    await bench.send(agent, [agent.report(nowMs - 12 * hourMs, { backups: [backup(nowMs - 12 * hourMs)] })]);

    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-fresh');
    expect(bench.notices()).toEqual([]);
  });

  it('waits for held-up evidence ten minutes at most', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs, { backups: [backup(startsAtMs - hourMs)] })]);
    bench.clock.advanceMs(40 * hourMs);
    await bench.restart();
    for (let minute = 0; minute < 12; minute += 1) {
      const queuedCount = 100_000 - minute * 1500;
      await bench.send(agent, [agent.report(bench.clock.nowMs(), { spool: { queuedCount, droppedCount: 0 } })]);
      await bench.pass(minuteMs, 10_000);
    }

    expect(bench.verdict('dinkes/simpus')).toBe('breached backup-overdue');
    expect(bench.notices()).toEqual(['kait opened simpus backup-overdue']);
  });

  it('lets a breach that was found before stand while reports are awaited', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.pass(22 * hourMs, 10 * minuteMs);
    expect(bench.verdict('dinkes/simpus')).toBe('breached never-started');
    await bench.restart();

    expect(bench.verdict('dinkes/simpus')).toBe('breached never-started');
    expect(bench.judging.openIncidents()).toHaveLength(1);
  });

  it('forgets a present that was received while the collector’s own clock was ahead', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    bench.clock.advanceMs(7 * hourMs);
    await bench.send(agent, [agent.report(bench.clock.nowMs())]);
    expect(bench.verdict('dinkes/kantor')).toBe('compliant reports-arrive');
    bench.clock.setMs(bench.clock.nowMs() - 7 * hourMs);
    await bench.send(agent, [agent.report(bench.clock.nowMs())]);
    expect(bench.fleet.agent(agent.id)?.present?.receivedAtMs).toBeLessThanOrEqual(bench.clock.nowMs());
    await bench.pass(5 * minuteMs, 10_000);

    expect(bench.verdict('dinkes/kantor')).toBe('no-evidence no-fresh-measurement');
  });
});

describe('channels', () => {
  it('tell of an incident that was open before they were configured, once', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config: testConfig({ ...settings, notify: [] }), agents: [agent], startsAtMs });
    await bench.pass(22 * hourMs, 10 * minuteMs);
    expect(bench.notices()).toEqual([]);
    bench.config = config;
    await bench.judging.reconfigure(config);
    await bench.judging.reconfigure(config);
    expect(bench.notices()).toEqual(['kait opened simpus never-started']);

    await bench.judging.reconfigure(testConfig({ ...settings, notify: [hook('kait'), hook('kait-baru')] }));
    expect(bench.notices()).toEqual(['kait-baru opened simpus never-started']);
  });
});
