import { expect, it } from 'vitest';
import { probe, routerReading, testAgent } from '../../../test/kit/test-agent.ts';
import type { Report } from '../../../shared/report-schema.ts';
import { TimeSlices } from '../../time-slices.ts';
import { newTrack, nextReport } from './agent-track.ts';
import { createSeriesNames } from './series-name.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const place = { pd: 'dinkes', site: 'kantor' };

it('writes of a router that answers pings only that nothing is known, as the page does, while the pings are fresh', async () => {
  const agent = testAgent({ pd: 'diskominfo', site: 'pusat-data', node: 'pengamat', roles: ['vantage'] });
  const track = newTrack();
  const reading = { name: createSeriesNames({}), slices: new TimeSlices() };
  async function written(afterMinutes: number, probes: NonNullable<Report['probes']>): Promise<(number | string)[]> {
    const takenAtMs = startsAtMs + afterMinutes * 60_000;
    const routers = [routerReading(takenAtMs, { ...place, state: 'down', reason: 'no-answer' })];
    const report = agent.report(takenAtMs, { probes, routers });
    const { present } = await nextReport(track, { row: agent.row, report, takenAtMs }, reading);
    return present.filter(({ series }) => series.includes('pantau_router_up')).map(({ value }) => value);
  }

  expect(await written(0, [probe('up', { name: 'router', target: '10.20.1.1', ...place })])).toEqual([Number.NaN]);
  // Rounds are not in each report.
  expect(await written(1, [])).toEqual([Number.NaN]);
  expect(await written(2, [probe('down', { name: 'router', target: '10.20.1.1', ...place })])).toEqual([0]);
  expect(await written(3, [probe('up', { name: 'router', target: '10.20.1.1', ...place })])).toEqual([Number.NaN]);
  expect(await written(15, [])).toEqual(['stale', 0]);
});
