import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { PgbackrestCluster } from '../../agent/backups/pgbackrest/cluster.test-kit.ts';
import { cheapenKey } from '../../agent/backups/restic/cheap-key.test-kit.ts';

/** A real tool that makes backups of a dataset in a folder of the department. */
export interface BackupTool {
  name: string;
  /** `source` of the dataset in pantau.yaml. */
  source(folder: string): Record<string, unknown>;
  init(folder: string): void;
  /** Makes a backup of so many bytes that is completed at that time; the tool runs in that zone. */
  make(folder: string, backup: { atMs: number; sizeBytes: number; zone?: string }): void;
  /** A command that fails as the tool does, for `pantau-agent backup-run`. */
  failing(folder: string): string[];
  /** The file in which damage hurts. */
  victim(folder: string): string;
  /** Verdicts that differ with what can be seen of the tool's files. */
  reasons: { arrived: string; cut: string; flipped: string };
}

const environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' };

function run(program: string, args: readonly string[], env: Record<string, string> = {}, cwd = '/'): void {
  execFileSync(program, args, {
    cwd,
    env: { ...environment, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 60_000,
  });
}

/** Copies a department's folder into the vault with the real rsync. */
export function sendToVault(folder: string, vaultFolder: string): void {
  mkdirSync(vaultFolder, { recursive: true });
  run('rsync', ['-a', '--delete', `${folder}/`, `${vaultFolder}/`]);
}

/** Cuts the second half off a file, leaving its time as it was. */
export function cutOff(path: string): void {
  const { size, atime, mtime } = statSync(path);
  truncateSync(path, Math.floor(size / 2));
  utimesSync(path, atime, mtime);
}

/** Turns one byte in the middle of a file, leaving size and time as they were. */
export function flipByte(path: string): void {
  const { size, atime, mtime } = statSync(path);
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, size >>> 1);
  writeSync(file, Buffer.from([(byte[0] ?? 0) ^ 0xff]), 0, 1, size >>> 1);
  fsyncSync(file);
  closeSync(file);
  utimesSync(path, atime, mtime);
}

const stamp = (atMs: number) => new Date(atMs).toISOString().slice(0, 19);

/** Writes what is to be backed up: random bytes, so that no tool can make it smaller; nothing for an empty one. */
function payload(folder: string, sizeBytes: number): string {
  const path = join(folder, '..', 'isi');
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  if (sizeBytes > 0) writeFileSync(join(path, 'data.bin'), randomBytes(sizeBytes));
  return path;
}

/** Dated files in a folder, as a nightly job with tar leaves them. */
export const tarTool: BackupTool = {
  name: 'tar',
  source: (folder) => ({ kind: 'files', path: `${folder}/*.tar` }),
  init: (folder) => void mkdirSync(folder, { recursive: true }),
  make(folder, { atMs, sizeBytes }) {
    const path = join(folder, `simpus-${stamp(atMs).replaceAll(':', '')}.tar`);
    if (sizeBytes === 0) writeFileSync(path, '');
    else run('tar', ['-cf', path, '-C', payload(folder, sizeBytes), '.']);
    utimesSync(path, atMs / 1000, atMs / 1000);
  },
  failing: () => ['tar', '-cf', '/dev/null', '/nonexistent-folder-of-a-test'],
  victim: (folder) => newestFile(folder),
  reasons: { arrived: 'backup-arrived', cut: 'arrival-truncated', flipped: 'arrival-mismatch' },
};

/** Plain dumps of a real database into dated files. */
export function pgDumpTool(cluster: PgbackrestCluster): BackupTool {
  const dump = (database: string) => `pg_dump -h ${join(cluster.folder, 'socket')} -U postgres ${database}`;
  return {
    ...tarTool,
    name: 'pg_dump',
    source: (folder) => ({ kind: 'files', path: `${folder}/*.sql` }),
    make(folder, { atMs, sizeBytes }) {
      const path = join(folder, `simpus-${stamp(atMs).replaceAll(':', '')}.sql`);
      const rowCount = Math.floor(sizeBytes / 33);
      cluster.sql('DROP TABLE IF EXISTS isi');
      cluster.sql(`CREATE TABLE isi AS SELECT md5(random()::text) FROM generate_series(1, ${rowCount})`);
      // What every script without "pipefail" does: the dump fails, the pipe succeeds, the file is empty.
      const script = `${dump(sizeBytes === 0 ? 'no_such_database' : 'postgres')} 2>/dev/null | cat > "$1"`;
      run('sh', ['-c', script, 'sh', path]);
      utimesSync(path, atMs / 1000, atMs / 1000);
    },
    failing: () => ['pg_dump', '-h', '/nonexistent-folder-of-a-test', 'simpus'],
  };
}

const resticEnvironment = (folder: string) => ({
  RESTIC_REPOSITORY: folder,
  RESTIC_PASSWORD: 'rahasia',
  HOME: join(folder, '..'),
});

export const resticTool: BackupTool = {
  name: 'restic',
  source: (folder) => ({ kind: 'restic', repository: folder, passwordFile: join(folder, '..', 'sandi') }),
  init(folder) {
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(join(folder, '..', 'sandi'), 'rahasia\n', { mode: 0o600 });
    run('restic', ['init', '--no-cache', '-q'], resticEnvironment(folder));
    cheapenKey(folder, 'rahasia');
  },
  make(folder, { atMs, sizeBytes, zone = 'UTC' }) {
    const source = payload(folder, sizeBytes);
    const args = ['backup', '--no-cache', '-q', '--time', localTime(atMs, zone), source];
    run('restic', args, { ...resticEnvironment(folder), TZ: zone });
  },
  failing: (folder) => ['restic', '-r', join(folder, 'no-such-repository'), '--no-cache', 'backup', '/etc/hostname'],
  victim: (folder) => newestLargeFile(join(folder, 'data')),
  // Its files name or carry their own checksums: reading them once proves them.
  reasons: { arrived: 'backup-intact', cut: 'damaged-in-vault', flipped: 'damaged-in-vault' },
};

const borgEnvironment = (folder: string) => ({
  BORG_PASSPHRASE: 'rahasia',
  BORG_BASE_DIR: join(folder, '..', 'borg'),
  BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
  BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
});

export const borgTool: BackupTool = {
  name: 'borg',
  source: (folder) => ({ kind: 'borg', repository: folder, passphraseFile: join(folder, '..', 'sandi') }),
  init(folder) {
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(join(folder, '..', 'sandi'), 'rahasia\n', { mode: 0o600 });
    run('borg', ['init', '-e', 'repokey', folder], borgEnvironment(folder));
    for (const path of filesBelow(folder)) utimesSync(path, 1e9, 1e9);
  },
  make(folder, { atMs, sizeBytes, zone = 'UTC' }) {
    const source = payload(folder, sizeBytes);
    const args = ['create', '--compression', 'none', '--timestamp', stamp(atMs), `${folder}::simpus-${atMs}`, '.'];
    const before = new Set(filesBelow(folder));
    run('borg', args, { ...borgEnvironment(folder), TZ: zone }, source);
    // As if it had been made then: the archive says so, and so do its files.
    for (const path of filesBelow(folder)) if (!before.has(path)) utimesSync(path, atMs / 1000, atMs / 1000);
  },
  failing: (folder) => ['borg', 'create', `${folder}-no-such-repository::x`, '/etc/hostname'],
  victim: (folder) => newestLargeFile(join(folder, 'data')),
  // Its files name or carry their own checksums: reading them once proves them.
  reasons: { arrived: 'backup-intact', cut: 'damaged-in-vault', flipped: 'damaged-in-vault' },
};

/** `YYYY-MM-DD HH:MM:SS` on the wall of a zone. */
function localTime(atMs: number, zone: string): string {
  return new Date(atMs).toLocaleString('sv-SE', { timeZone: zone });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The large file of the last backup. */
function newestLargeFile(folder: string): string {
  const files = filesBelow(folder).map((path) => ({ path, ...statSync(path) }));
  const most = Math.max(...files.map(({ size }) => size));
  return files.filter(({ size }) => size >= most / 2).toSorted((a, b) => b.mtimeMs - a.mtimeMs)[0]?.path ?? '';
}

function newestFile(folder: string): string {
  return filesBelow(folder).toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0] ?? '';
}
