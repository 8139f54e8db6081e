import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configText } from '../kit/config-text.ts';
import { collectorMain, runProgram, startProgram } from '../kit/programs.ts';
import { startPrometheus } from '../kit/prometheus.ts';
import { enrolAll, keep, storeFile } from '../kit/store-file.ts';
import { testAgent } from '../kit/test-agent.ts';
import { differences, metricsIn, minuteReport, ownRecord, samplesIn } from '../kit/told-samples.ts';
import { needs } from '../requirements.ts';

const needed = needs({ tools: ['prometheus', 'promtool'] });
const startsAtMs = Date.parse('2026-11-20T20:10:00.123Z');
const minuteMs = 60_000;
const minuteCount = 9 * 60;
const range = { fromMs: startsAtMs, toMs: startsAtMs + (minuteCount + 1) * minuteMs };
/** Not quite on the minute, as timers are. */
const takenAtMs = (minute: number) => startsAtMs + minute * minuteMs + ((minute * 37) % 1000);

describe.skipIf(!needed.ok)(`an export for promtool ${needed.reason}`, () => {
  it('becomes blocks in which Prometheus finds every report, sample by sample, hours without a link too', async () => {
    const file = storeFile();
    const folder = dirname(file.path);
    writeFileSync(join(folder, 'pantau.yaml'), configText());
    const agents = [testAgent({ key: 1, node: 'server-1' }), testAgent({ key: 2, node: 'server-2' })];
    await enrolAll(file.store, agents, startsAtMs);
    const all = agents.map((agent, seed) => ({
      agent,
      reports: Array.from({ length: minuteCount }, (_, minute) =>
        minuteReport(agent, takenAtMs(minute), { minute, seed }),
      ),
    }));
    for (const [place, { agent, reports }] of all.entries()) {
      // The link of the second was cut from the start, and it is drained new before old.
      const sent = place === 0 ? reports : reports.toReversed();
      for (let at = 0; at < sent.length; at += 50) {
        const some = sent.slice(at, at + 50).toReversed();
        await keep(file.store, [agent.batch(some, range.toMs, () => place === 1)]);
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
    const record = ownRecord(all, { job: 'pantau' });
    expect(metricsIn(record)).toHaveLength(6);
    for (const metric of metricsIn(record)) {
      const wanted = new Map([...record].filter(([name]) => name.includes(`"${metric}"`)));
      expect(differences(await samplesIn(prometheus, metric, range), wanted)).toEqual([]);
    }
    // And nothing else: each line is one sample.
    const lines = readFileSync(output, 'utf8').split('\n');
    const found = await samplesIn(prometheus, '{job="pantau"}', range);
    const sampleCount = [...found.values()].reduce((count, samples) => count + samples.length, 0);
    expect(sampleCount).toBe(lines.filter((line) => line !== '' && !line.startsWith('#')).length);
  }, 120_000);
});
