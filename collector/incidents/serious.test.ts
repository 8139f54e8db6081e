import { expect, it } from 'vitest';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { minutes, vantage, widePemda } from '../../test/kit/wide-pemda.ts';
import { incidentViews } from './incident-views.ts';

it('an incident that came back is serious by the time in which it was down, not by that in which it was well', async () => {
  const agent = vantage();
  const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [agent] });
  for (const state of ['up', 'down', 'up', 'down'] as const) await minutes(bench, agent, 10, () => state);
  const { incidentHistory, verdictHistory } = bench.store;
  const [open] = bench.judging.openIncidents();
  expect(open).toMatchObject({ state: 'reopened' });
  // The only one that is not critical at once, of about thirty minutes from its beginning on.
  const during = async () => (await incidentHistory.during({ fromMs: 0, untilMs: Infinity })).map(asWarning);
  const asWarning = <Row>(row: Row) => ({ ...row, severity: 'warning' as const });
  const store = { incidentHistory: { ...incidentHistory, during }, verdictHistory };
  const seriousAfter = async (limit: string) => {
    const config = { ...bench.config, incidents: { ...bench.config.incidents, seriousAfter: limit } };
    return (await incidentViews({ config, store }, bench.clock.nowMs())).map((view) => view.isSerious);
  };

  expect([await seriousAfter('25m'), await seriousAfter('15m')]).toEqual([[false], [true]]);
});
