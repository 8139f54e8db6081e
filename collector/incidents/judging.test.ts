import { describe, expect, it, vi } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { backup, probe, testAgent } from '../../test/kit/test-agent.ts';
import type { Store } from '../store/store.ts';
import { acknowledge } from './actions/acknowledge.ts';

const hourMs = 3_600_000;
/** A Sunday, 10.00 WIB. */
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };
const notify = [
  { id: 'kait', kind: 'webhook', url: 'http://127.0.0.1:9/hook', allowHttp: true },
  { id: 'kait-2', kind: 'webhook', url: 'http://127.0.0.1:9/hook', allowHttp: true },
];
const config = testConfig({ intervalSeconds: 60, datasets: [simpus], notify: channels(notify) });

/** Only what the schema of a webhook knows. */
function channels(list: Record<string, unknown>[]): Record<string, unknown>[] {
  return list.map(({ id, kind, url }) => ({ id, kind, url }));
}

describe('judging backups', () => {
  it('opens one incident and one notice for each channel when a backup is overdue, and resolves both', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs, { backups: [backup(startsAtMs - 8 * hourMs)] })]);
    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-fresh');

    // Due on Monday at 01.00, late from 07.00 on.
    await bench.pass(21 * hourMs - 60_000);
    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-fresh');
    await bench.pass(120_000, 10_000);
    expect(bench.verdict('dinkes/simpus')).toBe('breached backup-overdue-agent-silent');
    expect(await bench.store.loadIncidents({ open: true })).toMatchObject([
      { subject: 'dinkes/simpus', cause: 'backup-overdue-agent-silent', owner: 'Dinas Kesehatan', state: 'open' },
    ]);
    await bench.pass(5 * hourMs);
    expect(bench.notices()).toEqual([
      'kait opened simpus backup-overdue-agent-silent',
      'kait-2 opened simpus backup-overdue-agent-silent',
    ]);

    await bench.send(agent, [agent.report(bench.clock.nowMs(), { backups: [backup(bench.clock.nowMs() - hourMs)] })]);
    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-fresh');
    expect(await bench.store.loadIncidents({ open: true })).toEqual([]);
    expect(bench.notices().map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'kait resolved simpus',
      'kait-2 resolved simpus',
    ]);
  });

  it('lets a late report resolve what it disproves, and never opens an alert about the past', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.pass(30 * hourMs, 10 * 60_000);
    expect(bench.verdict('dinkes/simpus')).toBe('breached never-started');
    const opened = bench.notices();
    const nowMs = bench.clock.nowMs();
    // The link was away; the history comes after the newest state, and says that all was well.
    await bench.send(agent, [agent.report(nowMs)]);
    const failed = { dataset: 'simpus', source: 'files', outcome: 'unknown' as const, reason: 'disk full' };
    await bench.send(agent, [
      agent.report(nowMs - 20 * hourMs, { backups: [failed], probes: [probe('down')] }),
      agent.report(nowMs - 15 * hourMs, { backups: [backup(nowMs - 15 * hourMs)] }),
      agent.report(nowMs - 14 * hourMs, { backups: [failed] }),
    ]);

    expect(opened).toEqual(['kait opened simpus never-started', 'kait-2 opened simpus never-started']);
    expect(bench.verdict('dinkes/simpus')).toBe('compliant backup-fresh');
    expect(bench.notices()).toHaveLength(2);
    expect(bench.judging.openIncidents()).toEqual([]);
  });

  it('does not open or tell again after a restart, and knows since when it is so', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.pass(22 * hourMs, 10 * 60_000);
    const [before] = bench.judging.openIncidents();
    const since = bench.judging.verdicts().find(({ subject }) => subject === 'dinkes/simpus')?.sinceMs;
    for (let count = 0; count < 3; count += 1) {
      await bench.restart();
      await bench.pass(hourMs, 10 * 60_000);
    }

    expect(bench.judging.openIncidents()).toEqual([before]);
    expect(bench.notices()).toHaveLength(2);
    expect(bench.judging.verdicts().find(({ subject }) => subject === 'dinkes/simpus')?.sinceMs).toBe(since);
    expect(since).toBe(startsAtMs + 21 * hourMs);
  });

  it('notices during a restart that a deadline has passed', async () => {
    const agent = testAgent();
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs, { backups: [backup(startsAtMs - hourMs)] })]);
    bench.clock.advanceMs(40 * hourMs);
    await bench.restart();

    expect(bench.verdict('dinkes/simpus')).toBe('no-evidence awaiting-reports');
    expect(bench.notices()).toEqual([]);
    await bench.pass(5 * 60_000, 10_000);
    expect(bench.verdict('dinkes/simpus')).toBe('breached backup-overdue-agent-silent');
    expect(bench.notices()).toHaveLength(2);
  });

  it('decides nothing while the store cannot be written, and the same once it can', async () => {
    let isFull = false;
    const wrap = (store: Store): Store => ({
      ...store,
      saveJudgement: (changes) => (isFull ? Promise.reject(new Error('disk is full')) : store.saveJudgement(changes)),
    });
    const bench = await judgingBench({ config, agents: [], startsAtMs, wrap });
    isFull = true;
    await bench.pass(22 * hourMs, 10 * 60_000);
    expect(bench.verdict('dinkes/simpus')).toBe('no-evidence not-yet-due');
    expect(bench.judging.openIncidents()).toEqual([]);
    expect(bench.lines.some((line) => line.includes('verdicts could not be written'))).toBe(true);

    isFull = false;
    await bench.pass(60_000, 1000);
    expect(bench.verdict('dinkes/simpus')).toBe('breached never-started');
    expect(bench.notices()).toHaveLength(2);
  });

  it('writes verdict, incident, notices and nothing less in one transaction', async () => {
    const saved: string[] = [];
    const wrap = (store: Store): Store => ({
      ...store,
      saveJudgement(changes) {
        saved.push([changes.verdicts, changes.incidents, changes.outbox].map((rows) => String(rows.length)).join(' '));
        return store.saveJudgement(changes);
      },
    });
    const bench = await judgingBench({ config, agents: [], startsAtMs, wrap });
    saved.length = 0;
    await bench.pass(22 * hourMs, 10 * 60_000);

    expect(saved).toEqual(['1 1 2']);
  });

  it('judges again when a waiver ends, although nothing else happens', async () => {
    const waived = [{ pd: 'dinkes', number: '800/12', reason: 'pindah gedung', until: '2026-11-24' }];
    const duty = { 'lebong-19-1-pencadangan-berkala': { waived } };
    const bench = await judgingBench({
      config: { ...config, obligations: { ...config.obligations, ...duty } },
      agents: [],
      startsAtMs,
    });
    await bench.pass(22 * hourMs, 10 * 60_000);
    expect(bench.verdict('dinkes/simpus')).toBe('waived never-started');
    expect(bench.notices()).toEqual([]);

    // The waiver holds through the 24th, in the Pemda's zone.
    await bench.pass(Date.parse('2026-11-25T00:00:00+07:00') - bench.clock.nowMs() - 60_000, 10 * 60_000);
    expect(bench.verdict('dinkes/simpus')).toBe('waived never-started');
    await bench.pass(180_000);
    expect(bench.verdict('dinkes/simpus')).toBe('breached never-started');
    expect(bench.notices()).toHaveLength(2);
  });

  it('does not let one duty that cannot be judged keep the others from being judged', async () => {
    const odd = { ...simpus, id: 'odd' };
    const bench = await judgingBench({
      config: {
        ...config,
        perangkatDaerah: config.perangkatDaerah.map((pd) =>
          pd.id === 'dinkes'
            ? { ...pd, datasets: pd.datasets.flatMap((each) => [{ ...each, ...odd, schedule: 'broken' }, each]) }
            : pd,
        ),
      },
      agents: [],
      startsAtMs,
    });
    await bench.pass(22 * hourMs, 10 * 60_000);

    expect(bench.verdict('dinkes/simpus')).toBe('breached never-started');
    expect(bench.verdict('dinkes/odd')).toBeUndefined();
    expect(bench.lines.some((line) => line.includes('dinkes/odd'))).toBe(true);
  });
});

describe('judging links', () => {
  const routers = testConfig({ intervalSeconds: 60, routerAddress: '10.20.1.1', notify: channels(notify.slice(0, 1)) });
  const vantage = () => testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', roles: ['vantage'] });
  const site = () => testAgent({ key: 2, pd: 'dinkes', site: 'kantor' });
  const router = (state: 'up' | 'down') => [probe(state, { name: 'wan/dinkes/kantor', pd: 'dinkes', site: 'kantor' })];

  it('opens at the third failed round, resolves at the second good one', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: routers, agents: [agent], startsAtMs });
    const verdicts: (string | undefined)[] = [];
    for (const state of ['up', 'down', 'down', 'down', 'down', 'up', 'up'] as const) {
      await bench.send(agent, [agent.report(bench.clock.nowMs(), { probes: router(state) })]);
      verdicts.push(bench.verdict('dinkes/kantor'));
      await bench.pass(60_000);
    }

    expect(verdicts).toEqual([
      'compliant router-answers',
      'compliant router-answers',
      'compliant router-answers',
      'breached wan-down',
      'breached wan-down',
      'breached wan-down',
      'compliant router-answers',
    ]);
    expect(bench.notices()).toEqual(['kait opened kantor wan-down', 'kait resolved kantor wan-down']);
  });

  it('makes a silent site unknown after 2.5 intervals, never down', async () => {
    const agent = site();
    const bench = await judgingBench({ config: routers, agents: [vantage(), agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs)]);
    expect(bench.verdict('dinkes/kantor')).toBe('compliant reports-arrive');
    await bench.pass(149_000, 1000);
    expect(bench.verdict('dinkes/kantor')).toBe('compliant reports-arrive');
    await bench.pass(3000, 1000);

    expect(bench.verdict('dinkes/kantor')).toBe('no-evidence no-fresh-measurement');
    expect(bench.judging.openIncidents()).toEqual([]);
    expect(bench.notices()).toEqual([]);
  });

  it('stores the moment at which a node becomes unknown, and finds it after a restart', async () => {
    const agent = site();
    const bench = await judgingBench({ config: routers, agents: [vantage(), agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs)]);

    expect(await bench.store.nextDeadlineAtMs()).toBe(startsAtMs + 150_000);
    await bench.restart();
    expect(await bench.store.nextDeadlineAtMs()).toBe(startsAtMs + 150_000);
    await bench.pass(152_000, 1000);
    expect(bench.verdict('dinkes/kantor')).toBe('no-evidence no-fresh-measurement');
  });

  it('makes every site unknown that only a silent prober knew of, and keeps its incident', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: routers, agents: [agent], startsAtMs });
    for (let round = 0; round < 3; round += 1) {
      await bench.send(agent, [agent.report(bench.clock.nowMs(), { probes: router('down') })]);
      await bench.pass(60_000);
    }
    expect(bench.verdict('dinkes/kantor')).toBe('breached wan-down');
    await bench.pass(180_000);

    expect(bench.verdict('dinkes/kantor')).toBe('no-evidence no-fresh-measurement');
    expect(bench.judging.openIncidents()).toHaveLength(1);
    expect(bench.notices()).toEqual(['kait opened kantor wan-down']);
  });

  it('looks at a site again when its router is no longer probed', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: routers, agents: [agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs, { probes: router('up') })]);
    for (let minute = 1; minute <= 5; minute += 1) {
      await bench.pass(60_000);
      await bench.send(agent, [agent.report(bench.clock.nowMs())]);
    }

    expect(bench.verdict('dinkes/kantor')).toBe('no-evidence router-not-probed');
  });
});

describe('a new configuration', () => {
  it('ends the verdict and the incident of a dataset that is gone, and begins with a new one', async () => {
    const bench = await judgingBench({ config, agents: [], startsAtMs });
    await bench.pass(22 * hourMs, 10 * 60_000);
    bench.notices();
    const next = testConfig({ intervalSeconds: 60, datasets: [{ ...simpus, id: 'baru' }], notify: channels(notify) });
    bench.config = next;
    await bench.judging.reconfigure(next);

    expect(bench.verdict('dinkes/simpus')).toBeUndefined();
    expect(bench.judging.openIncidents()).toEqual([]);
    expect(bench.verdict('dinkes/baru')).toBe('no-evidence not-yet-due');
    await bench.restart();
    expect(bench.judging.verdicts().map(({ subject }) => subject)).not.toContain('dinkes/simpus');
    expect((await bench.store.loadIncidents({})).map((incident) => incident.state)).toEqual(['resolved']);
  });

  it('is told by what was acknowledged: the state survives a restart and a longer breach', async () => {
    const bench = await judgingBench({ config, agents: [], startsAtMs });
    await bench.pass(22 * hourMs, 10 * 60_000);
    const id = bench.judging.openIncidents()[0]?.id ?? '';
    const acknowledging = bench.judging.operate({ incident: id, action: acknowledge, body: {}, actor: 'operator' });
    await vi.advanceTimersByTimeAsync(200);
    expect(await acknowledging).toMatchObject({ id, state: 'acknowledged', acknowledgedBy: 'operator' });
    await bench.restart();
    await bench.pass(hourMs, 10 * 60_000);

    expect(bench.judging.openIncidents()).toMatchObject([{ id, state: 'acknowledged', acknowledgedBy: 'operator' }]);
    const unknown = { incident: 'INC-unknown', action: acknowledge, body: {}, actor: 'operator' };
    await expect(bench.judging.operate(unknown)).rejects.toThrow('No incident has this id.');
  });
});
