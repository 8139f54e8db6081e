import { describe, expect, it } from 'vitest';
import { type JudgingBench, judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { arrival, backup, holding, restoreTest, testAgent, vaultScan } from '../../test/kit/test-agent.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** 10.00 WIB. */
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };
const notify = [{ id: 'kait', kind: 'webhook', url: 'http://127.0.0.1:9/hook' }];
const coverage = 'lebong-19-1-cakupan-data';
const restore = 'lebong-23-14-force-majeure-pemulihan';

const gradeOf = (bench: JudgingBench, obligation: string) =>
  bench.judging.verdicts().find((verdict) => verdict.obligation === obligation && verdict.pd === 'dinkes')?.grade;

describe('a register that is not complete', () => {
  const judged = (datasets: Record<string, unknown>[]) =>
    testConfig({ intervalSeconds: 60, datasets, notify, isRegisterJudged: true });
  const inventory = (valuables: Record<string, string>[]) => {
    const nothing = { system: {}, os: {}, cpu: {}, disks: [], interfaces: [], listening: [] };
    return { takenAt: new Date(startsAtMs).toISOString(), ...nothing, valuables };
  };

  it('is a finding from the start, told once, until the department has a dataset', async () => {
    const bench = await judgingBench({ config: judged([]), agents: [], startsAtMs });
    await bench.pass(hourMs);

    expect([bench.verdict('dinkes', coverage), gradeOf(bench, coverage)]).toEqual(['breached no-dataset', 'finding']);
    expect(bench.notices()).toEqual(['kait opened diskominfo no-dataset', 'kait opened dinkes no-dataset']);

    await bench.judging.reconfigure(judged([simpus]));
    await bench.pass(1000);
    expect(bench.verdict('dinkes', coverage)).toBe('no-evidence no-inventory');
    expect(bench.notices()).toEqual(['kait resolved dinkes no-dataset']);
  });

  it('names the server on which a database was found that nothing backs up, until something does', async () => {
    const agent = testAgent({ key: 1 });
    const other = testAgent({ key: 2, node: 'server-2' });
    const bench = await judgingBench({ config: judged([simpus]), agents: [agent, other], startsAtMs });
    const found = [{ kind: 'database', name: 'MySQL/MariaDB: simpus', path: '/var/lib/mysql' }];
    await bench.send(agent, [agent.report(startsAtMs, { inventory: inventory(found) })]);
    // Nobody has backed the dataset up yet: any server may be the one.
    expect(bench.verdict('dinkes', coverage)).toBe('compliant covered');
    await bench.send(other, [other.report(startsAtMs, { backups: [backup(startsAtMs - 2 * hourMs)] })]);

    expect(bench.verdict('dinkes', coverage)).toBe('breached not-covered');
    expect(
      bench.judging.verdicts().find(({ obligation, pd }) => obligation === coverage && pd === 'dinkes'),
    ).toMatchObject({
      grade: 'finding',
      reasonArgs: { things: 'server-1: MySQL/MariaDB: simpus (/var/lib/mysql)' },
      evidence: [{ agent: agent.id, seq: 1 }],
    });
    await bench.send(agent, [agent.report(startsAtMs + 1000, { backups: [backup(startsAtMs - hourMs)] })]);

    expect(bench.verdict('dinkes', coverage)).toBe('compliant covered');
    expect(bench.notices().slice(1)).toEqual(['kait opened dinkes not-covered', 'kait resolved dinkes not-covered']);
  });
});

describe('restore tests', () => {
  it('alert when one fails, as a finding in Lebong, and end the alert when the next one passes', async () => {
    const agent = testAgent({ key: 1 });
    const config = testConfig({ intervalSeconds: 60, datasets: [simpus], notify });
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    const tell = (atMs: number, patch = {}) => {
      bench.clock.setMs(atMs);
      const backups = [backup(atMs - hourMs)];
      return bench.send(agent, [agent.report(atMs, { backups, restoreTests: [restoreTest(atMs - 60_000, patch)] })]);
    };
    await tell(startsAtMs);
    expect(bench.verdict('dinkes/simpus', restore)).toBe('compliant test-passed');
    await tell(startsAtMs + hourMs, { outcome: 'failed', reason: 'pg_restore ended with exit code 1' });
    expect([bench.verdict('dinkes/simpus', restore), gradeOf(bench, restore)]).toEqual([
      'breached test-failed',
      'finding',
    ]);
    expect(bench.judging.openIncidents()).toMatchObject([{ severity: 'critical', obligation: restore }]);
    await tell(startsAtMs + 2 * hourMs);

    expect(bench.verdict('dinkes/simpus', restore)).toBe('compliant test-passed');
    expect(bench.notices()).toEqual(['kait opened simpus test-failed', 'kait resolved simpus test-failed']);
  });

  it('are due 90 days after the dataset became known, which a restart does not forget', async () => {
    const config = testConfig({ intervalSeconds: 60, datasets: [simpus] });
    const bench = await judgingBench({ config, agents: [], startsAtMs });
    await bench.pass(89 * dayMs, dayMs);
    await bench.restart();
    expect(bench.verdict('dinkes/simpus', restore)).toBe('no-evidence not-yet-due');
    await bench.pass(dayMs + hourMs, hourMs);

    expect([bench.verdict('dinkes/simpus', restore), gradeOf(bench, restore)]).toEqual([
      'breached never-tested',
      'finding',
    ]);
  });
});

describe('a copy at the DRC, for Sigi', () => {
  const offsite = 'sigi-14-12-back-up-data-jauh';

  it('is seen by the reader there, fifty kilometres away, and missed when the next backup is not copied', async () => {
    const agent = testAgent({ key: 1 });
    const reader = testAgent({ key: 2, pd: 'diskominfo', site: 'pusat-data', node: 'drc-1', roles: ['vault'] });
    const config = testConfig({
      intervalSeconds: 60,
      datasets: [simpus],
      regulations: ['sigi-perbup-27-2019'],
      drcVaults: [{ id: 'jauh', root: '/srv/drc' }],
    });
    const waived = { ...config, obligations: {} };
    const bench = await judgingBench({ config: waived, agents: [agent, reader], startsAtMs });
    const made = (atMs: number) => bench.send(agent, [agent.report(bench.clock.nowMs(), { backups: [backup(atMs)] })]);
    const see = (patch: object = {}, copyCount = 1) => {
      const nowMs = bench.clock.nowMs();
      const vaultScans = [vaultScan(nowMs, { vault: 'jauh', location: 'drc' })];
      const holdings = [holding({ vault: 'jauh', copyCount })];
      return bench.send(reader, [reader.report(nowMs, { vaultScans, holdings, ...patch })]);
    };
    await made(startsAtMs - 9 * hourMs);
    await see({}, 0);
    expect(bench.verdict('dinkes/simpus', offsite)).toBe('no-evidence not-yet-due');
    const modifiedAt = new Date(startsAtMs - 9 * hourMs).toISOString();
    await see({ arrivals: [arrival(startsAtMs, { vault: 'jauh', modifiedAt })] });
    expect(bench.verdict('dinkes/simpus', offsite)).toBe('compliant copy-far');
    expect(
      bench.judging.verdicts().find(({ obligation, pd }) => obligation === offsite && pd === 'dinkes')?.reasonArgs,
    ).toMatchObject({
      distanceKilometres: 50,
    });

    bench.clock.advanceMs(dayMs);
    await made(startsAtMs + 15 * hourMs);
    await see();
    expect(bench.verdict('dinkes/simpus', offsite)).toBe('compliant copy-far');
    bench.clock.advanceMs(dayMs);
    await see();
    expect([bench.verdict('dinkes/simpus', offsite), gradeOf(bench, offsite)]).toEqual([
      'breached copy-behind',
      'finding',
    ]);
  });
});
