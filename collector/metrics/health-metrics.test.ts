import { expect, it, vi } from 'vitest';
import { type JudgingBench, judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import type { Store } from '../store/store.ts';
import { createOwnMetrics } from './own-metrics.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };
const config = testConfig({ intervalSeconds: 60, datasets: [simpus] });
const hourMs = 3_600_000;

function watched(bench: JudgingBench) {
  const own = createOwnMetrics(bench.store);
  const { fleet, judging, clock } = bench;
  const health = own.watch(() => ({ config: bench.config, fleet, judging, nowMs: clock.nowMs() }));
  /** `<label texts> <value>` of each sample. */
  async function samples(name: string): Promise<string[]> {
    const families = await own.families();
    const found = families.find((family) => family.name === name)?.samples ?? [];
    return found.map(({ labels, value }) => [...labels.map(([, text]) => text), value].join(' '));
  }
  return { health, samples };
}

it('tells agents that are heard from the silent, the never heard and the revoked', async () => {
  const agents = [1, 2, 3, 4, 5].map((key) => testAgent({ key, node: `server-${key}` }));
  const [silent, gone, ...heard] = agents;
  if (silent === undefined || gone === undefined) throw new Error('five agents');
  const bench = await judgingBench({ config, agents, startsAtMs });
  for (const agent of [silent, gone]) await bench.send(agent, [agent.report(startsAtMs)]);
  await bench.pass(200_000);
  for (const agent of heard.slice(1)) await bench.send(agent, [agent.report(bench.clock.nowMs())]);
  await bench.store.revoke({ pd: 'dinkes', node: 'server-2' }, bench.clock.nowMs());
  for (const row of await bench.store.loadAgents()) bench.fleet.addAgent(row);
  const { samples } = watched(bench);

  expect(await samples('pantau_agents')).toEqual(['heard 2', 'silent 1', 'never 1', 'revoked 1']);
});

it('says whose collector it is, and keeps one name when that changes', async () => {
  const bench = await judgingBench({ config, agents: [], startsAtMs });
  const { samples } = watched(bench);

  expect(await samples('pantau_collector_info')).toEqual([
    expect.stringMatching(/^\d+\.\d+\.\d+ Pemerintah Kabupaten Lebong 1$/),
  ]);
  bench.config = { ...config, pemda: { ...config.pemda, name: 'Kabupaten \ud800' } };
  expect(await samples('pantau_collector_info')).toEqual([expect.stringMatching(/^\S+ Kabupaten \ufffd 1$/)]);
});

it('is judged up to now while nothing waits, and falls behind while verdicts cannot be written', async () => {
  let isFull = false;
  const wrap = (store: Store): Store => ({
    ...store,
    saveJudgement: (changes) => (isFull ? Promise.reject(new Error('disk is full')) : store.saveJudgement(changes)),
  });
  const bench = await judgingBench({ config, agents: [], startsAtMs, wrap });
  const { samples } = watched(bench);
  const behindSeconds = async () =>
    bench.clock.nowMs() / 1000 - Number((await samples('pantau_judging_last_turn_timestamp_seconds'))[0]);

  await bench.pass(2 * hourMs, hourMs);
  expect(await behindSeconds()).toBe(0);
  isFull = true;
  // The first backup is due at one in the night, with six hours of grace: then a verdict changes.
  await bench.pass(22 * hourMs, 10 * 60_000);
  expect(await behindSeconds()).toBeGreaterThan(hourMs / 1000);
  isFull = false;
  await bench.pass(60_000, 1000);
  expect(await behindSeconds()).toBe(0);
});

it('says when the store cannot be written, or does not answer in time', async () => {
  let answer: 'ok' | 'failed' | 'hangs' = 'ok';
  const wrap = (store: Store): Store => ({
    ...store,
    checkWritable: () =>
      answer === 'hangs'
        ? new Promise(() => {})
        : answer === 'ok'
          ? store.checkWritable()
          : Promise.reject(new Error()),
  });
  const { samples } = watched(await judgingBench({ config, agents: [], startsAtMs, wrap }));

  expect(await samples('pantau_store_writable')).toEqual(['1']);
  answer = 'failed';
  expect(await samples('pantau_store_writable')).toEqual(['0']);
  answer = 'hangs';
  const asked = samples('pantau_store_writable');
  await vi.advanceTimersByTimeAsync(2000);
  expect(await asked).toEqual(['0']);
});

it('keeps when the configuration in force was taken, while one after it is refused', async () => {
  const { health, samples } = watched(await judgingBench({ config, agents: [], startsAtMs }));
  const told = async () => [
    ...(await samples('pantau_config_last_reload_success')),
    ...(await samples('pantau_config_last_reload_timestamp_seconds')),
  ];

  expect(await told()).toEqual(['1', `${startsAtMs / 1000}`]);
  health.noteConfiguration(false, startsAtMs + 5000);
  expect(await told()).toEqual(['0', `${startsAtMs / 1000}`]);
  health.noteConfiguration(true, startsAtMs + 9000);
  expect(await told()).toEqual(['1', `${startsAtMs / 1000 + 9}`]);
});
