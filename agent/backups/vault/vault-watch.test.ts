import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import { createLogger } from '../../../shared/logger.ts';
import { needs } from '../../../test/requirements.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { expectValid } from './report-checks.test-kit.ts';
import { movedClock, states, vaultConfig } from './vault-reader.test-kit.ts';
import type { VaultReport } from './vault-report.ts';
import { createVaultWatch, type VaultWatchOptions } from './vault-watch.ts';

const linux = needs({ linux: true });
const readerName = 'vault-reader-main';

function bench(paths: readonly string[], change: Partial<VaultConfig> = {}, options: Partial<VaultWatchOptions> = {}) {
  const folder = temporaryFolder();
  const root = join(folder, 'vault');
  const clock = movedClock();
  const lines: string[] = [];
  const logger = createLogger(
    (line) => lines.push(line),
    () => 0,
  );
  for (const path of paths) mkdirSync(join(root, path), { recursive: true });
  const open = () => {
    const watch = createVaultWatch({ dataFolder: join(folder, 'data'), clock, logger, ...options });
    onTestFinished(() => watch.close());
    return watch;
  };
  const config = { ...vaultConfig(root, paths), ...change };
  return { folder, root, clock, lines, config, watch: open(), open };
}

/** The most memory that a process ever had, with what it shares with others. */
function peakMemoryBytes(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

function sha256OfZeros(sizeBytes: number): string {
  const hash = createHash('sha256');
  const zeros = Buffer.alloc(1e6);
  for (let done = 0; done < sizeBytes; done += zeros.length) hash.update(zeros);
  return hash.digest('hex');
}

/** Programs below this process that read vaults. */
function readers(parentPid = process.pid): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const isReader = readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(readerName);
        return isReader && state !== 'Z' && (parentPid === 0 || Number(parent) === parentPid);
      } catch {
        return false;
      }
    });
}

describe('a watch over vaults', () => {
  it('tells at once what there is when it is told to wait, and later what is new', async () => {
    const { root, config, watch } = bench(['a', 'b']);
    writeFileSync(join(root, 'a/young.sql'), 'x');
    const first = await watch.take([config], { wait: true });
    expectValid(first);
    // A file that came just now may still be written to.
    expect(first.arrivals).toEqual([]);
    expect(first.holdings.map(({ dataset, kind, fileCount }) => [dataset, kind, fileCount])).toEqual([
      ['a', 'files', 1],
      ['b', 'empty', 0],
    ]);
    expect(first.vaultScans).toMatchObject([{ vault: 'utama', outcome: 'ok', entryCount: 3 }]);
    const second = await watch.take([config], { wait: true });
    expect([second.arrivals, second.holdings, second.vaultScans.length]).toEqual([[], [], 1]);
  });

  it('works in the background, with vaults that come and go', async () => {
    const { root, config, watch } = bench(['a']);
    writeFileSync(join(root, 'new.sql'), 'x');
    const reports: VaultReport[] = [];
    const told = () =>
      waitUntil('a holding', async () => {
        reports.push(await watch.take([config]));
        return reports.some(({ holdings }) => holdings.length > 0);
      });
    await told();
    const other = { ...config, datasets: [{ pd: 'rsud', dataset: 'simrs', path: 'a' }] };
    const report = await watch.take([other], { wait: true });
    expect(report.holdings).toMatchObject([{ pd: 'rsud', dataset: 'simrs' }]);
    expect(await watch.take([])).toEqual({ arrivals: [], holdings: [], vaultScans: [] });
    if (linux.ok) expect(readers()).toEqual([]);
    expect((await watch.take([config], { wait: true })).holdings).toMatchObject([{ dataset: 'a' }]);
  });

  it('fits what it tells into reports, and tells nothing twice', async () => {
    const paths = Array.from({ length: 150 }, (_, number) => `d${number}`);
    const { config, watch } = bench(paths);
    const first = await watch.take([config], { wait: true });
    const second = await watch.take([config]);
    for (const report of [first, second]) expectValid(report);
    expect([first.holdings.length, second.holdings.length]).toEqual([128, 22]);
    expect(new Set([...first.holdings, ...second.holdings].map(({ dataset }) => dataset)).size).toBe(150);
  });

  it('tells of a vault that is not there', async () => {
    const { config, watch } = bench([], { root: '/nonexistent/vault' });
    const { vaultScans } = await watch.take([config], { wait: true });
    expect(vaultScans).toMatchObject([{ outcome: 'failed', entryCount: 0 }]);
    expect(vaultScans[0]?.reason).toMatch(/^root-missing: /);
  });

  it('tells that nothing is read when its reader fails, and starts another after a while', async () => {
    const script = join(temporaryFolder(), 'vault-reader-main.mjs');
    writeFileSync(script, "throw new TypeError('broken for this test');");
    const { config, watch, clock, lines } = bench(['a'], {}, { scriptPath: script, restateEveryMs: 3_600_000 });
    const { vaultScans } = await watch.take([config], { wait: true });
    expect(vaultScans).toMatchObject([
      {
        vault: 'utama',
        outcome: 'failed',
        reason: expect.stringContaining('TypeError: broken for this test') as string,
      },
    ]);
    expect(vaultScans[0]?.reason).toMatch(/^reader-failed: it ended with exit code 1/);
    expect(lines).toHaveLength(1);
    expect((await watch.take([config])).vaultScans).toEqual([]);
    writeFileSync(script, `await import(${JSON.stringify(new URL('vault-reader-main.ts', import.meta.url).href)});`);
    expect((await watch.take([config], { wait: true })).vaultScans).toEqual([]);
    clock.advanceMs(60_000);
    expect((await watch.take([config], { wait: true })).vaultScans).toMatchObject([{ outcome: 'ok' }]);
  });

  it('gives up a reader that hangs, and says so', async () => {
    const script = join(temporaryFolder(), 'vault-reader-main.mjs');
    writeFileSync(script, 'setInterval(() => {}, 1000);');
    const { config, watch, clock } = bench(['a'], {}, { scriptPath: script });
    expect((await watch.take([config])).vaultScans).toEqual([]);
    clock.advanceMs(600_000);
    const { vaultScans } = await watch.take([config]);
    expect(vaultScans).toMatchObject([{ outcome: 'failed', reason: expect.stringMatching(/^no-answer: /) as string }]);
    if (linux.ok) await waitUntil('the end of the reader', () => readers().length === 0);
  });
});

describe.skipIf(!linux.ok)(`the reader of vaults ${linux.reason}`, () => {
  it('ends quickly in the middle of a long reading, and keeps what it knows', async () => {
    const slow = { hashBytesPerSecond: 1_000_000, scanEverySeconds: 1 };
    const { root, config, watch, open } = bench(['a'], slow, { quietMs: 500 });
    writeFileSync(join(root, 'a/small.sql'), 'x');
    writeFileSync(join(root, 'a/large.img'), '');
    truncateSync(join(root, 'a/large.img'), 1e9);
    const reports: VaultReport[] = [];
    // The small one does not wait for the large one.
    const isHashed = () =>
      reports.some(({ arrivals }) => arrivals.some(({ objectName, sha256 }) => objectName === 'small.sql' && sha256));
    await waitUntil('the small file, while the large one is read', async () => {
      reports.push(await watch.take([config]));
      return isHashed();
    });
    const beganAtMs = performance.now();
    await watch.close();
    expect(performance.now() - beganAtMs).toBeLessThan(1500);
    expect(readers()).toEqual([]);
    expect(await watch.take([config])).toEqual({ arrivals: [], holdings: [], vaultScans: [] });
    const again = open();
    const known = await waitUntil('what was known', async () => {
      const report = await again.take([config]);
      return report.arrivals.find(({ objectName }) => objectName === 'small.sql');
    });
    expect(known.sha256).toMatch(/^2d711642b726b044/);
    expect(states({ arrivals: [known], holdings: [], vaultScans: [] })).toEqual(['present small.sql']);
  });

  it('reads a large file in little memory, and lets nobody wait for it', { timeout: 60_000 }, async () => {
    const { root, config, watch } = bench(['a'], { hashBytesPerSecond: 1e9 }, { quietMs: 0 });
    writeFileSync(join(root, 'a/large.img'), '');
    truncateSync(join(root, 'a/large.img'), 400e6);
    await watch.take([config]);
    const peakBytes = () => Math.max(...readers().map(peakMemoryBytes));
    const beganAtMs = performance.now();
    await watch.take([config]);
    expect(performance.now() - beganAtMs).toBeLessThan(2000);
    const { arrivals } = await watch.take([config], { wait: true });
    expect(arrivals).toMatchObject([{ sizeBytes: 400e6, sha256: sha256OfZeros(400e6) }]);
    expect(peakBytes()).toBeLessThan(150e6);
  });

  it('ends with an agent that is killed', async () => {
    const { folder, config } = bench(['a']);
    const modules = ['./vault-watch.ts', '../../../shared/clock.ts', '../../../shared/logger.ts'];
    const [watch, clock, logger] = modules.map((path) => JSON.stringify(new URL(path, import.meta.url).href));
    const program = `
      import { createVaultWatch } from ${watch};
      import { systemClock } from ${clock};
      import { silentLogger } from ${logger};
      const options = { dataFolder: ${JSON.stringify(join(folder, 'data'))}, clock: systemClock, logger: silentLogger };
      await createVaultWatch(options).take([${JSON.stringify(config)}], { wait: true });
      process.stdout.write('ready');
      setInterval(() => {}, 1000);`;
    const agent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void agent.kill('SIGKILL'));
    await new Promise((resolve) => agent.stdout.once('data', resolve));
    const [pid] = readers(agent.pid);
    expect(pid).toBeDefined();
    agent.kill('SIGKILL');
    await waitUntil('the end of the reader', () => !readers(0).includes(pid ?? 0));
  });
});
