import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { needs } from '../../../test/requirements.ts';
import { drillBench } from '../restoring/drill-bench.test-kit.ts';
import { drillContract } from '../restoring/drill.contract.ts';
import { makePgDumps, type PgDumps, pgTools } from '../restoring/pg-dumps.test-kit.ts';
import { pgListDrill } from './pg-list.ts';

drillContract(pgListDrill, import.meta.url, {
  restoreTest: { kind: 'pg-list' },
  source: { kind: 'files', path: '/backup/*.dump' },
});

const tools = needs(pgTools);

describe.skipIf(!tools.ok)(`restore test pg-list ${tools.reason}`, () => {
  let dumps: PgDumps;
  beforeAll(async () => {
    dumps = await makePgDumps();
  });

  function bench(bytes: Uint8Array | string) {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out/simda.dump'), bytes);
    const source = { kind: 'files', path: `${folder}/out/*`, settleSeconds: 0 };
    const { run } = drillBench(folder);
    return (more: object = {}) => run({ kind: 'pg-list', ...more }, source);
  }

  it.each(['custom', 'tar'] as const)(
    'reads a dump in the %s format to its end and counts its tables',
    async (format) => {
      const run = bench(dumps[format]);
      const { result } = await run({ minFiles: 2, tables: 'pegawai, keuangan.spm', mustContain: 'keuangan.*' });
      expect(result).toMatchObject({ outcome: 'ok', objectName: 'simda.dump', drill: 'pg-list' });
      expect(result).not.toHaveProperty('fileCount');
      expect(result.sizeBytes).toBeGreaterThan(5000 * 20);
      expect(result.checks).toEqual([
        expect.stringMatching(/^pg_restore listed \d+ entries and read the dump to its end\.$/),
        'These tables are there: pegawai, keuangan.spm.',
        `There are 2 tables with ${result.sizeBytes} bytes in all; at least 2 with 1 bytes had to be there.`,
        '"keuangan.*" is among them.',
      ]);
    },
  );

  it('finds a dump that was cut off, though its table of contents is there', async () => {
    const run = bench(dumps.custom.subarray(0, -2000));
    const { result } = await run();
    expect(result).toMatchObject({ outcome: 'failed', objectName: 'simda.dump' });
    expect(result.reason).toMatch(/^damaged-backup: simda\.dump cannot be read to its end; pg_restore: error: /);
  });

  it('finds a flipped byte in the data of a table', async () => {
    const bytes = Buffer.from(dumps.custom);
    const at = bytes.length - 3000;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
    expect((await bench(bytes)()).result.reason).toMatch(
      /^damaged-backup: .*; pg_restore: error: could not uncompress data/,
    );
  });

  it('names the tables that are not in it', async () => {
    const run = bench(dumps.custom);
    expect((await run({ tables: 'pegawai,gaji,keuangan.gaji' })).result.reason).toBe(
      'missing-table: the backup does not hold the table gaji, keuangan.gaji',
    );
  });

  it.each([
    ['SQL', (all: PgDumps) => all.sql],
    ['something else', () => 'PGDUMP'],
  ])('refuses a file with %s and says what would do', async (_, bytes) => {
    expect((await bench(bytes(dumps))()).result.reason).toMatch(
      /^unknown-format: simda\.dump is no dump in PostgreSQL's custom format; make it with "pg_dump -Fc"/,
    );
  });

  it('fails with a sentence on a table of contents that makes no sense', async () => {
    const bytes = Buffer.from(dumps.custom);
    bytes.fill(0xff, 20, 200);
    expect((await bench(bytes)()).result.reason).toMatch(/^damaged-backup: simda\.dump cannot be read to its end; ./);
  });
});
