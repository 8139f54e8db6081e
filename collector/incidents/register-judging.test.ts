import { describe, expect, it } from 'vitest';
import { type JudgingBench, judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { testAgent } from '../../test/kit/test-agent.ts';

const dayMs = 86_400_000;
/** 10.00 WIB. */
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const coverage = 'lebong-19-1-cakupan-data';
const notify = [{ id: 'kait', kind: 'webhook', url: 'http://127.0.0.1:9/hook' }];

const enter = (bench: JudgingBench, values: Record<string, string>, expectedRevision = 0) =>
  bench.registers.write(
    [{ register: 'waiver', entry: 'W1', expectedRevision, pd: 'dinkes', values, attachments: [] }],
    { actor: 'sri', action: 'register', subject: 'waiver/W1', detail: '' },
  );

describe('a waiver in the register', () => {
  it('lifts a breach for the days that it names, and the breach is back by itself', async () => {
    const config = testConfig({ intervalSeconds: 60, datasets: [], notify, isRegisterJudged: true });
    const bench = await judgingBench({ config, agents: [], startsAtMs });
    await bench.pass(1000);
    expect(bench.verdict('dinkes', coverage)).toBe('breached no-dataset');

    await enter(bench, {
      obligation: coverage,
      number: '800/1/2026',
      reason: 'Belum ada data',
      from: '2026-11-24',
      until: '2026-11-25',
    });
    await bench.pass(1000);
    expect(bench.verdict('dinkes', coverage)).toBe('breached no-dataset');

    // From midnight on, although nobody reports anything.
    await bench.pass(dayMs + dayMs * (14 / 24) + 120_000, 60_000 * 30);
    expect(bench.verdictRow('dinkes', coverage)).toMatchObject({
      status: 'waived',
      reasonCode: 'no-dataset',
      reasonArgs: { waiverNumber: '800/1/2026', waiverUntil: '2026-11-25' },
      evidence: [{ register: 'waiver', entry: 'W1', revision: 1 }],
    });

    await bench.pass(2 * dayMs, 60_000 * 30);
    expect(bench.verdict('dinkes', coverage)).toBe('breached no-dataset');
    // The outbox gives the end of the first only after all that was opened.
    expect(bench.notices().filter((notice) => notice.includes('dinkes'))).toEqual([
      'kait opened dinkes no-dataset',
      'kait opened dinkes no-dataset',
      'kait resolved dinkes no-dataset',
    ]);
  });
});

describe('a gap in a register that is only news', () => {
  it('is listed, and no channel is told of it nor of its end', async () => {
    const config = {
      ...testConfig({ intervalSeconds: 60, notify }),
      regulations: ['purbalingga-perbup-90-2021'],
      obligations: {},
    };
    const agent = testAgent({ key: 1 });
    const bench = await judgingBench({ config, agents: [agent], startsAtMs });
    const duty = 'purbalingga-12-5-inventarisasi-perangkat-keras';
    const write = (expectedRevision: number, more: Record<string, string>) =>
      bench.registers.write(
        [
          {
            register: 'hardware',
            entry: 'H1',
            expectedRevision,
            pd: 'dinkes',
            values: { name: 'Server data', kind: 'server', node: 'server-1', ...more },
            attachments: [],
          },
        ],
        { actor: 'sri', action: 'register', subject: 'hardware/H1', detail: '' },
      );
    await bench.send(agent, [agent.report(startsAtMs)]);
    await write(0, {});
    await bench.pass(60_000);
    const open = () => bench.judging.openIncidents().filter(({ obligation }) => obligation === duty);
    // The office must enter the number of the asset system, not only the machine.
    expect(bench.verdict('dinkes', duty)).toBe('breached no-asset-number');
    expect(open().map(({ kind, severity }) => [kind, severity])).toEqual([['register', 'info']]);

    await bench.restart();
    await write(1, { assetNumber: '3.05.01.04' });
    await bench.pass(60_000);
    expect(open()).toEqual([]);
    expect(bench.notices().filter((notice) => notice.includes('asset'))).toEqual([]);
  });
});
