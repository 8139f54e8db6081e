import { describe, expect, it } from 'vitest';
import { regulations } from '../../collector/obligations/regulations/registry.ts';
import { judgingBench, testConfig } from '../kit/judging-bench.ts';
import { testAgent } from '../kit/test-agent.ts';

const hourMs = 3_600_000;
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');

describe('the first days of a Pemda that has entered nothing', () => {
  it.each(regulations)('bring no incident about what only people can enter: $id', async ({ id, obligations }) => {
    const agent = testAgent({ key: 1 });
    const notify = [{ id: 'kait', kind: 'webhook', url: 'http://127.0.0.1:9/hook' }];
    const base = testConfig({ intervalSeconds: 60, notify, regulations: ['lebong-perbup-22-2022'] });
    const config = { ...base, regulations: [id], obligations: {} };
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    await bench.send(agent, [agent.report(startsAtMs)]);
    await bench.pass(3 * hourMs, hourMs);

    const judged = new Set(bench.judging.verdicts().map(({ obligation }) => obligation));
    expect([...judged].toSorted()).toEqual(obligations.map((obligation) => obligation.id).toSorted());
    const ofRegisters = bench.judging
      .verdicts()
      .filter((verdict) => bench.judging.caseOf(verdict)?.rule.incidentKind === 'register');
    const breached = ofRegisters.filter(({ status }) => status === 'breached').map(({ obligation }) => obligation);
    // That a department has no dataset at all is the register of the configuration, and said from the start.
    expect(new Set(breached)).toEqual(new Set(id.startsWith('lebong') ? ['lebong-19-1-cakupan-data'] : []));
    expect(new Set(bench.notices().map((notice) => notice.split(' ').at(-1)))).toEqual(
      new Set(id.startsWith('lebong') ? ['no-dataset'] : []),
    );
  });
});

it('calls nobody because a server stands where the law allows it to', async () => {
  const agent = testAgent({ key: 1 });
  const notify = [{ id: 'kait', kind: 'webhook', url: 'http://127.0.0.1:9/hook' }];
  const bench = await judgingBench({
    config: testConfig({ intervalSeconds: 60, notify }),
    agents: [agent],
    startsAtMs,
  });
  for (let minute = 0; minute < 90; minute += 1) {
    await bench.send(agent, [agent.report(bench.clock.nowMs())], '203.0.113.9');
    await bench.pass(60_000);
  }
  const placed = bench.verdictRow('dinkes', 'lebong-17-8-penempatan-server');

  expect([placed?.status, placed?.grade]).toEqual(['breached', 'note']);
  expect(bench.judging.openIncidents().map(({ obligation }) => obligation)).not.toContain(placed?.obligation);
});
