import { expect, it } from 'vitest';
import { probe, testAgent } from '../../../test/kit/test-agent.ts';
import { writingBench } from '../../../test/kit/writing-bench.ts';
import { TimeSlices } from '../../time-slices.ts';
import { createReportSource } from './report-source.ts';
import { createSeriesNames } from './series-name.ts';

const probeCount = 1000;
const probes = Array.from({ length: probeCount }, (_, index) => probe('up', { name: `probe-${index}` }));

it('gives everything else its turn many times while it reads one large report, and those before it', async () => {
  const agent = testAgent({ roles: ['vantage'] });
  const { store, fleet, clock, send } = await writingBench({ remoteWrite: [], agents: [agent] });
  for (let report = 0; report < 3; report += 1) {
    await send(agent, [agent.report(clock.nowMs(), { probes })]);
    clock.advanceMs(60_000);
  }
  const { lastKey } = await store.remoteWrite.bounds();
  let monotonicMs = 0;
  // A millisecond for each look at the clock, so that a slice is four looks.
  const slices = new TimeSlices(() => (monotonicMs += 1));
  const source = createReportSource({ port: store.remoteWrite, fleet, name: createSeriesNames({}), slices });
  let turnCount = 0;
  let isReading = true;
  const count = () => {
    turnCount += 1;
    if (isReading) setImmediate(count);
  };
  setImmediate(count);

  const turn = await source.next(lastKey - 1, { sampleCount: 100, nowMs: clock.nowMs() });
  isReading = false;

  const sampleCount = turn?.present.flat().length ?? 0;
  expect(sampleCount).toBeGreaterThan(probeCount);
  expect(turnCount).toBeGreaterThan((3 * sampleCount) / 8);
});
