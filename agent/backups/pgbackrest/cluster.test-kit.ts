import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needs } from '../../../test/requirements.ts';
import type { SourceSettings } from '../backup-source.ts';
import { systemPath } from '../tools/source-deps.test-kit.ts';

export const clusterNeeds = needs({ root: true, linux: true, tools: ['pgbackrest', 'pg_ctlcluster', 'runuser'] });

export interface PgbackrestCluster {
  folder: string;
  repository: string;
  configFile: string;
  /** Another configuration with other lines under `[global]`. @returns its path. */
  configure: (name: string, lines: readonly string[]) => string;
  settings: (configFile?: string) => SourceSettings;
  /** Runs the real pgBackRest as the user postgres. */
  pgbackrest: (...args: string[]) => string;
  /** Runs SQL in the cluster. */
  sql: (text: string) => string;
  /** Changes files of the cluster while it is down. */
  whileStopped: (change: (dataFolder: string) => void) => void;
  remove: () => void;
}

/** A PostgreSQL cluster that listens on no network, with page checksums, and a stanza `simda` that archives its WAL. */
export function createCluster(): PgbackrestCluster {
  const folder = mkdtempSync(join(tmpdir(), 'pantau-pgbackrest-'));
  chmodSync(folder, 0o755);
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })));
  const at = (name: string) => join(folder, name);
  for (const name of ['data', 'repository', 'log', 'lock', 'socket']) {
    mkdirSync(at(name), { mode: 0o700 });
    chownSync(at(name), uid ?? -1, gid ?? -1);
  }
  const bin = globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1) ?? '';
  const asPostgres = (program: string, ...args: string[]) =>
    execFileSync('runuser', ['-u', 'postgres', '--', program, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: { PATH: `${bin}:${systemPath}:/usr/sbin`, LC_ALL: 'C' },
    });
  const configure = (name: string, lines: readonly string[]) => {
    const usual = [`log-path=${at('log')}`, `lock-path=${at('lock')}`, 'start-fast=y', 'compress-level=1'];
    const stanza = ['[simda]', `pg1-path=${at('data')}`, `pg1-socket-path=${at('socket')}`];
    writeFileSync(at(name), ['[global]', ...lines, ...usual, ...stanza, ''].join('\n'), { mode: 0o644 });
    return at(name);
  };
  const configFile = configure('pgbackrest.conf', [`repo1-path=${at('repository')}`, 'repo1-retention-full=2']);
  const start = () => asPostgres('pg_ctl', '-D', at('data'), '-l', join(at('log'), 'server'), '-w', 'start');
  const stop = () => asPostgres('pg_ctl', '-D', at('data'), '-m', 'fast', '-w', 'stop');
  const pgbackrest = (...args: string[]) =>
    asPostgres('pgbackrest', `--config=${configFile}`, '--stanza=simda', '--log-level-console=off', ...args);

  asPostgres('initdb', '-D', at('data'), '-A', 'trust', '-k', '--no-sync', '-E', 'UTF8', '--locale=C');
  const archiving = `archive_command = 'pgbackrest --config=${configFile} --stanza=simda archive-push %p'`;
  const server = [
    `listen_addresses = ''`,
    `unix_socket_directories = '${at('socket')}'`,
    'archive_mode = on',
    'fsync = off',
  ];
  const serverFile = join(at('data'), 'postgresql.conf');
  writeFileSync(serverFile, `${readFileSync(serverFile, 'utf8')}\n${[...server, archiving].join('\n')}\n`);
  start();
  return {
    folder,
    repository: at('repository'),
    configFile,
    configure,
    settings: (file = configFile) => ({ kind: 'pgbackrest', stanza: 'simda', configFile: file }) as SourceSettings,
    pgbackrest,
    sql: (text) => asPostgres('psql', '-h', at('socket'), '-d', 'postgres', '-Atqc', text).trim(),
    whileStopped(change) {
      stop();
      change(at('data'));
      start();
    },
    remove() {
      try {
        stop();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
