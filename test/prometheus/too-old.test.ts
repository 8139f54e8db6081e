import { describe, expect, it } from 'vitest';
import { startPrometheus } from '../kit/prometheus.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { testAgent } from '../kit/test-agent.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { writingBench } from '../kit/writing-bench.ts';
import { needs } from '../requirements.ts';

const needed = needs({ tools: ['prometheus'] });
const minuteMs = 60_000;

describe.skipIf(!needed.ok)(`Prometheus that takes late samples of half an hour ${needed.reason}`, () => {
  it('drops what is older, gets what is not, and holds nothing up', async () => {
    const config = 'storage: {tsdb: {out_of_order_time_window: 30m}}\n';
    const prometheus = await startPrometheus({ folder: temporaryFolder(), remoteWrite: true, config });
    const startsAtMs = Math.floor(Date.now() / 1000) * 1000;
    const agent = testAgent({ bootedAtMs: startsAtMs - 86_400_000 });
    const remoteWrite = [{ id: 'prometheus', url: prometheus.remoteWriteUrl, sendHistory: true }];
    const writing = await writingBench({ remoteWrite, agents: [agent], startsAtMs });
    const report = (minute: number) =>
      agent.report(startsAtMs + minute * minuteMs, { cpu: { count: 1, busyRatio: 0.5 } });
    const minutes = async () => {
      const series = await prometheus.samples(
        'pantau_node_cpu_busy_ratio',
        startsAtMs - 600 * minuteMs,
        startsAtMs + 10 * minuteMs,
      );
      const times = series.flatMap(({ samples }) => samples.map(({ atMs }) => (atMs - startsAtMs) / minuteMs));
      return times.toSorted((a, b) => a - b);
    };
    await writing.send(agent, [report(0)]);
    await waitUntil('the present', async () => (await minutes()).length === 1);

    await writing.send(agent, [-10, -20, -180, -181, -182].map(report));
    writing.clock.advanceMs(minuteMs);
    await writing.send(agent, [report(1)]);

    await waitUntil('what is not too old', async () => (await minutes()).length === 4);
    expect(await minutes()).toEqual([-20, -10, 0, 1]);
    const labels = { receiver: 'prometheus', outcome: 'dropped' };
    expect(await writing.told('pantau_remote_write_samples_total', labels)).toBeGreaterThan(0);
  });
});
