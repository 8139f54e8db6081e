import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type CollectorProcess, startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { type Api, apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { type KeptPing, keptPings } from '../kit/kept-pings.ts';
import { collectorMain, runProgram } from '../kit/programs.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';

interface ObligationRow {
  subject: string | null;
  status: string;
  reasonCode: string;
  reason: string;
  evidence: { agent: string; session: string; seq: number }[];
}
interface BackupRow {
  dataset: string;
  proof: string;
  status: string;
  lastSuccessAt: string | null;
}

/** The UUID of a check that a department has had in Healthchecks. */
const taken = '07c2f548-9850-4b27-af5d-6c9dc157ec02';
const dataset = (id: string, source: object = {}) => ({
  id,
  schedule: '0 1 * * *',
  grace: '6h',
  proof: 'claimed',
  source: { kind: 'heartbeat', ...source },
});

/** A collector, and a department's office that has no agent. */
class Office {
  readonly folder = mkdtempSync(join(tmpdir(), 'pantau-heartbeat-'));
  readonly collectorData = join(this.folder, 'collector');
  collector: CollectorProcess | undefined;

  async open(): Promise<Api> {
    const datasets = [
      dataset('simda'),
      dataset('simpus'),
      dataset('siks'),
      dataset('sipd'),
      dataset('lama', { uuid: taken }),
    ];
    const text = configText({ datasets });
    this.collector = await startCollectorProcess({ dataFolder: this.collectorData, configText: text });
    return apiOf(this.collector);
  }

  async close(): Promise<void> {
    await this.collector?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What the administrator's own command says where a dataset is reported. */
  async address(id: string): Promise<{ url: string; slugUrl: string; pushUrl: string }> {
    const at = ['--data', this.collectorData, '--url', this.collector?.url ?? ''];
    const { stdout } = await runProgram(collectorMain, ['ping-url', '--json', '--dataset', id, ...at]);
    const [first] = JSON.parse(stdout) as { url: string; slugUrl: string; pushUrl: string }[];
    if (first === undefined) throw new Error(`no address for ${id}`);
    return first;
  }

  /** @returns exit code of the program. */
  async run(program: string, args: string[]): Promise<number> {
    const env = { PATH: process.env['PATH'], HOME: this.folder, LC_ALL: 'C.UTF-8' };
    try {
      await promisify(execFile)(program, args, { env, timeout: 20_000, cwd: this.folder });
      return 0;
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (typeof code === 'number') return code;
      throw error;
    }
  }

  pings(id: string): KeptPing[] {
    return keptPings(this.collectorData).filter((ping) => ping.dataset === id);
  }

  kinds(id: string): string[] {
    return this.pings(id).map(({ kind }) => kind);
  }

  logged(): string {
    return [...(this.collector?.stdoutLines ?? []), ...(this.collector?.stderrLines ?? [])].join('\n');
  }
}

let office: Office;
let api: Api;

beforeAll(async () => {
  office = new Office();
  api = await office.open();
});
afterAll(() => office.close());

const dutyOf = async (id: string, status: string): Promise<ObligationRow> =>
  waitUntil(`${id} to be ${status}`, async () => {
    const rows = await api.list<ObligationRow>('obligations');
    return rows.find((row) => row.subject === id && row.status === status);
  });
const backupOf = async (id: string) => (await api.list<BackupRow>('backups')).find((row) => row.dataset === id);

/** How the last ping of a dataset is cited. */
const evidence = (id: string) => ({ agent: 'ping', session: `dinkes/${id}`, seq: office.pings(id).at(-1)?.number });

const withBorgmatic = needs({ tools: ['borgmatic', 'borg'] });

describe.skipIf(!withBorgmatic.ok)(`borgmatic, unchanged ${withBorgmatic.reason}`, () => {
  it('tells of start, success and failure with its log', async () => {
    const { url } = await office.address('simda');
    const repository = join(office.folder, 'repository');
    mkdirSync(join(office.folder, 'data'));
    writeFileSync(join(office.folder, 'data', 'simda.sql'), 'select 1;\n');
    const config = join(office.folder, 'borgmatic.yaml');
    writeFileSync(
      config,
      stringify({
        location: { source_directories: [join(office.folder, 'data')], repositories: [repository] },
        storage: { unknown_unencrypted_repo_access_is_ok: true },
        hooks: { healthchecks: { ping_url: url } },
      }),
    );
    const borgmatic = (...args: string[]) =>
      office.run('borgmatic', ['-c', config, '--log-file', join(office.folder, 'log'), ...args]);

    expect(await borgmatic('init', '--encryption', 'none')).toBe(0);
    // So verbose that its log holds the address that it reports to.
    expect(await borgmatic('create', '--stats', '--monitoring-verbosity', '2')).toBe(0);
    const good = await dutyOf('simda', 'compliant');
    expect(office.kinds('simda')).toEqual(['start', 'success']);
    const success = office.pings('simda').at(-1);
    expect(success).toMatchObject({ remoteAddress: '127.0.0.1', userAgent: expect.stringMatching(/^python-requests/) });
    expect(success?.text).toContain('Archive fingerprint: ');
    expect(good.evidence).toEqual([evidence('simda')]);
    expect(await backupOf('simda')).toMatchObject({ proof: 'claimed', status: 'compliant' });

    await office.run('mv', [repository, `${repository}-gone`]);
    expect(await borgmatic('create', '--monitoring-verbosity', '2')).toBe(1);
    const failed = await dutyOf('simda', 'breached');
    expect(office.kinds('simda')).toEqual(['start', 'success', 'start', 'fail']);
    expect(failed.reasonCode).toBe('job-failed');
    expect(failed.reason).toContain('the job reported that it failed');
    expect(failed.evidence.at(-1)).toEqual(evidence('simda'));
    const shown = [failed.reason, office.logged(), await api.metrics(), JSON.stringify(await api.list('obligations'))];
    expect(shown.join('\n')).not.toContain(url.slice(-36));
    expect(readFileSync(join(office.folder, 'log'), 'utf8')).not.toContain('Healthchecks error');
  });
});

const withCurl = needs({ tools: ['curl'] });

describe.skipIf(!withCurl.ok)(`plain curl, unchanged ${withCurl.reason}`, () => {
  it('tells from a shell script how each run began and ended', async () => {
    const { slugUrl } = await office.address('simpus');
    const script = join(office.folder, 'backup.sh');
    const lines = [
      'call() { curl -fsS -m 10 --retry 3 -o /dev/null "$@" || exit 99; }',
      `url='${slugUrl}'`,
      'call "$url/start?rid=$2"',
      '$1 > log 2>&1; status=$?',
      'call --data-binary @log "$url/$status?rid=$2"',
      'exit $status',
    ];
    writeFileSync(script, `${lines.join('\n')}\n`);
    const rid = (last: string) => `123e4567-e89b-12d3-a456-42661417400${last}`;

    expect(await office.run('sh', [script, 'true', rid('1')])).toBe(0);
    const good = await dutyOf('simpus', 'compliant');
    expect(good.evidence).toEqual([evidence('simpus')]);
    expect(await office.run('sh', [script, 'ls /nowhere', rid('2')])).toBe(2);
    const failed = await dutyOf('simpus', 'breached');
    expect(failed.reasonCode).toBe('job-failed');
    expect(failed.reason).toMatch(/exit 2 · ls: cannot access '\/nowhere'/);
    expect(office.kinds('simpus')).toEqual(['start', 'success', 'start', 'fail']);
    expect(await office.run('sh', [script, 'true', rid('3')])).toBe(0);
    await dutyOf('simpus', 'compliant');
    expect(await api.series('pantau_pings_total{outcome="start"}')).toBeGreaterThanOrEqual(3);
    expect(await api.series('pantau_pings_total{outcome="fail"}')).toBeGreaterThanOrEqual(1);
  });

  it('keeps using the address of a check that was in Healthchecks, and is told when it calls a wrong one', async () => {
    const curl = (rest: string) => office.run('curl', ['-fsS', `${office.collector?.url}/ping/${rest}`]);

    expect(await curl(taken)).toBe(0);
    await dutyOf('lama', 'compliant');
    // As curl says that the server refused.
    expect(await curl(taken.replace('0', '1'))).toBe(22);
    expect(await curl(`${taken}?ts=2026-01-01T01:00:00`)).toBe(22);
    expect(office.kinds('lama')).toEqual(['success']);
  });

  it('pushes as to Uptime Kuma, where the beginning of a run is no success', async () => {
    const { pushUrl } = await office.address('siks');
    const push = (query: string) => office.run('curl', ['-fsS', `${pushUrl}?${query}`]);

    expect(await push('status=up&msg=start')).toBe(0);
    expect(office.kinds('siks')).toEqual(['start']);
    expect(await backupOf('siks')).toMatchObject({ lastSuccessAt: null, status: 'no-evidence' });
    expect(await push('status=up&msg=finish&ping=')).toBe(0);
    await dutyOf('siks', 'compliant');
    expect(await push('status=down&msg=fail')).toBe(0);
    expect((await dutyOf('siks', 'breached')).reason).toContain('fail');
  });

  it('finds what was acknowledged after the power failed', async () => {
    const { url } = await office.address('sipd');
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();

    expect(await office.run('curl', ['-fsS', `${url}?ts=${hourAgo}`])).toBe(0);
    await office.collector?.kill9();
    api = await office.open();
    await dutyOf('sipd', 'compliant');
    expect(Date.parse((await backupOf('sipd'))?.lastSuccessAt ?? '')).toBe(Date.parse(hourAgo));
    expect((await office.address('sipd')).url.slice(-36)).toBe(url.slice(-36));
  });

  it('is told that its address is gone once the configuration has lost it', async () => {
    const call = () => office.run('curl', ['-fsS', `${office.collector?.url}/ping/${taken}/log`]);
    const { configPath = '', pid = 0 } = office.collector ?? {};

    expect(await call()).toBe(0);
    writeFileSync(configPath, readFileSync(configPath, 'utf8').replace(taken, taken.replace('0', '1')));
    process.kill(pid, 'SIGHUP');
    await waitUntil('the address to be gone', async () => (await call()) === 22);
  });
});
