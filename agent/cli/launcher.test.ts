import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { needs } from '../../test/requirements.ts';
import { inspectSpool } from '../spool/inspect-spool.ts';
import { type TestCollector, startCollector } from './collector.test-kit.ts';

const posix = needs({ linux: true });
const launcher = fileURLToPath(new URL('../pantau-agent', import.meta.url));
let folder: string;
let data: string;
let collector: TestCollector;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'launcher-'));
  data = join(folder, 'data');
  collector = await startCollector({ intervalSeconds: 1 });
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await collector.close();
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({ ...process.env, PANTAU_AGENT_DATA: data, TMPDIR: folder });
function agent(args: string[], options: { program?: string; env?: NodeJS.ProcessEnv } = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = options.env ?? environment();
    execFile(options.program ?? launcher, args, { env, timeout: 30_000, cwd: '/' }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
async function run(): Promise<{ child: ChildProcess; log: () => string }> {
  const child = spawn(launcher, ['run'], { env: environment(), stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await vi.waitFor(() => expect(log).toContain('The agent runs.'), { timeout: 15_000, interval: 20 });
  return { child, log: () => log };
}
async function stop(child: ChildProcess): Promise<{ code: number | null; tookMs: number }> {
  const beganAtMs = performance.now();
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { code: child.exitCode, tookMs: performance.now() - beganAtMs };
}
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const names = () => collector.reports.map(({ session, seq }) => `${session}/${seq}`);

describe.skipIf(!posix.ok)(`launcher ${posix.reason}`, () => {
  it('finds the program through a chain of links, relative ones too', async () => {
    mkdirSync(join(folder, 'bin'));
    symlinkSync(launcher, join(folder, 'first'));
    symlinkSync('../first', join(folder, 'bin', 'pantau-agent'));
    const env = { ...environment(), PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };

    expect((await agent(['--version'], { program: join(folder, 'bin', 'pantau-agent') })).stdout).toBe('0.1.0\n');
    expect((await agent(['-c', 'pantau-agent --version'], { program: '/bin/sh', env })).stdout).toBe('0.1.0\n');
  });

  it('says in one sentence which Node it needs when there is none or an old one', async () => {
    const copy = join(folder, 'pantau', 'agent', 'pantau-agent');
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, readFileSync(launcher));
    chmodSync(copy, 0o755);
    const old = join(folder, 'old');
    mkdirSync(old);
    writeFileSync(join(old, 'node'), '#!/bin/sh\necho 20\n', { mode: 0o755 });
    for (const tool of ['dirname', 'readlink', 'id', 'mkdir']) symlinkSync(await which(tool), join(old, tool));

    const withOld = await agent(['--version'], { program: copy, env: { PATH: old } });
    rmSync(join(old, 'node'));
    const withNone = await agent(['--version'], { program: copy, env: { PATH: old } });

    for (const { code, stderr } of [withOld, withNone]) {
      expect(stderr).toMatch(/^pantau-agent needs Node 24 or newer: .*\n$/);
      expect(code).toBe(1);
    }
  });

  it('keeps its hands off a command behind "--": its options, its environment, its exit code', async () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(data);
    const script = 'echo "$1 $2 $NODE_COMPILE_CACHE."; exit 7';
    const words = ['backup-run', '--dataset', 'simda', '--', 'sh', '-c', script, 'sh', '--data', elsewhere];

    expect(await agent(words)).toMatchObject({ code: 7, stdout: `--data ${elsewhere} .\n` });
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(readdirSync(data).toSorted()).toEqual(['cache', 'runs']);
  });

  it('does not use a cache folder that somebody else could have filled', async () => {
    const trap = join(folder, 'trap');
    mkdirSync(trap);
    symlinkSync(trap, join(folder, 'cache'));
    const env = { ...environment(), PANTAU_AGENT_CACHE: join(folder, 'cache') };

    expect((await agent(['--version'], { env })).code).toBe(0);
    expect(readdirSync(trap)).toEqual([]);
  });
});

describe.skipIf(!posix.ok)(`an agent as a process ${posix.reason}`, () => {
  it('enrols, passes the doctor, reports once, and says what was acknowledged', async () => {
    const enrolled = await agent(['enroll', collector.token, '--node', 'srv-1']);
    expect(enrolled.stdout).toContain('Enrolled: this machine is "srv-1" of dinas-kesehatan');

    const doctor = await agent(['doctor']);
    expect(doctor.stdout).toMatch(/^OK {7}collector: .* answers in \d+ ms without TLS\.$/m);
    expect(doctor.stdout).toMatch(/^OK {7}enrolment: the collector knows this agent/m);

    const sent = await agent(['once']);
    expect(sent.stdout).toMatch(/^Acknowledged by .*: report 1 of session /m);
    expect(sent.code).toBe(0);
    expect(collector.reports).toHaveLength(1);
    expect(collector.reports[0]).toMatchObject({ seq: 1, inventory: { takenAt: expect.any(String) as string } });

    collector.isOpen = false;
    const kept = await agent(['once']);
    expect(kept.stdout).toMatch(/^Not acknowledged by .*: The collector asks to wait/m);
    expect(kept.stdout).toContain('1 report waits in the spool');
    expect(kept.code).toBe(1);
  });

  it('reports each second with its own numbers, one process and no more, and ends with 0 at SIGTERM', async () => {
    await agent(['enroll', collector.token]);
    const { child, log } = await run();
    await until(() => expect(collector.reports.length).toBeGreaterThanOrEqual(3));

    expect(collector.reports.slice(0, 3).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(new Set(collector.reports.map(({ session }) => session)).size).toBe(1);
    expect(readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).toContain('cli/main.ts');
    const second = await agent(['run']);
    expect(second.stderr).toContain(`An agent already runs on ${data} (process ${child.pid})`);
    expect((await agent(['once'])).stdout).toContain(`An agent runs on this folder (process ${child.pid})`);
    const { code, tookMs } = await stop(child);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(5000);
    expect(log()).toContain('The agent stops. signal=SIGTERM');
    expect(existsSync(join(data, 'agent.lock'))).toBe(false);
  });

  it('loses and doubles nothing when it is killed while the collector is away', async () => {
    await agent(['enroll', collector.token]);
    collector.isOpen = false;
    for (let round = 0; round < 2; round++) {
      const { child } = await run();
      const before = collector.requests.length;
      await until(() => expect(collector.requests.length).toBeGreaterThan(before + 1));
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const { queuedCount, damagedCount } = inspectSpool(join(data, 'spool'));
    expect(queuedCount).toBeGreaterThanOrEqual(2);
    collector.isOpen = true;
    const { child } = await run();
    await until(() => expect(new Set(collector.reports.map(({ session }) => session)).size).toBe(3));
    await until(() => expect(inspectSpool(join(data, 'spool')).queuedCount).toBe(0));
    await stop(child);

    expect(new Set(names()).size).toBe(names().length);
    const numbers = new Map<string, number[]>();
    for (const { session, seq } of collector.reports) numbers.set(session, [...(numbers.get(session) ?? []), seq]);
    for (const seqs of numbers.values()) {
      expect(seqs.toSorted((a, b) => a - b)).toEqual(seqs.map((_, index) => index + 1));
    }
    expect([damagedCount, collector.reports[0]?.spool.droppedCount]).toEqual([0, 0]);
  });

  it('takes a new configuration without a restart, and keeps the old one when the new is wrong', async () => {
    await agent(['enroll', collector.token]);
    const { child, log } = await run();
    await until(() => expect(collector.reports.length).toBeGreaterThanOrEqual(1));

    collector.config = { intervalSeconds: 2 };
    await until(() => expect(collector.reports.at(-1)?.intervalSeconds).toBe(2));
    collector.config = { intervalSeconds: 3, backups: [{ dataset: 'simda', source: { kind: 'magic' } }] };
    await until(() => {
      expect(collector.reports.at(-1)?.failures).toContainEqual({
        of: 'configuration',
        reason: expect.stringContaining('"magic" is unknown') as string,
      });
    });

    expect(collector.reports.at(-1)?.intervalSeconds).toBe(2);
    expect(log()).toContain('The new configuration is not used; the old one stays.');
    await stop(child);
  });
});

async function which(tool: string): Promise<string> {
  const { stdout } = await agent(['-c', `command -v ${tool}`], { program: '/bin/sh', env: process.env });
  return stdout.trim();
}
