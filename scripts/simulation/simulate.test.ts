import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apiOf } from '../../test/kit/api.ts';
import { temporaryFolder } from './temporary-folder.test-kit.ts';

const mainFile = fileURLToPath(new URL('../simulate.ts', import.meta.url));

function simulate(...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, [mainFile, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGTERM'));
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
  const exitCode = new Promise<number | null>((resolve) => void child.once('close', resolve));
  return { child, said, exitCode };
}

async function rowsOf<Row>(greeting: string, name: string): Promise<Row[]> {
  const url = /page +(\S+)/.exec(greeting)?.[1] ?? '';
  const token = readFileSync(/bearer token in (.*\/admin-token)/.exec(greeting)?.[1] ?? '', 'utf8').trim();
  return apiOf({ url: url.replace(/\/$/, ''), adminToken: token }).list<Row>(name);
}

/** Every incident that there was, open or not. */
async function causesOf(greeting: string): Promise<string[]> {
  const rows = await rowsOf<{ pd: string; cause: string }>(greeting, 'incidents');
  return rows.map(({ pd, cause }) => `${pd} ${cause}`).toSorted();
}

/** What is said of the duty to back up into the Pusat Data, and of how many departments. */
async function backupVerdicts(greeting: string): Promise<Record<string, string[]>> {
  const rows = await rowsOf<{ pd: string; obligation: string; reasonCode: string; status: string }>(
    greeting,
    'obligations',
  );
  const backups = rows.filter(({ obligation }) => obligation === 'lebong-19-1-pencadangan-berkala');
  const groups = Map.groupBy(backups, ({ status, reasonCode }) => `${status} ${reasonCode}`);
  return Object.fromEntries([...groups].map(([said, of]) => [said, of.map(({ pd }) => pd).toSorted()]));
}

describe('npm run simulate', () => {
  it('brings back 20 agents with an hour of spool and loses none of their 1 200 reports', async () => {
    const folder = temporaryFolder();
    const { said, exitCode } = simulate('--scenario', 'reconnect', '--agents', '20', '--data', folder);
    expect({ code: await exitCode, err: said.err }).toEqual({ code: 0, err: '' });
    expect(said.out).toContain('1200 sent, 1200 acknowledged (1200 new, 0 duplicates), 0 put off, 0 refused for good');
    expect(said.out).toContain('answers   200: 60\n');
    expect(said.out).toContain('Everything that was sent is there, once.');

    const database = new Database(join(folder, 'pantau.db'), { readonly: true });
    onTestFinished(() => void database.close());
    const kept = database
      .prepare('SELECT count(*) AS reports, count(DISTINCT session) AS sessions, max(seq) AS highest FROM reports')
      .get();
    expect(kept).toEqual({ reports: 1200, sessions: 20, highest: 60 });
  }, 20_000);

  it('lets late reports of an outage keep their own times', async () => {
    const folder = temporaryFolder();
    const args = ['--scenario', 'outage', '--agents', '12', '--interval', '1', '--duration', '9', '--data', folder];
    const { said, exitCode } = simulate(...args);
    expect({ code: await exitCode, err: said.err }).toEqual({ code: 0, err: '' });
    const lateCount = Number(/They are back with (\d+) late reports/.exec(said.out)?.[1]);
    expect(lateCount).toBeGreaterThanOrEqual(4);
    const database = new Database(join(folder, 'pantau.db'), { readonly: true });
    onTestFinished(() => void database.close());
    // Stamped with their arrival they would have no age at all.
    const aged = database
      .prepare(
        `SELECT count(*) AS reports FROM reports JOIN bodies ON bodies.key = reports.body
         WHERE reports.late = 1 AND bodies.received_at - reports.taken_at > 1500`,
      )
      .get() as { reports: number };
    expect(aged.reports).toBeGreaterThanOrEqual(lateCount / 3);
  }, 20_000);

  it('shows the troubles of a Kabupaten as incidents of the right departments, and the rest as proven', async () => {
    const { child, said, exitCode } = simulate('--interval', '1');
    await expect.poll(() => said.out, { timeout: 10_000 }).toContain('40 agents, scenario "kabupaten"');
    await expect
      .poll(() => causesOf(said.out), { timeout: 16_000, interval: 200 })
      .toEqual([
        'bkd backup-overdue',
        'dinkes arrival-truncated',
        'dpmd no-dataset',
        'kec-pelabai wan-down',
        'kec-topos wan-down',
        'rsud backup-empty',
      ]);
    const { 'compliant backup-arrived': healthy, ...troubles } = await backupVerdicts(said.out);
    const page = await (await fetch(/page +(\S+)/.exec(said.out)?.[1] ?? '')).text();
    child.kill('SIGINT');
    expect({ code: await exitCode, err: said.err }).toEqual({ code: 0, err: '' });
    expect(page).toContain('Pemerintah Kabupaten Lebong (simulasi)');
    expect(troubles).toEqual({
      'breached backup-overdue': ['bkd'],
      'breached arrival-truncated': ['dinkes'],
      'breached backup-empty': ['rsud'],
      'no-evidence no-dataset': ['dpmd'],
    });
    expect(healthy).toHaveLength(36);
  }, 30_000);

  it('ends cleanly on Ctrl-C, with its collector and its temporary folder', async () => {
    const { child, said, exitCode } = simulate('--scenario', 'steady', '--agents', '3', '--interval', '1');
    await expect.poll(() => said.out, { timeout: 15_000 }).toContain('3 agents, scenario "steady"');
    child.kill('SIGINT');
    expect({ code: await exitCode, err: said.err }).toEqual({ code: 0, err: '' });
    expect(said.out.trimEnd().split('\n').at(-1)).toBe('Stopped.');
    expect(existsSync(/bearer token in (.*)\/admin-token/.exec(said.out)?.[1] ?? '.')).toBe(false);
    const page = /page +(\S+)/.exec(said.out)?.[1] ?? '';
    await expect(fetch(page)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  }, 20_000);

  it('ends with 2 and one sentence when it is called wrongly', async () => {
    const { said, exitCode } = simulate('--scenario', 'storm');
    expect(await exitCode).toBe(2);
    expect(said.err).toBe(
      '--scenario "storm" must be one of kabupaten, lengkap, steady, reconnect, outage. See "npm run simulate -- --help".\n',
    );
  });
});
