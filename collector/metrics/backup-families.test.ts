import { expect, it } from 'vitest';
import { judgingBench, type JudgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { backup, testAgent } from '../../test/kit/test-agent.ts';
import { pageOf } from './page-of.test-kit.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const hourMs = 3_600_000;
const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };
const config = testConfig({ intervalSeconds: 60, datasets: [simpus] });

async function valueOf(name: string, bench: JudgingBench): Promise<string | undefined> {
  return new RegExp(`^pantau_backup_${name}\\{pd="dinkes",dataset="simpus"\\} (\\S+)$`, 'm').exec(
    await pageOf(bench),
  )?.[1];
}

it('calls a backup overdue once due time and grace are over, and not before', async () => {
  const bench = await judgingBench({ config, agents: [], startsAtMs });
  await bench.pass(20 * hourMs, hourMs);
  // Due at 18:00 UTC, with six hours of grace.
  expect([bench.verdict('dinkes/simpus'), await valueOf('overdue', bench)]).toEqual(['no-evidence not-yet-due', '0']);
});

it('calls it overdue as the verdict does', async () => {
  const bench = await judgingBench({ config, agents: [], startsAtMs });
  await bench.pass(22 * hourMs, hourMs);

  expect([bench.verdict('dinkes/simpus'), await valueOf('overdue', bench)]).toEqual(['breached never-started', '1']);
});

it('calls it overdue although a waiver excuses it', async () => {
  const waived = [{ pd: 'dinkes', number: '800/12', reason: 'pindah gedung', until: '2026-12-24' }];
  const duty = { 'lebong-19-1-pencadangan-berkala': { waived } };
  const excused = { ...config, obligations: { ...config.obligations, ...duty } };
  const bench = await judgingBench({ config: excused, agents: [], startsAtMs });
  await bench.pass(22 * hourMs, hourMs);

  expect([bench.verdict('dinkes/simpus'), await valueOf('overdue', bench)]).toEqual(['waived never-started', '1']);
});

it('does not know it while reports of the time are still on their way', async () => {
  const agent = testAgent();
  const bench = await judgingBench({ config, agents: [agent], startsAtMs });
  await bench.send(agent, [agent.report(startsAtMs, { backups: [backup(startsAtMs - hourMs)] })]);
  bench.clock.advanceMs(30 * hourMs);
  await bench.restart();

  expect([bench.verdict('dinkes/simpus'), await valueOf('overdue', bench)]).toEqual([
    'no-evidence awaiting-reports',
    'NaN',
  ]);
});

it('says nothing of runs while none is known', async () => {
  const agent = testAgent();
  const bench = await judgingBench({ config, agents: [agent], startsAtMs });
  expect(await valueOf('last_run_success', bench)).toBeUndefined();
});

it.each([
  ['failed after a good one', 'failed', '0'],
  ['ended with warnings', 'warning', '1'],
] as const)('tells of a run that %s', async (_words, outcome, value) => {
  const agent = testAgent();
  const bench = await judgingBench({ config, agents: [agent], startsAtMs });
  const newest = backup(startsAtMs - hourMs, { outcome, exitCode: 1, reason: 'exit-1' });
  await bench.send(agent, [agent.report(startsAtMs, { backups: [backup(startsAtMs - 25 * hourMs), newest] })]);

  expect(await valueOf('last_run_success', bench)).toBe(value);
});
