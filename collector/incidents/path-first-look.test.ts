import { describe, expect, it } from 'vitest';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { rowOf } from '../facts/path-facts.ts';

/** 10:00 in Jakarta. */
const startsAtMs = Date.parse('2026-11-22T03:00:00Z');

describe('the first report of an agent', () => {
  it('shows what it told of its network, though it was taken a moment before it came', async () => {
    const office = testAgent({ key: 1 });
    const bench = await judgingBench({ config: testConfig(), agents: [office], startsAtMs });
    const takenAtMs = startsAtMs - 4000;
    const network = { gateways: [{ address: '192.168.7.1', interface: 'eth0', metric: 100 }], addresses: [] };
    await bench.send(office, [office.report(takenAtMs, { network })], '10.20.1.9');
    const seen = () => {
      const path = bench.fleet.path(office.id);
      return path && rowOf(path);
    };

    expect(seen()).toMatchObject({
      fromMs: takenAtMs,
      sources: { seen: [{ address: '10.20.1.9', lastAtMs: startsAtMs }] },
      gateways: { seen: [{ address: '192.168.7.1', lastAtMs: takenAtMs }] },
    });
    await bench.restart();
    expect(seen()?.gateways.seen).toHaveLength(1);
  });
});
