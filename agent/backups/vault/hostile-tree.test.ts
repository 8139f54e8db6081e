import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { needs } from '../../../test/requirements.ts';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { expectValid } from './report-checks.test-kit.ts';
import { states, vaultBench } from './vault-reader.test-kit.ts';

const linux = needs({ linux: true, tools: ['mkfifo'] });
const bytes = (...values: number[]) => Buffer.from(values).toString('latin1');
const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
/** By bytes, because a name need not be text. */
const put = (root: string, name: string) => writeFileSync(Buffer.from(`${root}/${name}`, 'latin1'), name);

describe.skipIf(!linux.ok)(`a vault that somebody means ill with ${linux.reason}`, () => {
  it('does no harm with its names, and they are reported', async () => {
    const { root, look } = vaultBench(['a']);
    mkdirSync(join(root, 'a'));
    const names = [
      'baris\nbaru',
      '\u001b[31mmerah\u0007',
      '...',
      '.. ',
      '-rf',
      '$(id)',
      '`id`',
      '%2e%2e',
      bytes(0xff, 0xfe),
      utf8('é.sql'),
    ];
    for (const name of names) put(join(root, 'a'), name);
    put(join(root, 'a'), 'x'.repeat(255));
    const report = await look();
    expectValid(report);
    expect(report.arrivals).toHaveLength(names.length + 1);
    expect(states(report)).toContain('present baris\uFFFDbaru');
    expect(states(report)).toContain('present \uFFFD[31mmerah\uFFFD');
    expect(states(report)).toContain('present \uFFFD\uFFFD');
    expect(report.vaultScans[0]?.problems.map(({ reason }) => reason).toSorted()).toEqual([
      'control-characters-in-name',
      'control-characters-in-name',
      'name-is-not-utf-8',
    ]);
  });

  it('leads nowhere with its links, pipes, sockets and devices', async () => {
    const { root, look } = vaultBench(['a', 'linked', 'pipe', 'b/linked/c']);
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret.sql'), 'secret');
    mkdirSync(join(root, 'a/inner'), { recursive: true });
    mkdirSync(join(root, 'b'));
    symlinkSync(outside, join(root, 'a/out'));
    symlinkSync(join(outside, 'secret.sql'), join(root, 'a/secret.sql'));
    symlinkSync('..', join(root, 'a/inner/circle'));
    symlinkSync('self', join(root, 'a/self'));
    for (const name of ['linked', 'b/linked']) symlinkSync(outside, join(root, name));
    execFileSync('mkfifo', [join(root, 'pipe'), join(root, 'a/pipe')]);
    const server = createServer().listen(join(root, 'a/socket'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    if (process.getuid?.() === 0) execFileSync('mknod', [join(root, 'a/device'), 'c', '1', '5']);
    const report = await look();
    expectValid(report);
    expect(report.arrivals).toEqual([]);
    expect(report.holdings.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['empty', 'nothing-in-it'],
      ['unreadable', 'symbolic-link'],
      ['unreadable', 'pipe'],
      ['unreadable', 'symbolic-link'],
    ]);
    const problems = report.vaultScans[0]?.problems.filter(({ reason }) => reason !== 'device');
    expect(problems).toEqual([
      { path: 'a/inner/circle', reason: 'symbolic-link' },
      { path: 'a/out', reason: 'symbolic-link' },
      { path: 'a/pipe', reason: 'pipe' },
      { path: 'a/secret.sql', reason: 'symbolic-link' },
      { path: 'a/self', reason: 'symbolic-link' },
      { path: 'a/socket', reason: 'socket' },
      { path: 'b/linked', reason: 'symbolic-link' },
      { path: 'linked', reason: 'symbolic-link' },
      { path: 'pipe', reason: 'pipe' },
    ]);
    expect(JSON.stringify(report)).not.toContain('secret"');
    expect(readFileSync(join(outside, 'secret.sql'), 'utf8')).toBe('secret');
  });

  it('is followed 32 folders deep', async () => {
    const { root, look } = vaultBench(['a']);
    const path = (depth: number) => join('a', ...Array.from({ length: depth - 1 }, (_, number) => `d${number}`));
    mkdirSync(join(root, path(60)), { recursive: true });
    for (const depth of [32, 33]) writeFileSync(join(root, path(depth), 'db.sql'), 'x');
    const report = await look();
    expectValid(report);
    expect(report.arrivals).toHaveLength(1);
    expect(report.vaultScans[0]?.problems).toEqual([{ path: path(33), reason: 'too-deep' }]);
  });

  it('with names that are longer than a report takes keeps their ends', async () => {
    const { root, look } = vaultBench(['a']);
    const folder = join(root, 'a', ...Array.from({ length: 6 }, () => 'p'.repeat(250)));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'db-2026.sql'), 'x');
    const report = await look();
    expectValid(report);
    expect(report.arrivals[0]?.objectName).toMatch(/^…p.*\/db-2026\.sql$/);
  });

  it('with times that no calendar knows is still told', async () => {
    const { root, look, write } = vaultBench(['a']);
    write('a/db.sql', 'x');
    write('a/old.sql', 'x');
    execFileSync('touch', ['-d', '@15000000000', join(root, 'a/db.sql')]);
    execFileSync('touch', ['-d', '1901-12-14', join(root, 'a/old.sql')]);
    const report = await look();
    expectValid(report);
    expect(report.arrivals.map(({ modifiedAt }) => modifiedAt.slice(0, 4))).toEqual(['2445', '1970']);
  });

  it('with a repository of nonsense is damaged and no more', async () => {
    const { root, look, write } = vaultBench(['r', 'b'], { coverSeconds: 60 });
    for (const part of ['data/ab', 'index', 'keys', 'snapshots']) mkdirSync(join(root, 'r', part), { recursive: true });
    write('r/config', 'x');
    const [id, pack] = ['a'.repeat(64), `ab${'0'.repeat(62)}`];
    write(`r/snapshots/${id}`, '');
    symlinkSync('/etc/passwd', join(root, 'r/data/ab', pack));
    symlinkSync('/etc', join(root, 'r/data/cd'));
    execFileSync('mkfifo', [join(root, 'r/index', id)]);
    write('b/README', 'This is a Borg Backup repository.\n');
    write('b/config', `[repository]\nversion = 1\nid = ${'f'.repeat(64)}\n[${'x'.repeat(100_000)}`);
    write('b/data/0/0', '');
    write('b/data/0/99999999999999999999', 'x');
    write('b/data/0/7', Buffer.concat([Buffer.from('BORG_SEG'), Buffer.alloc(1000, 0xff)]));
    write('b/index.7', 'x');
    const report = await look();
    expectValid(report);
    expect(report.holdings).toMatchObject([
      { kind: 'restic', copyCount: 1, integrity: { damaged: [`snapshots/${id}`] } },
      { kind: 'borg', integrity: { damagedCount: 2, damaged: ['data/0/0', 'data/0/7'] } },
    ]);
    expect(states(report)).toEqual([`damaged snapshots/${id}`]);
    expect(report.vaultScans[0]?.problems).toEqual([
      { path: 'b/data/0/99999999999999999999', reason: 'not-of-the-repository' },
      { path: `r/data/ab/${pack}`, reason: 'symbolic-link' },
      { path: 'r/data/cd', reason: 'symbolic-link' },
      { path: `r/index/${id}`, reason: 'pipe' },
    ]);
    rmSync(join(root, 'r/snapshots', id));
    expect(states(await look())).toEqual([`gone snapshots/${id}`]);
  });
});
