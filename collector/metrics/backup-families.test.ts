import { expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { backupFamilies } from './backup-families.ts';

it('look at one dataset after another, and at each once for all families of a page', async () => {
  const datasets = ['a', 'b', 'c'].map((id) => ({ id, proof: 'claimed', source: { kind: 'files', path: '/x/*' } }));
  const bench = await judgingBench({ config: testConfig({ intervalSeconds: 60, datasets }), agents: [] });
  const looks: string[] = [];
  const fleet = {
    ...bench.fleet,
    dataset(name: string) {
      looks.push(name);
      return bench.fleet.dataset(name);
    },
  };
  const view = { config: bench.config, fleet, judging: bench.judging, nowMs: bench.clock.nowMs() };
  const samples = backupFamilies.map((family) => family.samples(view)[Symbol.iterator]());
  const level = samples[backupFamilies.findIndex(({ name }) => name === 'pantau_backup_proof_level')];

  expect(level?.next().value).toMatchObject({ value: 0, labels: [['pd', 'dinkes'], ['dataset', 'a']] }); // prettier-ignore
  expect(new Set(looks)).toEqual(new Set(['dinkes/a']));
  expect([level?.next().done, level?.next().done, level?.next().done]).toEqual([false, false, true]);
  const lookCount = looks.length;
  for (const each of samples) while (each.next().done !== true);
  expect([new Set(looks).size, looks.length]).toEqual([3, lookCount]);
});
