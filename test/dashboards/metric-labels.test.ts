import { expect, it } from 'vitest';
import { createOwnMetrics } from '../../collector/metrics/own-metrics.ts';
import { judgingBench, testConfig } from '../kit/judging-bench.ts';
import { ownLabels } from './metric-labels.ts';

it("knows only metrics of the collector's own that it has, by the labels of their samples", async () => {
  const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
  const config = testConfig({ intervalSeconds: 60 });
  const { fleet, judging, store } = await judgingBench({ config, agents: [], startsAtMs });
  const own = createOwnMetrics(store);
  own.watch(() => ({ config, fleet, judging, nowMs: startsAtMs }));
  const told = new Map((await own.families()).map(({ name, samples }) => [name, samples]));

  const strangers = Object.keys(ownLabels).filter((name) => !told.has(name));
  const otherwise = Object.entries(ownLabels).filter(([name, labels]) =>
    told.get(name)?.some((sample) => sample.labels.map(([label]) => label).toString() !== labels.toString()),
  );

  expect([strangers, otherwise]).toEqual([[], []]);
});
