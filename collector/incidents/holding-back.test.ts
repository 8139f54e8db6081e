import { describe, expect, it } from 'vitest';
import { judgingBench, type JudgingBench } from '../../test/kit/judging-bench.ts';
import { backup, testAgent } from '../../test/kit/test-agent.ts';
import { minutes, vantage, widePemda } from '../../test/kit/wide-pemda.ts';
import type { State } from '../../shared/states.ts';

const minuteMs = 60_000;
/** A Sunday, 10.00 WIB. */
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
/** Due at half past ten, late from eleven on. */
const simpus = { id: 'simpus', schedule: '30 10 * * *', grace: '30m', source: { kind: 'files', path: '/x/*' } };
const wanDuty = 'lebong-21-5-a-wan-oleh-dinas';
const yesterday = [backup(startsAtMs - 23 * 60 * minuteMs)];

const hold = (bench: JudgingBench, subject: string, obligation = wanDuty) =>
  bench.judging.heldBackBy({ obligation, subject });
const backupHold = (bench: JudgingBench) => hold(bench, 'pd-0/simpus', 'lebong-19-1-pencadangan-berkala');

/** A department whose server tells of a backup, and a vantage that probes its router; both report each minute. */
async function officeBench(options: { siteCount?: number; maintenance?: Record<string, unknown>[] } = {}) {
  const watcher = vantage();
  const server = testAgent({ key: 2, pd: 'pd-0', site: 'kantor' });
  const datasetsOf = (number: number) => (number === 0 ? [simpus] : []);
  const config = widePemda({ siteCount: 1, datasetsOf, ...options });
  const bench = await judgingBench({ config, agents: [watcher, server], startsAtMs });
  await bench.send(server, [server.report(startsAtMs, { backups: yesterday })]);
  const heard = async () => {
    await bench.send(server, [server.report(bench.clock.nowMs())]);
  };
  const pass = (count: number, state: State, isHeard = state === 'up') =>
    minutes(bench, watcher, count, () => state, isHeard ? heard : undefined);
  return { bench, server, pass };
}

describe('a backup that is overdue behind a dead WAN', () => {
  it('is not told of while the WAN is down, and never when the spool brings it', async () => {
    const { bench, server, pass } = await officeBench();
    await pass(20, 'up');
    await pass(60, 'down');
    expect(bench.verdict('pd-0/simpus')).toBe('breached backup-overdue-agent-silent');
    expect(backupHold(bench)).toEqual({ kind: 'parent', obligation: wanDuty, subject: 'pd-0/kantor' });
    expect(bench.notices()).toEqual(['kait opened kantor wan-down']);

    await pass(3, 'up', false);
    // The newest state comes first, the evidence a minute after.
    const queued = { spool: { queuedCount: 60, droppedCount: 0 } };
    await bench.send(server, [server.report(bench.clock.nowMs(), queued)]);
    await pass(1, 'up', false);
    const madeAtMs = startsAtMs + 40 * minuteMs;
    await bench.send(server, [server.report(madeAtMs, { backups: [backup(madeAtMs)] })]);
    await pass(10, 'up');

    expect(bench.verdict('pd-0/simpus')).toBe('compliant backup-fresh');
    expect(bench.notices()).toEqual(['kait resolved kantor wan-down']);
  });

  it('is told of once the server is heard again and has none', async () => {
    const { bench, pass } = await officeBench();
    await pass(20, 'up');
    await pass(60, 'down');
    await bench.restart();
    expect(bench.verdict('pd-0/simpus')).toBe('breached backup-overdue-agent-silent');
    expect(bench.notices()).toEqual(['kait opened kantor wan-down']);
    await pass(10, 'up');

    expect(bench.notices()).toEqual(['kait resolved kantor wan-down', 'kait opened simpus backup-overdue']);
    expect(backupHold(bench)).toBeUndefined();
  });

  it('waits behind the site, and the site behind the Pemda', async () => {
    const { bench, pass } = await officeBench({ siteCount: 5 });
    await pass(20, 'up');
    await pass(60, 'down');
    expect([hold(bench, 'pd-0/kantor'), backupHold(bench)]).toEqual([
      { kind: 'parent', obligation: wanDuty, subject: 'wilayah/*' },
      { kind: 'parent', obligation: wanDuty, subject: 'pd-0/kantor' },
    ]);
    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down']);
    await pass(10, 'up');

    expect(bench.notices()).toEqual(['kait resolved wilayah/* backbone-down', 'kait opened simpus backup-overdue']);
  });

  it('stays open when it was told before the WAN went down, and is resolved while the WAN is down', async () => {
    const { bench, server, pass } = await officeBench();
    await pass(65, 'up');
    expect(bench.notices()).toEqual(['kait opened simpus backup-overdue']);
    await pass(10, 'down');
    expect(bench.notices()).toEqual(['kait opened kantor wan-down']);
    // A copy that was made meanwhile is told of through a mobile line; nothing holds back that it is well.
    const nowMs = bench.clock.nowMs();
    await bench.send(server, [server.report(nowMs, { backups: [backup(nowMs - minuteMs)] })]);

    expect(bench.notices()).toContain('kait resolved simpus backup-overdue-agent-silent');
  });
});

describe('planned work', () => {
  const window = { pd: 'pd-0', reason: 'ganti UPS', from: '2026-11-22T10:05', until: '2026-11-22T10:30' };

  it('opens no incident until it is over, and then one if the breach stands', async () => {
    const { bench, pass } = await officeBench({ maintenance: [window] });
    await pass(8, 'up');
    await pass(12, 'down');
    expect(bench.verdict('pd-0/kantor')).toBe('breached wan-down');
    expect(hold(bench, 'pd-0/kantor')).toEqual({
      kind: 'maintenance',
      reason: 'ganti UPS',
      untilMs: Date.parse('2026-11-22T10:30:00+07:00'),
    });
    await bench.restart();
    expect(bench.notices()).toEqual([]);
    await pass(12, 'down');

    expect(bench.notices()).toEqual(['kait opened kantor wan-down']);
  });

  it('that ends in time is told to nobody', async () => {
    const { bench, pass } = await officeBench({ maintenance: [window] });
    await pass(8, 'up');
    await pass(12, 'down');
    await pass(20, 'up');

    expect(bench.notices()).toEqual([]);
    expect(await bench.store.loadIncidents({})).toEqual([]);
  });

  it('that begins in a common outage neither ends it nor has it told again', async () => {
    const everywhere = { reason: 'pemeliharaan', from: '2026-11-22T10:20', until: '2026-11-22T10:40' };
    const watcher = vantage();
    const config = widePemda({ siteCount: 5, maintenance: [everywhere] });
    const bench = await judgingBench({ config, agents: [watcher], startsAtMs });
    await minutes(bench, watcher, 8, () => 'up');
    await minutes(bench, watcher, 40, (number) => (number < 4 ? 'down' : 'up'));
    expect(bench.notices()).toEqual(['kait opened wilayah/* backbone-down']);
    await minutes(bench, watcher, 3, () => 'up');

    expect(bench.notices()).toEqual(['kait resolved wilayah/* backbone-down']);
  });

  it('does not make its sites count for a common outage', async () => {
    const { bench, pass } = await officeBench({ siteCount: 3, maintenance: [window] });
    await pass(8, 'up');
    await pass(8, 'down');

    expect(bench.verdict('wilayah/*')).toBe('compliant no-common-outage');
    expect(bench.notices()).toEqual(['kait opened kantor wan-down', 'kait opened kantor wan-down']);
  });
});

describe('several regulations about the same thing', () => {
  const [soppeng, balangan] = ['soppeng-16-1-c-ketersediaan-cadangan', 'balangan-26-4-ketersediaan-cadangan'];
  const regulations = ['soppeng-perbup-22-2021', 'balangan-perda-8-2024'];
  const waived = [{ pd: 'pd-0', number: '800/1', reason: 'pindah', until: '2026-11-22' }];
  const bothOf = (patch: { obligations?: Record<string, unknown> } = {}) =>
    judgingBench({
      config: widePemda({ siteCount: 1, regulations, datasetsOf: () => [simpus], ...patch }),
      agents: [],
      startsAtMs,
    });

  it('open one incident, which names both duties', async () => {
    const bench = await bothOf();
    await bench.pass(70 * minuteMs);

    expect(bench.notices()).toEqual(['kait opened simpus never-started']);
    expect(await bench.store.loadIncidents({})).toMatchObject([
      { obligation: soppeng, obligations: [soppeng, balangan], subject: 'pd-0/simpus' },
    ]);
    expect(bench.verdict('pd-0/simpus', balangan)).toBe('breached never-started');
    expect(hold(bench, 'pd-0/simpus', balangan)).toEqual({
      kind: 'sibling',
      obligation: soppeng,
      subject: 'pd-0/simpus',
    });
  });

  it('leave it to the second while the first is waived, and it keeps it when the waiver ends', async () => {
    const bench = await bothOf({ obligations: { [soppeng]: { waived } } });
    await bench.pass(70 * minuteMs);
    expect(bench.notices()).toEqual(['kait opened simpus never-started']);
    expect(await bench.store.loadIncidents({})).toMatchObject([{ obligation: balangan, obligations: [balangan] }]);
    // Past midnight in the Pemda's zone.
    await bench.pass(14 * 60 * minuteMs, 10 * minuteMs);

    expect(bench.verdict('pd-0/simpus', soppeng)).toBe('breached never-started');
    expect(bench.notices()).toEqual([]);
    expect(await bench.store.loadIncidents({})).toHaveLength(1);
    await bench.restart();
    expect(bench.judging.openIncidents()).toMatchObject([{ obligation: balangan }]);
  });
});
