import { describe, expect, it } from 'vitest';
import type { ReportRouter } from '../../shared/report-schema.ts';
import { judgingBench, testConfig, type JudgingBench } from '../../test/kit/judging-bench.ts';
import { testAgent } from '../../test/kit/test-agent.ts';

const minuteMs = 60_000;
const duty = 'lebong-24-4-lebar-pita-disetujui';
const vantage = testAgent({
  key: 1,
  pd: 'diskominfo',
  site: 'pusat-data',
  node: 'pemantau',
  roles: ['vantage'],
  intervalSeconds: 300,
});

/** A reading of the router of dinkes at the bench's clock, five minutes after the one before. */
function reading(bench: JudgingBench, downMbps: number): ReportRouter {
  const atMs = bench.clock.nowMs();
  const growth = (megabits: number) => megabits * 125_000 * 300;
  return {
    pd: 'dinkes',
    site: 'kantor',
    address: '10.20.1.1',
    reader: 'snmp',
    state: 'up',
    takenAt: new Date(atMs).toISOString(),
    previousTakenAt: new Date(atMs - 5 * minuteMs).toISOString(),
    durationSeconds: 0.2,
    interfaces: [
      {
        name: 'ether1',
        up: true,
        epoch: 1,
        isWan: true,
        receiveGrowthBytes: growth(downMbps),
        transmitGrowthBytes: growth(1),
      },
    ],
  };
}

async function run(bench: JudgingBench, hours: number, downMbps: number): Promise<void> {
  for (let count = 0; count < hours * 12; count += 1) {
    bench.clock.advanceMs(5 * minuteMs);
    await bench.send(vantage, [vantage.report(bench.clock.nowMs(), { routers: [reading(bench, downMbps)] })]);
  }
}

describe('bandwidth over a day', () => {
  it('sustained use over the approval is one finding for the department, and ends when the day is calm', async () => {
    const config = testConfig({
      routerAddress: '10.20.1.1',
      notify: [{ id: 'w', kind: 'webhook', url: 'http://127.0.0.1:9/' }],
    });
    const site = config.perangkatDaerah[1]?.sites[0];
    if (site !== undefined) site.approvedBandwidth = { down: 20, up: 10 };
    const bench = await judgingBench({ config, agents: [vantage] });
    const verdict = () => bench.verdict('dinkes/kantor', duty);

    await run(bench, 5, 30);
    expect(verdict()).toBe('no-evidence too-little-measured');
    await run(bench, 2, 30);
    expect(verdict()).toBe('breached over-approval');
    const found = bench.judging.verdicts().find((each) => each.obligation === duty && each.subject === 'dinkes/kantor');
    expect(found).toMatchObject({
      grade: 'finding',
      severity: 'warning',
      reasonArgs: { usedMbps: 30, approvedMbps: 20 },
    });
    await bench.restart();
    expect(verdict()).toBe('breached over-approval');

    // Within 24 hours the loud slots must fall below a twentieth.
    await run(bench, 24, 2);
    expect(verdict()).toBe('compliant within-approval');
    expect(bench.notices()).toEqual(['w opened kantor over-approval', 'w resolved kantor over-approval']);
  }, 60_000);
});
