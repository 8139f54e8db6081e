import { vi } from 'vitest';
import type { JudgingBench } from '../../test/kit/judging-bench.ts';
import { metricsPage } from './metrics-page.ts';
import { createOwnMetrics } from './own-metrics.ts';

/** The whole page of a bench, without the collector's own metrics unless told. Its clock stands still from here on. */
export async function pageOf({ config, fleet, judging, store, clock }: JudgingBench, withOwn = false): Promise<string> {
  vi.useRealTimers();
  const own = withOwn ? createOwnMetrics(store) : { families: async () => [], stop: () => {} };
  let text = '';
  for await (const chunk of metricsPage({ config, fleet, judging, nowMs: clock.nowMs() }, own)) text += chunk;
  own.stop();
  return text;
}

/** What a machine with two interfaces tells of itself. */
export const measured = {
  cpu: { count: 2, busyRatio: 0.25, load1: 0.5 },
  memory: { sizeBytes: 1000, availableBytes: 400, swapSizeBytes: 0, swapFreeBytes: 0 },
  filesystems: [{ mount: '/', device: '/dev/vda1', type: 'ext4', sizeBytes: 5000, availableBytes: 3000 }],
  interfaces: [
    { name: 'eth0', up: true, receiveBytes: Number.MAX_SAFE_INTEGER, transmitBytes: 7 },
    { name: 'eth1', up: false, receiveBytes: 0, transmitBytes: 0 },
  ],
};
