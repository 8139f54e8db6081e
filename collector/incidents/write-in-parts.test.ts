import { expect, it } from 'vitest';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { widePemda } from '../../test/kit/wide-pemda.ts';
import type { Store } from '../store/store.ts';

it('keeps what was written of a large turn when the rest cannot be, and judges only the rest again', async () => {
  let failsAt = 3;
  const sizes: number[] = [];
  const failing = (store: Store): Store => ({
    ...store,
    async saveJudgement(changes) {
      if (changes.verdicts.length > 0 && --failsAt === 0) throw new Error('disk full');
      await store.saveJudgement(changes);
      sizes.push(changes.verdicts.length);
    },
  });
  const bench = await judgingBench({ config: widePemda({ siteCount: 20 }), agents: [], wrap: failing });
  const before = await bench.store.loadVerdicts();
  expect(sizes).toEqual([250, 250]);
  expect(before).toHaveLength(500);
  expect(bench.judging.verdicts()).toHaveLength(500);
  expect(bench.lines.join()).toContain('disk full');
  const behindSinceMs = bench.judging.judgedUntilMs();
  await bench.pass(6000, 1000);

  const after = await bench.store.loadVerdicts();
  expect(after.length).toBeGreaterThan(750);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(after.length);
  expect(bench.judging.verdicts()).toHaveLength(after.length);
  expect(bench.judging.judgedUntilMs()).toBeGreaterThan(behindSinceMs);
});
