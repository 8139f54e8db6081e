import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../shared/report-schema.ts';
import { configText } from '../kit/config-text.ts';
import { collectorMain, runProgram, startProgram } from '../kit/programs.ts';
import { type Prometheus, startPrometheus } from '../kit/prometheus.ts';
import type { Labels, PointInTime } from '../kit/prometheus-api.ts';
import { enrolAll, keep, storeFile } from '../kit/store-file.ts';
import { probe, type TestAgent, testAgent } from '../kit/test-agent.ts';
import { needs } from '../requirements.ts';

const needed = needs({ tools: ['prometheus', 'promtool'] });
const startsAtMs = Date.parse('2026-11-20T20:10:00.123Z');
const minuteMs = 60_000;
const minuteCount = 9 * 60;
const hostile = 'C:\\data "lama"\n{x="1"} # EOF ✓';

/** What a report says of some families, written down without the code that is tested. */
function told(report: Report): [name: string, labels: Labels, value: number][] {
  const filesystems = (report.filesystems ?? []).map((row): [string, Labels, number] => [
    'pantau_node_filesystem_available_bytes',
    { mount: row.mount },
    row.availableBytes,
  ]);
  const interfaces = (report.interfaces ?? []).map((row): [string, Labels, number] => [
    'pantau_interface_receive_bytes_total',
    { interface: row.name },
    row.receiveBytes,
  ]);
  const trips = (report.probes ?? []).map(
    ({ layer, target, name, roundTripSeconds = -1 }): [string, Labels, number] => [
      'pantau_link_round_trip_seconds',
      { layer, target, probe: name },
      roundTripSeconds,
    ],
  );
  return [
    ['pantau_node_up', {}, 1],
    ['pantau_node_cpu_busy_ratio', {}, report.cpu?.busyRatio ?? -1],
    ...filesystems,
    ...interfaces,
    ...trips,
  ];
}

function reportOf(agent: TestAgent, minute: number): Report {
  // Not quite on the minute, as timers are.
  const takenAtMs = startsAtMs + minute * minuteMs + ((minute * 37) % 1000);
  return agent.report(takenAtMs, {
    cpu: { count: 2, busyRatio: ((minute * 7) % 100) / 100 },
    filesystems: [
      { mount: '/', device: 'sda', type: 'ext4', sizeBytes: 1e12, availableBytes: 1e11 - minute * 4096 },
      { mount: hostile, device: 'sdb', type: 'ext4', sizeBytes: 1e12, availableBytes: minute },
    ],
    interfaces: [{ name: 'eth0', up: true, receiveBytes: 2 ** 40 + minute * 1500, transmitBytes: 0 }],
    probes: [probe('up', { roundTripSeconds: 0.001 * (1 + (minute % 13)) })],
  });
}

/** Every sample that Prometheus has, by series, oldest first. */
async function samplesIn(prometheus: Prometheus, metric: string): Promise<Map<string, PointInTime[]>> {
  const series = await prometheus.samples(metric, startsAtMs, startsAtMs + (minuteCount + 1) * minuteMs);
  return new Map(series.map(({ labels, samples }) => [nameOf(labels), samples]));
}

const nameOf = (labels: Labels) => JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));

describe.skipIf(!needed.ok)(`an export for promtool ${needed.reason}`, () => {
  it('becomes blocks in which Prometheus finds every report, sample by sample, hours without a link too', async () => {
    const file = storeFile();
    const folder = dirname(file.path);
    writeFileSync(join(folder, 'pantau.yaml'), configText());
    const agents = [testAgent({ key: 1, node: 'server-1' }), testAgent({ key: 2, node: 'server-2' })];
    await enrolAll(file.store, agents, startsAtMs);
    const expected = new Map<string, PointInTime[]>();
    for (const [place, agent] of agents.entries()) {
      const reports = Array.from({ length: minuteCount }, (_, minute) => reportOf(agent, minute));
      for (const report of reports) {
        for (const [name, labels, value] of told(report)) {
          const { pd, site, node } = agent.row;
          const key = nameOf({ __name__: name, pd, site, node, job: 'pantau', ...labels });
          expected.set(key, [...(expected.get(key) ?? []), { atMs: Date.parse(report.takenAt), value }]);
        }
      }
      // The first is heard all the time; the link of the second is cut from the start, and it is drained new before old.
      const endMs = startsAtMs + minuteCount * minuteMs;
      const sent = place === 0 ? reports : reports.toReversed();
      for (let at = 0; at < sent.length; at += 50) {
        const batch = agent.batch(sent.slice(at, at + 50).toReversed(), endMs, () => place === 1);
        await keep(file.store, [batch]);
      }
    }

    // The store is open all the while, as it is in a collector that runs.
    const output = join(folder, 'sejarah.om');
    const args = ['export', '--from', '2026-11-20', '--to', '2026-11-22', '--label', 'job=pantau', '--output', output];
    expect(await runProgram(collectorMain, [...args, '--data', folder])).toMatchObject({ code: 0, stdout: '' });
    const blocks = join(folder, 'prometheus');
    const made = startProgram(['promtool', 'tsdb', 'create-blocks-from', 'openmetrics', output, blocks]);
    expect({ code: await made.exited, output: made.output() }).toMatchObject({ code: 0 });

    const prometheus = await startPrometheus({ folder });
    const metrics = [...new Set([...expected.keys()].map((key) => /"(pantau_[a-z_0-9]+)"/.exec(key)?.[1] ?? ''))];
    expect(metrics).toHaveLength(5);
    for (const metric of metrics) {
      const found = await samplesIn(prometheus, metric);
      const wanted = new Map([...expected].filter(([key]) => key.includes(`"${metric}"`)));
      expect(found).toEqual(wanted);
    }
    const lines = readFileSync(output, 'utf8').split('\n');
    const all = await samplesIn(prometheus, '{job="pantau"}');
    const sampleCount = [...all.values()].reduce((count, samples) => count + samples.length, 0);
    expect(sampleCount).toBe(lines.filter((line) => line.startsWith('pantau_')).length);
  }, 120_000);
});
