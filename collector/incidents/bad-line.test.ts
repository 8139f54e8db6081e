import { describe, expect, it } from 'vitest';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { minutes, vantage, widePemda } from '../../test/kit/wide-pemda.ts';

describe('a line that is out for five minutes of each twenty', () => {
  it('is told of as such from the third time on, and once', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [agent] });
    await minutes(bench, agent, 240, (_number, minute) => (minute % 20 >= 15 ? 'down' : 'up'));
    const resolved = 'kait resolved kantor wan-down';
    const back = ['kait reopened kantor wan-down', 'kait reopened kantor wan-unstable'];
    expect(bench.notices().toSorted()).toEqual(['kait opened kantor wan-down', ...back, resolved, resolved]);
    await minutes(bench, agent, 35, () => 'up');

    expect(bench.notices()).toEqual(['kait resolved kantor wan-unstable']);
    expect(bench.judging.openIncidents()).toEqual([]);
    expect(await bench.store.loadIncidents({})).toMatchObject([{ reopened: { count: 2 } }]);
  });

  it('is down, and told to be, when it then stays out', async () => {
    const agent = vantage();
    const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [agent] });
    await minutes(bench, agent, 60, (_number, minute) => (minute % 20 >= 15 ? 'down' : 'up'));
    bench.notices();
    await minutes(bench, agent, 15, () => 'down');

    expect(bench.verdict('pd-0/kantor')).toBe('breached wan-down');
    expect(bench.notices()).toEqual(['kait escalated kantor wan-down']);
  });
});
