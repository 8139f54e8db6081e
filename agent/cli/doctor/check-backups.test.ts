import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackupConfig } from '../../../shared/agent-config-schema.ts';
import { systemClock } from '../../../shared/clock.ts';
import type { ReportBackup } from '../../../shared/report-schema.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { needs } from '../../../test/requirements.ts';
import { restoreTestsFolderOf, runsFolderOf, writeJournal } from '../../backups/journal.ts';
import { resticBench, resticPassword } from '../../backups/restic/repository.test-kit.ts';
import { someConfig } from '../../config/agent-config.test-kit.ts';
import { backupFinding, checkBackups } from './check-backups.ts';
import { formatFinding } from './finding.ts';

const agent = 'a'.repeat(16);

interface Desk {
  folder: string;
  dataFolder: string;
  /** What the doctor prints of these datasets, with the folder's name taken out. */
  lines: (...backups: BackupConfig[]) => Promise<string[]>;
}

function desk(): Desk {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'data');
  mkdirSync(dataFolder);
  return {
    folder,
    dataFolder,
    async lines(...backups) {
      const findings = await checkBackups(someConfig(agent, { backups }), { dataFolder, clock: systemClock });
      return findings.map((finding) => formatFinding(finding).replaceAll(folder, '<here>'));
    },
  };
}

const files = (folder: string) => ({ kind: 'files', path: `${folder}/*.sql` }) as { kind: string };

function record(dataFolder: string, dataset: string, more: object): void {
  writeJournal(runsFolderOf(dataFolder, dataset), '20261120T000000000Z-a', {
    state: 'ended',
    tool: 'rsync',
    startedAt: '2026-11-20T00:00:00.000Z',
    completedAt: '2026-11-20T00:00:02.500Z',
    durationMs: 2500,
    lastLines: [],
    ...more,
  });
}

function recordTest(dataFolder: string, dataset: string, more: object): void {
  const runId = '20261121T000000000Z-a';
  writeJournal(restoreTestsFolderOf(dataFolder, dataset), runId, {
    dataset,
    drill: 'archive',
    runId,
    startedAt: '2026-11-21T00:00:00Z',
    completedAt: '2026-11-21T00:00:05Z',
    ...more,
  });
}

describe('the doctor on backups', () => {
  it('says when there is none to watch', async () => {
    expect(await desk().lines()).toEqual(['OK       backups: this agent is not asked to watch any.']);
  });

  it('tells what was found, that nothing was recorded, and which restore test would prove more', async () => {
    const { folder, dataFolder, lines } = desk();
    writeFileSync(join(folder, 'db.sql'), 'xyz');
    utimesSync(join(folder, 'db.sql'), 1_700_000_000, 1_700_000_000);
    expect(await lines({ dataset: 'simda', source: files(folder) })).toEqual([
      'OK       backup simda: the newest is good: db.sql (3 bytes, 2023-11-14T22:13:20.000Z).',
      'OK       backup simda: <here>/db.sql is the newest file that matches, and can be read.',
      'OK       runs simda: none was recorded by "pantau-agent backup-run".',
      'OK       restore test simda: none is set up; "restoreTest: { kind: archive }" below the dataset in pantau.yaml would prove more.',
    ]);
    expect(readdirSync(dataFolder)).toEqual([]);
  });

  it('tells what the commands beside the agent left, of a dataset without a source too', async () => {
    const { dataFolder, lines } = desk();
    record(dataFolder, 'dipanggil', { outcome: 'failed', exitCode: 23 });
    recordTest(dataFolder, 'dipanggil', { outcome: 'failed', reason: 'damaged-backup: db.tar is damaged' });
    const restoreTest = { kind: 'archive', path: '/x/*' } as { kind: string };
    expect(await lines({ dataset: 'dipanggil', restoreTest })).toEqual([
      'OK       backup dipanggil: the collector hears of it from others; this agent tells of recorded runs and restore tests only.',
      'PROBLEM  runs dipanggil: 1 recorded by "pantau-agent backup-run"; the newest (rsync) began at 2026-11-20T00:00:00.000Z, took 2.5 s and ended with exit code 23: failed. Remedy: read what the job wrote, repair it, and run it again.',
      'PROBLEM  restore test dipanggil: the last one ("archive", 2026-11-21T00:00:05Z) failed: damaged-backup: db.tar is damaged. Remedy: repair what the reason names, then run "pantau-agent restore-test --dataset dipanggil --data <here>/data".',
    ]);
    record(dataFolder, 'dipanggil', { outcome: 'ok', exitCode: 0 });
    recordTest(dataFolder, 'dipanggil', { outcome: 'ok', objectName: 'db.tar' });
    expect((await lines({ dataset: 'dipanggil', restoreTest })).slice(1)).toEqual([
      'OK       runs dipanggil: 1 recorded by "pantau-agent backup-run"; the newest (rsync) began at 2026-11-20T00:00:00.000Z, took 2.5 s and ended with exit code 0: ok.',
      'OK       restore test dipanggil: the last one ("archive", 2026-11-21T00:00:05Z, db.tar) passed.',
    ]);
  });

  it('says of a restore test that it was never run, or that its command is not allowed here', async () => {
    const { dataFolder, lines } = desk();
    const restoreTest = { kind: 'command', command: 'coba' } as { kind: string };
    const ofTest = async () => (await lines({ dataset: 'simda', restoreTest })).at(-1);
    expect(await ofTest()).toBe(
      'PROBLEM  restore test simda: "command" cannot be run: <here>/data/commands.json does not exist, so "coba" is not known; write it, say {"coba": ["/path/to/program", "argument"]}. Remedy: correct commands.json, then run "pantau-agent restore-test --dataset simda --data <here>/data".',
    );
    writeFileSync(join(dataFolder, 'commands.json'), '{"coba": ["true"]}', { mode: 0o644 });
    expect(await ofTest()).toBe(
      'PROBLEM  restore test simda: "command" is set up and was never run. Remedy: run "pantau-agent restore-test --dataset simda --data <here>/data".',
    );
  });

  it('tells of the runs once where they are the source', async () => {
    const { dataFolder, lines } = desk();
    const config = { dataset: 'simda', source: { kind: 'command' } };
    expect((await lines(config)).slice(0, -1)).toEqual([
      'PROBLEM  backup simda: nothing found: never-started. Remedy: run the backup job, or correct where it looks in pantau.yaml.',
      'PROBLEM  backup simda: no run has been written down yet. Remedy: let the backup job call "pantau-agent backup-run --dataset simda -- COMMAND", as root or as the agent\'s user.',
    ]);
    record(dataFolder, 'simda', { outcome: 'warning', exitCode: 24, reason: 'files vanished' });
    expect((await lines(config)).slice(0, -1)).toEqual([
      'PROBLEM  backup simda: the newest was made only in part: 20261120T000000000Z-a (2026-11-20T00:00:02.500Z, exit code 24): files vanished. Remedy: read what the job wrote, repair what it warns of, and run it again.',
      'OK       backup simda: 1 runs are written down; the newest (rsync) began at 2026-11-20T00:00:00.000Z, took 2.5 s and ended with exit code 24: warning.',
    ]);
  });

  it('gives the exact remedy of a source that cannot look, once', async () => {
    const { folder, lines } = desk();
    const [claim, explained] = await lines({ dataset: 'simda', source: files(join(folder, 'tiada')) });
    expect(claim).toMatch(/^PROBLEM {2}backup simda: source files could not look: .* Remedy: see the next line\.$/);
    expect(explained).toBe(
      'PROBLEM  backup simda: <here>/tiada does not exist. Remedy: create it, mount it, or correct the path of the dataset.',
    );
  });

  it('is not led astray by what lies in the place of its records', async () => {
    const { folder, dataFolder, lines } = desk();
    mkdirSync(join(dataFolder, 'runs'));
    symlinkSync('/etc/passwd', join(dataFolder, 'runs', 'simda'));
    writeFileSync(join(dataFolder, 'restore-tests'), 'x');
    const source = files(folder);
    const restoreTest = { kind: 'archive' };
    const said = await lines({ dataset: 'simda', source, restoreTest });
    expect(said.slice(2).map((line) => line.replace(/:[^:]*Remedy.*/, ''))).toEqual([
      'PROBLEM  runs simda: they cannot be read: ENOTDIR',
      'PROBLEM  restore test simda: what the last one found cannot be read: ENOTDIR',
    ]);
  });

  it.each<[Partial<ReportBackup>, boolean, string]>([
    [{ outcome: 'running', startedAt: '2026-11-20T00:00:00Z' }, true, 'one runs now, since 2026-11-20T00:00:00Z.'],
    [
      { outcome: 'no-data', reason: 'still-being-written' },
      true,
      'a file that matches is still being written, and none is complete yet.',
    ],
    [{ outcome: 'no-data' }, false, 'nothing found.'],
    [{ outcome: 'failed', runId: 'r1', reason: 'rusak' }, false, 'the newest failed: r1 (no time): rusak.'],
    [{ outcome: 'unknown', reason: 'EACCES' }, false, 'source files could not look: EACCES.'],
  ])('puts %j into words', (claim, ok, text) => {
    expect(backupFinding({ dataset: 'simda', source: 'files', outcome: 'ok', ...claim })).toMatchObject({ ok, text });
  });
});

const needed = needs({ tools: ['restic'] });
describe.skipIf(!needed.ok)(`the doctor on a restic repository ${needed.reason}`, () => {
  it('tells what is in it, leaves nothing behind, and names the password file when it is wrong', async () => {
    const { settings, passwordFile } = resticBench();
    const { dataFolder, lines } = desk();
    const said = await lines({ dataset: 'simda', source: settings });
    expect(said[0]).toMatch(/^OK {7}backup simda: the newest is good: .* bytes, 2026-11-21T/);
    expect(said[1]).toMatch(/^OK {7}backup simda: restic repository [0-9a-f]{10} at .*: 2 snapshots in all;/);
    expect(existsSync(join(dataFolder, 'restic-cache'))).toBe(false);

    writeFileSync(passwordFile, 'salah\n');
    const wrong = await lines({ dataset: 'simda', source: settings });
    expect(wrong[0]).toMatch(/^PROBLEM {2}backup simda: .*wrong-password: .* Remedy: see the next line\.$/);
    expect(wrong[1]).toMatch(/^PROBLEM {2}backup simda: .* Remedy: .*password.*\.$/);
    expect([...said, ...wrong].join('\n')).not.toContain(resticPassword);
  });
});
