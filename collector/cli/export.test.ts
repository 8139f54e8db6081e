import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configText } from '../../test/kit/config-text.ts';
import { collectorMain } from '../../test/kit/programs.ts';
import { enrolAll, keep, storeFile } from '../../test/kit/store-file.ts';
import { probe, testAgent } from '../../test/kit/test-agent.ts';
import { dispatch } from './dispatch.ts';
import { commands } from './registry.ts';

const startsAtMs = Date.parse('2026-11-22T03:00:00Z');
const minuteMs = 60_000;

/** The data of a collector that is running: its store is open, and nothing was written back from its log. */
async function office() {
  const file = storeFile();
  const folder = dirname(file.path);
  writeFileSync(join(folder, 'pantau.yaml'), configText());
  const agents = [
    testAgent({ key: 1, node: 'a' }),
    testAgent({ key: 2, pd: 'diskominfo', site: 'pusat-data', node: 'b' }),
  ];
  await enrolAll(file.store, agents, startsAtMs);
  const run = async (...args: string[]) => {
    let [stdout, stderr] = ['', ''];
    const io = {
      stdout: (text: string) => void (stdout += text),
      stderr: (text: string) => void (stderr += text),
      env: { PANTAU_DATA: folder, TMPDIR: folder },
      workingFolder: folder,
    };
    const code = await dispatch(['export', ...args], { commands, version: '1', io });
    return { code, stdout, stderr };
  };
  return { ...file, folder, agents, run };
}

const lastHour = ['--from', '2026-11-22T10:00', '--to', '2026-11-22T04:00:00Z'];

describe('pantau-collector export', () => {
  it('writes families whole, series whole, in order of time, however the reports came, with the labels that are asked for', async () => {
    const { store, agents, run } = await office();
    const [a, b] = agents;
    const busy = (atMs: number, busyRatio: number) => a?.report(atMs, { cpu: { count: 2, busyRatio } }) ?? never();
    const newest = busy(startsAtMs + 3 * minuteMs, 0.3);
    const [first, second] = [busy(startsAtMs + minuteMs, 0.1), busy(startsAtMs + 2 * minuteMs + 1, 0.2)];
    const other = b?.report(startsAtMs + 2 * minuteMs, { cpu: { count: 1, busyRatio: 0.9 } }) ?? never();
    const atMs = startsAtMs + 4 * minuteMs;
    await keep(store, [a?.batch([newest], atMs) ?? never()]);
    await keep(store, [b?.batch([other], atMs) ?? never()]);
    await keep(store, [a?.batch([second, first], atMs, () => true) ?? never()]);
    // The same again is no second sample.
    await keep(store, [a?.batch([second], atMs) ?? never()]);

    const { code, stdout, stderr } = await run(...lastHour, '--label', 'job=pan"tau', '--label', 'cluster=x');

    expect({ code, last: stderr.split('\n').at(-2) }).toMatchObject({ code: 0 });
    const lines = stdout.split('\n');
    const at = lines.indexOf('# TYPE pantau_node_cpu_busy_ratio gauge');
    const labels = (pd: string, site: string, node: string) =>
      `{pd="${pd}",site="${site}",node="${node}",cluster="x",job="pan\\"tau"}`;
    expect(lines.slice(at, at + 8)).toEqual([
      '# TYPE pantau_node_cpu_busy_ratio gauge',
      '# UNIT pantau_node_cpu_busy_ratio ratio',
      expect.stringMatching(/^# HELP pantau_node_cpu_busy_ratio [A-Z]/),
      `pantau_node_cpu_busy_ratio${labels('dinkes', 'kantor', 'a')} 0.1 1795316460.000`,
      `pantau_node_cpu_busy_ratio${labels('dinkes', 'kantor', 'a')} 0.2 1795316520.001`,
      `pantau_node_cpu_busy_ratio${labels('dinkes', 'kantor', 'a')} 0.3 1795316580.000`,
      `pantau_node_cpu_busy_ratio${labels('diskominfo', 'pusat-data', 'b')} 0.9 1795316520.000`,
      expect.stringMatching(/^# TYPE /),
    ]);
    expect(lines.slice(-2)).toEqual(['# EOF', '']);
    expect(stderr).toMatch(/^\d+ samples of \d+ series from 4 reports between 2026-11-22T10:00:00\.000\+07:00 and /m);
  });

  it('knows how a link stood at the beginning from the rounds before, and counts the bounds once', async () => {
    const { store, agents, run } = await office();
    const [a] = agents;
    const round = (minute: number, state: 'up' | 'down') =>
      a?.report(startsAtMs + minute * minuteMs, { probes: [probe(state)] }) ?? never();
    const rounds = [round(-3, 'down'), round(-2, 'down'), round(-1, 'down'), round(0, 'down'), round(1, 'up')];
    await keep(store, [a?.batch([...rounds, round(60, 'up')], startsAtMs + 3_600_000) ?? never()]);

    const { stdout } = await run(...lastHour);

    const states = stdout.split('\n').filter((line) => line.startsWith('pantau_link_up{'));
    expect(states.map((line) => line.split(' ').slice(-2).join(' '))).toEqual(['0 1795316400.000', '0 1795316460.000']);
  });

  it('writes one department alone, into a file that is there whole or not at all', async () => {
    const { store, agents, run, folder } = await office();
    for (const agent of agents) await keep(store, [agent.batch([agent.report(startsAtMs)], startsAtMs)]);

    expect(await run(...lastHour, '--pd', 'dinkes', '--output', 'x.om')).toMatchObject({ code: 0, stdout: '' });

    const text = readFileSync(join(folder, 'x.om'), 'utf8');
    expect(text).toContain('pantau_node_up{pd="dinkes",site="kantor",node="a"} 1 1795316400.000\n');
    expect(text).not.toContain('diskominfo');
    expect(text.endsWith('# EOF\n')).toBe(true);
    const nothing = await run('--from', '2026-01-01', '--to', '2026-01-02', '--output', 'x.om');
    expect(nothing).toMatchObject({ code: 1, stdout: '' });
    expect(nothing.stderr).toBe(
      'Note: reports are kept whole since 2026-11-22T10:00:00.000+07:00 only (retention.raw); what came before is not in it.\n' +
        'No report between 2026-01-01T00:00:00.000+07:00 and 2026-01-02T00:00:00.000+07:00 is kept; nothing was written.\n',
    );
    expect(readFileSync(join(folder, 'x.om'), 'utf8')).toBe(text);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    expect((await run(...lastHour, '--output', 'no/such/x.om')).stderr).toMatch(
      /^The export cannot write .*\/no\/such\/x\.om \(ENOENT.*\); see that there is room and that this user may write there, or name another file with --output\.\n$/m,
    );
  });

  it('reads a store that no collector has open', async () => {
    const { store, agents, run } = await office();
    for (const agent of agents) await keep(store, [agent.batch([agent.report(startsAtMs)], startsAtMs)]);
    await store.close();

    expect((await run(...lastHour)).code).toBe(0);
  });

  it('ends quietly when nobody reads on', async () => {
    const { store, agents, folder } = await office();
    const [a] = agents;
    const reports = Array.from({ length: 600 }, (_, second) => a?.report(startsAtMs + second * 1000) ?? never());
    await keep(store, [a?.batch(reports, startsAtMs + minuteMs) ?? never()]);
    const args = [collectorMain, 'export', ...lastHour, '--data', folder];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());

    const [code] = (await once(child, 'close')) as [number];

    expect(code).toBe(1);
    expect(stderr).not.toContain('EPIPE');
  });

  it.each([
    [[], 'say from when with --from TIME'],
    [
      ['--from', 'kemarin'],
      '--from "kemarin" must look like 2026-11-01, 2026-11-01T07:00 or 2026-11-01T07:00:00+07:00',
    ],
    [['--from', '2026-02-30'], '--from "2026-02-30" must look like'],
    [['--from', '2026-11-02', '--to', '2026-11-01'], '--from "2026-11-02" must be before --to "2026-11-01"'],
    [['--from', '2026-11-01', '--pd', 'dinke'], '--pd "dinke" is not known; known: diskominfo, dinkes'],
    [['--from', '2026-11-01', '--label', 'pd=x'], '--label "pd" is a label of Pantau\'s own; choose another name'],
    [['--from', '2026-11-01', '--label', 'x'], '--label "x" must look like job=pantau'],
    [['--from', '2026-11-01', '--label', 'a=1', '--label', 'a=2'], '--label "a" is given twice'],
    [['--form', '2026-11-01'], "Unknown option '--form'"],
  ])('says what is wrong with %j', async (args, reason) => {
    const { run } = await office();

    const { code, stdout, stderr } = await run(...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`export: ${reason}`);
  });
});

function never(): never {
  throw new Error('two agents were made');
}
