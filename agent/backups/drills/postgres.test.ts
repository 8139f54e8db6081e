import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { needs } from '../../../test/requirements.ts';
import { drillBench } from '../restoring/drill-bench.test-kit.ts';
import { drillContract } from '../restoring/drill.contract.ts';
import { makePgDumps, type PgDumps, pgTools, restoringProcesses } from '../restoring/pg-dumps.test-kit.ts';
import { postgresDrill } from './postgres.ts';

drillContract(postgresDrill, import.meta.url, {
  restoreTest: { kind: 'postgres', query: 'SELECT count(*) FROM pegawai', expect: '>=1' },
  source: { kind: 'files', path: '/backup/*.dump' },
});

const tools = needs(pgTools);

describe.skipIf(!tools.ok)(`restore test postgres ${tools.reason}`, () => {
  let dumps: PgDumps;
  beforeAll(async () => {
    dumps = await makePgDumps();
  });

  function bench(bytes: Uint8Array | string, name = 'simda.dump') {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out', name), bytes, { mode: 0o600 });
    const source = { kind: 'files', path: `${folder}/out/*`, settleSeconds: 0 };
    const { run } = drillBench(folder);
    return { folder, run: (more: object = {}, options = {}) => run({ kind: 'postgres', ...more }, source, options) };
  }

  it('restores a dump in the custom format and asks the database', async () => {
    const { run } = bench(dumps.custom);
    const query = `SELECT count(*) FROM pegawai WHERE catatan OPERATOR(ext.->) 'gol' = 'III'`;
    const { result, said } = await run({
      query,
      expect: '5000',
      tables: 'keuangan.spm',
      mustContain: 'pegawai',
      minFiles: 2,
    });
    expect(result).toMatchObject({ outcome: 'ok', objectName: 'simda.dump' });
    expect(result.checks).toEqual([
      'pg_restore restored the dump without an error; entries that need a superuser were left out: 1.',
      'These tables are there: keuangan.spm.',
      'The query answered 5000; 5000 was expected.',
      `There are 2 tables with ${result.sizeBytes} bytes in all; at least 2 with 1 bytes had to be there.`,
      '"pegawai" is among them.',
    ]);
    expect(said.slice(1)).toEqual(['Starting a server for the restore.', 'Restoring.']);
  });

  it.each([
    ['simda.sql', []],
    ['simda.sql.gz', ['gzip', '-c']],
  ])('restores %s', async (name, [packer, ...args]) => {
    const { run } = bench(packer === undefined ? dumps.sql : execFileSync(packer, args, { input: dumps.sql }), name);
    const query = `SELECT uraian FROM keuangan.spm WHERE id = 3`;
    const { result } = await run({ query, expect: String.raw`\restrict abc` });
    expect(result).toMatchObject({ outcome: 'ok', objectName: name });
    expect(result.checks?.[0]).toBe('psql ran the dump without an error, owners and privileges left out.');
  });

  it('fails when the database answers something else than it must', async () => {
    const { run } = bench(dumps.tar);
    const { result } = await run({ query: 'SELECT count(*) FROM keuangan.spm', expect: '>=1000' });
    expect(result.reason).toBe('unexpected-answer: the query answered 3, and >=1000 was expected');
    expect(result.outcome).toBe('failed');
  });

  it('fails when the query does', async () => {
    const { run } = bench(dumps.sql);
    const { result } = await run({ query: 'SELECT count(*) FROM gaji' });
    expect(result.reason).toBe('query-failed: the query failed; ERROR:  relation "gaji" does not exist');
  });

  it.each([
    [
      'cut off in the middle of a row',
      (sql: Buffer) => sql.subarray(0, Math.floor(sql.length / 2)),
      /^restore-failed: /,
    ],
    [
      'cut off between two statements',
      (sql: Buffer) => sql.subarray(0, sql.indexOf('--\n-- Name: keuangan; Type: SCHEMA')),
      /^restore-failed: .*the line that pg_dump writes at the end is missing/,
    ],
    [
      'with a statement that fails',
      (sql: Buffer) => Buffer.concat([sql, Buffer.from('SELECT 1/0;\n')]),
      /^restore-failed: simda\.sql could not be restored; ERROR: {2}division by zero$/,
    ],
  ])('finds SQL that was %s', async (_, change, reason) => {
    const { run } = bench(change(dumps.sql), 'simda.sql');
    expect((await run()).result.reason).toMatch(reason);
  });

  it('finds a custom dump that was cut off', async () => {
    const { run } = bench(dumps.custom.subarray(0, -2000));
    expect((await run()).result.reason).toMatch(
      /^restore-failed: simda\.dump could not be restored; pg_restore: error: /,
    );
  });

  it('refuses the dump of a whole server', async () => {
    const { run } = bench(dumps.cluster, 'all.sql');
    expect((await run()).result.reason).toBe(
      'wrong-drill: all.sql is a dump of a whole server (pg_dumpall); dump each database by itself',
    );
  });

  it('names an extension that is not on this machine', async () => {
    const { run } = bench('CREATE EXTENSION IF NOT EXISTS tidak_ada WITH SCHEMA public;\n', 'x.sql');
    expect((await run()).result.reason).toMatch(/^missing-extension: the dump needs the extension tidak_ada, /);
  });

  it('ends with its server when its time is over', async () => {
    const { run } = bench(dumps.sql, 'simda.sql');
    const { result } = await run({ query: 'SELECT pg_sleep(60)', maxSeconds: 3 });
    expect(result.reason).toBe('time-limit: it was not done within 3 seconds (maxSeconds)');
    expect(restoringProcesses()).toEqual([]);
  });
});
