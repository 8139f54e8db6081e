import { noRegisters } from '../../obligations/register-view.ts';
import { expect, it } from 'vitest';
import { testAgent } from '../../../test/kit/test-agent.ts';
import { writingBench } from '../../../test/kit/writing-bench.ts';
import type { OwnMetrics } from '../own-metrics.ts';
import { TimeSlices } from '../../time-slices.ts';
import { createSeriesNames } from './series-name.ts';
import { createSnapshots } from './snapshot.ts';

it('tells the end of a series again when the snapshot that told it could not be kept', async () => {
  const { config, fleet, judging, store, clock } = await writingBench({ remoteWrite: [], agents: [testAgent()] });
  const view = { config, fleet, judging, registers: noRegisters, store, nowMs: clock.nowMs() };
  const sample = { name: 'pantau_x', labels: [], value: 1 };
  const gone = { name: 'pantau_x', type: 'gauge' as const, help: 'x', samples: [sample] };
  let own: Awaited<ReturnType<OwnMetrics['families']>> = [gone];
  const name = createSeriesNames({});
  const snapshots = createSnapshots({ own: { families: async () => own }, name, slices: new TimeSlices() });
  const ofIt = (samples: { series: string; value: number | 'stale' }[]) =>
    samples.filter(({ series }) => series === name('pantau_x', [])).map(({ value }) => value);
  async function whole() {
    const values = [];
    for await (const piece of snapshots.take(view, 1000)) values.push(...ofIt(piece));
    return values;
  }
  expect(await whole()).toEqual([1]);

  own = [];
  for await (const piece of snapshots.take(view, 1_000_000)) {
    expect(ofIt(piece)).toEqual(['stale']);
    // As when the disk is full.
    break;
  }

  expect(await whole()).toEqual(['stale']);
  expect(await whole()).toEqual([]);
});
