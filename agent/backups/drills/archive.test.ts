import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { needs } from '../../../test/requirements.ts';
import { drillBench } from '../restoring/drill-bench.test-kit.ts';
import { drillContract } from '../restoring/drill.contract.ts';
import { archiveDrill } from './archive.ts';

const source = (folder: string, name = '*') => ({ kind: 'files', path: `${folder}/out/${name}`, settleSeconds: 0 });

drillContract(archiveDrill, import.meta.url, {
  restoreTest: { kind: 'archive' },
  source: { kind: 'files', path: '/backup/*.tar.gz' },
});

/** A folder `in` with files and a folder `out` for the archives. */
function bench() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'in/etc/simda'), { recursive: true });
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'in/etc/simda/simda.conf'), 'port = 5432\n');
  // Random bytes, so that no packing makes a damage vanish.
  writeFileSync(
    join(folder, 'in/data.bin'),
    Buffer.from(fc.sample(fc.uint8Array({ minLength: 60_000, maxLength: 60_000 }), 1)[0] ?? []),
  );
  symlinkSync('/etc/passwd', join(folder, 'in/link'));
  const make = (...command: string[]) => execFileSync(command[0] ?? '', command.slice(1), { cwd: join(folder, 'in') });
  return { folder, make, run: drillBench(folder).run, file: (name: string) => join(folder, 'out', name) };
}

const tools = needs({ linux: true, tools: ['tar', 'gzip', 'bzip2', 'xz', 'zstd', 'zip', 'unzip'] });

describe.skipIf(!tools.ok)(`restore test archive ${tools.reason}`, () => {
  it.each([
    ['simda.tar', 'cf'],
    ['simda.tar.gz', 'czf'],
    ['simda.tar.bz2', 'cjf'],
    ['simda.tar.xz', 'cJf'],
    ['simda.tar.zst', 'c --zstd -f'],
  ])('reads %s to its end and counts the files in it', async (name, options) => {
    const { folder, make, run, file } = bench();
    make('tar', ...`${options} ${file(name)} .`.split(' '));
    const { result, said } = await run(
      { kind: 'archive', mustContain: 'etc/simda/*.conf', minFiles: 2 },
      source(folder),
    );
    expect(result).toMatchObject({ outcome: 'ok', objectName: name, fileCount: 2, sizeBytes: 60_012 });
    expect(result.checks).toEqual([
      expect.stringMatching(/^tar read all \d{5} bytes of it without a complaint\.$/),
      'There are 2 entries with 60012 bytes in all; at least 2 with 1 bytes had to be there.',
      '"etc/simda/*.conf" is among them.',
    ]);
    expect(said).toEqual([expect.stringMatching(`^Newest backup: ${name}, \\d+ bytes\\.$`)]);
  });

  it('compares the checksums of a zip archive, whatever its name looks like', async () => {
    const { folder, make, run, file } = bench();
    make('zip', '-qry', file('simda[1] *.zip'), '.');
    const { result } = await run({ kind: 'archive', mustContain: 'simda.conf' }, source(folder));
    expect(result).toMatchObject({ outcome: 'ok', objectName: 'simda[1] *.zip', fileCount: 2, sizeBytes: 60_012 });
    expect(result.checks?.[0]).toBe('unzip compared the checksum of each entry.');
  });

  it.each([
    [
      'simda.tar.gz',
      'tar czf',
      0.6,
      /^damaged-backup: simda.tar.gz is damaged; gzip says: gzip: stdin: unexpected end of file$/,
    ],
    ['simda.tar.xz', 'tar cJf', 0.6, /^damaged-backup: .*; xz says: xz: \(stdin\): Unexpected end of input$/],
    ['simda.tar.zst', 'tar c --zstd -f', 0.6, /^damaged-backup: .*; zstd says: .*premature end$/],
    ['simda.tar.bz2', 'tar cjf', 0.6, /^damaged-backup: .*; bzip2 says: .*ends unexpectedly/],
    ['simda.tar', 'tar cf', 0.5, /^damaged-backup: simda.tar is damaged; tar says: tar: Unexpected EOF in archive$/],
    [
      'simda.zip',
      'zip -qr',
      0.6,
      /^damaged-backup: simda.zip is damaged; unzip says: End-of-central-directory signature not found/,
    ],
  ])('finds %s that was cut off on its way', async (name, command, share, reason) => {
    const { folder, make, run, file } = bench();
    make(...command.split(' '), file(name), '.');
    truncateSync(file(name), Math.floor(readFileSync(file(name)).length * share));
    const { result } = await run({ kind: 'archive' }, source(folder));
    expect(result).toMatchObject({ outcome: 'failed', objectName: name });
    expect(result.reason).toMatch(reason);
  });

  it('finds a tar archive that was cut off exactly between two files, which tar itself lets pass', async () => {
    const { folder, make, run, file } = bench();
    make('tar', 'cf', file('simda.tar'), '--no-recursion', './etc/simda/simda.conf', './data.bin');
    truncateSync(file('simda.tar'), 1024);
    const { result } = await run({ kind: 'archive' }, source(folder));
    expect(result.reason).toBe(
      'damaged-backup: simda.tar is damaged; the end mark of a tar archive is missing, so it was cut off',
    );
  });

  it.each([
    ['simda.tar.gz', 'tar czf', /gzip says: .*(crc error|invalid compressed data)/],
    ['simda.zip', 'zip -qr', /unzip says: .*bad CRC/],
  ])('finds a flipped byte in %s', async (name, command, reason) => {
    const { folder, make, run, file } = bench();
    make(...command.split(' '), file(name), '.');
    const bytes = readFileSync(file(name));
    bytes[30_000] = (bytes[30_000] ?? 0) ^ 0xff;
    writeFileSync(file(name), bytes);
    const { result } = await run({ kind: 'archive' }, source(folder));
    expect(result.outcome).toBe('failed');
    expect(result.reason).toMatch(reason);
  });

  it('finds a dump whose program failed half-way, though its packing is whole', async () => {
    const { folder, run, file } = bench();
    const dump = '-- MariaDB dump 10.19  Distrib 10.11\n--\nCREATE TABLE `pegawai` (id int);\n';
    const pack = (name: string, text: string) =>
      writeFileSync(file(name), execFileSync('gzip', ['-c'], { input: text }));
    pack('db.sql.gz', dump);
    const { result } = await run({ kind: 'archive' }, source(folder));
    expect(result.reason).toBe(
      'damaged-backup: db.sql.gz is damaged; the line that mysqldump writes at the end is missing, so the dump was cut off',
    );
    pack('db.sql.gz', `${dump}-- Dump completed on 2026-11-25 23:10:00\n`);
    const whole = await run({ kind: 'archive' }, source(folder));
    expect(whole.result).toMatchObject({ outcome: 'ok', fileCount: 1, sizeBytes: dump.length + 41 });
    expect(whole.result.checks?.[1]).toBe('It ends as a complete dump of mysqldump does.');
  });

  it.each([
    ['nothing at all', '', /^empty-backup: the newest backup db\.sql\.gz is empty$/],
    ['nothing, packed', execFileSync('gzip', ['-c'], { input: '' }), /^empty-backup: db\.sql\.gz holds nothing$/],
    [
      'another packing inside',
      execFileSync('sh', ['-c', 'echo x | gzip -c | gzip -c']),
      /^unknown-format: db\.sql\.gz is packed more than once \(gzip inside\)$/,
    ],
    [
      'a dump of PostgreSQL',
      'PGDMP\u0001',
      /^wrong-drill: db\.sql\.gz is a PostgreSQL dump; test it with the kind pg-list or postgres$/,
    ],
  ])('says what is wrong with a file that holds %s', async (_, bytes, reason) => {
    const { folder, run, file } = bench();
    writeFileSync(file('db.sql.gz'), bytes);
    expect((await run({ kind: 'archive' }, source(folder))).result.reason).toMatch(reason);
  });

  it('takes the newest file, and says so when there is none', async () => {
    const { folder, make, run, file } = bench();
    const { result } = await run({ kind: 'archive' }, source(folder, '*.tar'));
    expect(result).toMatchObject({
      outcome: 'failed',
      reason: `nothing-to-restore: there is no backup to restore: no file matches (${folder}/out/*.tar)`,
    });
    make('tar', 'cf', file('a.tar'), '.');
    make('tar', 'cf', file('b.tar'), '.');
    utimesSync(file('b.tar'), 1_700_000_000, 1_700_000_000);
    expect((await run({ kind: 'archive' }, source(folder, '*.tar'))).result.objectName).toBe('a.tar');
    const elsewhere = { kind: 'archive', path: `${folder}/out/b*` };
    expect((await run(elsewhere, { kind: 'heartbeat' })).result.objectName).toBe('b.tar');
  });

  it('fails when less is in it than there must be', async () => {
    const { folder, make, run, file } = bench();
    make('tar', 'cf', file('a.tar'), '.');
    const reasonOf = async (more: object) => (await run({ kind: 'archive', ...more }, source(folder))).result.reason;
    const found = '2 entries with 60012 bytes in all';
    expect(await reasonOf({ minFiles: 3 })).toBe(
      `too-few-files: there are ${found}, and 3 entries must be there (minFiles)`,
    );
    expect(await reasonOf({ minBytes: 1e6 })).toBe(
      `too-few-bytes: there are ${found}, and 1000000 bytes must be there (minBytes)`,
    );
    expect(await reasonOf({ mustContain: 'etc/*.conf' })).toBe(
      `missing-content: "etc/*.conf" is not among the ${found} (mustContain)`,
    );
  });

  it('says which program is missing', async () => {
    const { folder, make, run, file } = bench();
    make('tar', 'cJf', file('a.tar.xz'), '.');
    const { result } = await run({ kind: 'archive' }, source(folder), { path: '/nonexistent' });
    expect(result.reason).toBe('tool-missing: xz is not installed; install it, or correct the PATH');
  });

  it('is not led astray by names in an archive', async () => {
    const { folder, make, run, file } = bench();
    const hostile = ['new\nline', '-rw-r--r-- 0', '-> x', 'back\\slash', 'a link to b', '\u00e9\u{1f4be}'];
    for (const name of hostile) writeFileSync(join(folder, 'in', name), 'x');
    make(
      'tar',
      'cf',
      file('a.tar'),
      '--transform=s,^./data.bin,../../../../tmp/pantau-escaped,',
      '--absolute-names',
      '.',
    );
    const { result } = await run({ kind: 'archive', mustContain: '*\u{1f4be}' }, source(folder));
    expect(result).toMatchObject({ outcome: 'ok', fileCount: 8 });
    for (const name of ['new\nline', 'back\\slash']) {
      const pattern = name.replace('\n', '?').replace('\\', '?');
      expect((await run({ kind: 'archive', mustContain: pattern }, source(folder))).result.outcome).toBe('ok');
    }
  });

  it('fails with a sentence whatever bytes a file holds', async () => {
    const { folder, run, file } = bench();
    const magic = fc.constantFrom(
      [0x1f, 0x8b, 8, 0],
      [0x42, 0x5a, 0x68, 0x39],
      [0x50, 0x4b, 3, 4],
      [0x28, 0xb5, 0x2f, 0xfd],
    );
    const bytes = fc.tuple(magic, fc.uint8Array({ maxLength: 600 }));
    await fc.assert(
      fc.asyncProperty(bytes, async ([start, rest]) => {
        writeFileSync(file('x.gz'), Buffer.from([...start, ...rest]));
        const { result } = await run({ kind: 'archive' }, source(folder));
        expect(result.reason).toMatch(/^damaged-backup: x\.gz is damaged; (gzip|bzip2|unzip|zstd) says: ./);
      }),
      { numRuns: 15 },
    );
  });
});
