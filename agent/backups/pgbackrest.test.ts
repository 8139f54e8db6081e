import { chmodSync, closeSync, cpSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { backupSourceContract, type SourceTrial } from './backup-source.contract.ts';
import type { SourceSettings } from './backup-source.ts';
import { pgbackrestSource } from './pgbackrest.ts';
import { clusterNeeds, createCluster, type PgbackrestCluster } from './pgbackrest/cluster.test-kit.ts';
import { countedRun, runWith, sourceDeps } from './tools/source-deps.test-kit.ts';

const cipherPass = 'sandi-rahasia-repositori';
const stanzaForm = 'source.stanza must be the name of a stanza, letters, digits and . _ - only';
let cluster: PgbackrestCluster;
let emptyConfig: string;

// One cluster for the file: making one takes seconds, and what the tests do to it only adds backups.
beforeAll(() => {
  if (!clusterNeeds.ok) return;
  cluster = createCluster();
  cluster.pgbackrest('stanza-create');
  const empty = join(cluster.folder, 'empty');
  cpSync(cluster.repository, empty, { recursive: true });
  emptyConfig = cluster.configure('empty.conf', [`repo1-path=${empty}`]);
  cluster.pgbackrest('backup');
}, 60_000);
afterAll(() => {
  if (clusterNeeds.ok) cluster.remove();
});

backupSourceContract(pgbackrestSource, {
  needed: clusterNeeds,
  secrets: [cipherPass],
  good: [
    { kind: 'pgbackrest', stanza: 'simda' },
    { kind: 'pgbackrest', stanza: 'main-15.db_1', configFile: '/etc/pgbackrest/a.conf', repo: 2, lookEverySeconds: 60 },
  ] as unknown as SourceSettings[],
  bad: [
    { settings: { kind: 'pgbackrest' }, field: 'stanza', message: stanzaForm },
    { settings: { kind: 'pgbackrest', stanza: '../x' }, field: 'stanza', message: stanzaForm },
    { settings: { kind: 'pgbackrest', stanza: '--config=/tmp/x' }, field: 'stanza', message: stanzaForm },
    {
      settings: { kind: 'pgbackrest', stanza: 'a', repo: 0 },
      field: 'repo',
      message: 'source.repo must be a whole number from 1 to 256',
    },
    {
      settings: { kind: 'pgbackrest', stanza: 'a', configFile: 'pgbackrest.conf' },
      field: 'configFile',
      message: 'source.configFile must be an absolute path, say /etc/pantau/configFile',
    },
  ] as unknown as SourceTrial['bad'],
  full: () => ({ settings: cluster.settings() }),
  empty: () => ({ settings: cluster.settings(emptyConfig) }),
  blind: () => ({
    settings: cluster.settings(
      cluster.configure('cipher.conf', [
        `repo1-path=${cluster.repository}`,
        'repo1-cipher-type=aes-256-cbc',
        `repo1-cipher-pass=${cipherPass}`,
      ]),
    ),
  }),
});

const look = (settings: SourceSettings, deps = sourceDeps(temporaryFolder())) =>
  pgbackrestSource.look(pgbackrestSource.parse(settings), deps);
const explain = (settings: SourceSettings) =>
  pgbackrestSource.explain(pgbackrestSource.parse(settings), sourceDeps(temporaryFolder()));
const reason = async (settings: SourceSettings, deps = sourceDeps(temporaryFolder())) => {
  const claims = await look(settings, deps);
  expect(claims).toEqual([{ outcome: 'unknown', reason: expect.any(String) }]);
  return claims[0]?.reason;
};

describe.skipIf(!clusterNeeds.ok)(`a pgBackRest stanza ${clusterNeeds.reason}`, () => {
  it('is told backup by backup, asked again when the time is up', async () => {
    const { run, words } = countedRun();
    const deps = sourceDeps(temporaryFolder(), run);
    const [full, ...others] = await look(cluster.settings(), deps);
    expect(others).toEqual([]);
    const clusterBytes = Number(cluster.sql('select sum(pg_database_size(oid)) from pg_database'));
    expect(full).toEqual({
      outcome: 'ok',
      objectName: `${full?.objectId} full`,
      objectId: expect.stringMatching(/^\d{8}-\d{6}F$/),
      startedAt: expect.any(String),
      completedAt: expect.any(String),
      sizeBytes: expect.any(Number),
    });
    expect(full?.sizeBytes).toBeGreaterThan(clusterBytes / 2);
    expect(Date.parse(full?.completedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(full?.startedAt ?? ''));
    expect(Math.abs(Date.parse(full?.completedAt ?? '') - Date.now())).toBeLessThan(60_000);

    cluster.pgbackrest('backup', '--type=incr');
    expect(await look(cluster.settings(), deps)).toEqual([full]);
    deps.clock.advanceMs(300_000);
    expect(await look(cluster.settings(), deps)).toMatchObject([
      { ...full },
      { outcome: 'ok', objectId: expect.stringMatching(/^\d{8}-\d{6}F_\d{8}-\d{6}I$/), objectName: / incr$/ },
    ]);
    expect(words).toEqual(['info', 'info']);
  });

  it('is explained: what it holds, and how far the write-ahead log has come', async () => {
    const [found, wal, ...others] = await explain(cluster.settings());
    expect(found?.text).toMatch(/^stanza "simda" holds 2 backups, the newest .* incr of 20.*Z\.$/);
    const arrived = /^write-ahead log has arrived up to ([0-9A-F]{24})\.$/.exec(wal?.text ?? '')?.[1] ?? '';
    const counted = cluster.sql('select last_archived_wal from pg_stat_archiver').slice(0, 24);
    expect(arrived >= counted).toBe(true);
    expect(others).toEqual([]);
  });

  it('that lies in one of two repositories only is a backup with a warning', async () => {
    const two = cluster.configure('two.conf', [
      `repo1-path=${cluster.repository}`,
      `repo2-path=${join(cluster.folder, 'second')}`,
    ]);
    expect(await look(cluster.settings(two))).toMatchObject([
      { outcome: 'ok' },
      { outcome: 'warning', reason: 'repositories-differ: different across repos; repository 2: missing stanza path' },
    ]);
    expect(await look({ ...cluster.settings(two), repo: 1 } as SourceSettings)).toMatchObject([
      { outcome: 'ok' },
      { outcome: 'ok' },
    ]);
    expect(await reason({ ...cluster.settings(two), repo: 2 } as SourceSettings)).toMatch(
      /^no-repository: pgBackRest has no stanza "simda" in repository 2: missing stanza path; /,
    );
  });

  it('warns of damaged pages, which pgBackRest backs up all the same', async () => {
    cluster.sql('create table rekening as select generate_series(1, 1000) as nomor; checkpoint');
    const path = cluster.sql("select pg_relation_filepath('rekening')");
    cluster.whileStopped((dataFolder) => {
      const file = openSync(join(dataFolder, path), 'r+');
      writeSync(file, 'rusak', 4000);
      closeSync(file);
    });
    cluster.pgbackrest('backup', '--type=diff', '--log-level-stderr=off');
    expect((await look(cluster.settings())).at(-1)).toMatchObject({
      outcome: 'warning',
      reason: 'page-checksum-errors: pages of the database were damaged when it was backed up',
    });
    expect((await explain(cluster.settings())).at(-1)?.remedy).toBe(
      'run "pgbackrest check" and "pgbackrest info" by hand.',
    );
  });
});

describe.skipIf(!clusterNeeds.ok)(`a pgBackRest stanza that cannot be looked at ${clusterNeeds.reason}`, () => {
  it('has another key', async () => {
    const configFile = cluster.configure('cipher.conf', [
      `repo1-path=${cluster.repository}`,
      'repo1-cipher-type=aes-256-cbc',
      `repo1-cipher-pass=${cipherPass}`,
    ]);
    expect(await reason(cluster.settings(configFile))).toMatch(
      /^wrong-password: pgBackRest cannot read stanza "simda": /,
    );
  });

  it('is not there, or its configuration is not there or not to be trusted', async () => {
    const gone = cluster.configure('gone.conf', [`repo1-path=${join(cluster.folder, 'gone')}`]);
    expect(await reason(cluster.settings(gone))).toBe(
      'no-repository: pgBackRest has no stanza "simda" in repository 1: missing stanza path; run "pgbackrest stanza-create", or correct source.stanza and source.configFile',
    );
    rmSync(gone);
    expect(await reason(cluster.settings(gone))).toBe(
      `secret-file-unreadable: source.configFile ${gone} does not exist; write it, or correct source.configFile`,
    );
    writeFileSync(gone, '[global]\n');
    chmodSync(gone, 0o666);
    expect(await reason(cluster.settings(gone))).toBe(
      `secret-file-unsafe: source.configFile ${gone} is not followed: others may change it; run "chmod go-w ${gone}"`,
    );
    const odd = cluster.configure('odd.conf', ['repo1-path=/x', 'no-such-option']);
    expect(await reason(cluster.settings(odd))).toMatch(
      /^pgbackrest-failed: pgBackRest ended with exit code 29: .*no-such-option; look into /,
    );
  });

  it('lies on a machine that does not answer', async () => {
    const host = cluster.configure('host.conf', ['repo1-host=127.0.0.1', 'repo1-host-user=nobody']);
    expect(await reason(cluster.settings(host))).toMatch(
      /^repository-unreachable: pgBackRest cannot read stanza "simda": /,
    );
  });

  it('is named with the package when pgBackRest is not installed', async () => {
    expect(await reason(cluster.settings(), sourceDeps(temporaryFolder(), runWith(temporaryFolder())))).toBe(
      "tool-missing: pgbackrest is not installed; install the package pgbackrest, or correct PATH in the agent's service",
    );
  });
});
