import { execFile } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { configText } from '../../test/kit/config-text.ts';
import { collectorMain } from '../../test/kit/programs.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { loadCollectorKeys } from '../data-folder.ts';
import { fingerprintOf, readPublicKey } from '../ledger/public-key.ts';
import { madeLedger } from '../ledger/verify/verify.test-kit.ts';
import { dispatch } from './dispatch.ts';
import { commands } from './registry.ts';

/** The data of a collector that is running: its store is open. */
async function office() {
  const keysFolder = temporaryFolder();
  const keys = loadCollectorKeys(keysFolder);
  const made = await madeLedger(keys);
  const folder = dirname(made.path);
  copyFileSync(join(keysFolder, 'collector-key.pem'), join(folder, 'collector-key.pem'));
  writeFileSync(join(folder, 'pantau.yaml'), configText());
  const run = async (...args: string[]) => {
    let [stdout, stderr] = ['', ''];
    const io = {
      stdout: (text: string) => void (stdout += text),
      stderr: (text: string) => void (stderr += text),
      env: { PANTAU_DATA: folder },
      workingFolder: folder,
    };
    const code = await dispatch(args, { commands, version: '1', io });
    return { code, stdout, stderr };
  };
  return { made, keys, folder, run, fingerprint: fingerprintOf(keys.publicKey) };
}

const badKey = 'A'.repeat(42);

describe('pantau-collector ledger and verify', () => {
  it('writes the ledger beside a running collector, and another machine checks it with the file and the key alone', async () => {
    const { made, folder, run, fingerprint } = await office();
    await made.grow(4);

    expect(await run('ledger', 'export', '--output', 'buku.jsonl')).toEqual({
      code: 0,
      stdout: '',
      stderr: '12 records, 4 signed bodies and 1 checkpoints.\n',
    });
    writeFileSync(join(folder, 'kunci.txt'), (await run('ledger', 'key')).stdout);
    const elsewhere = temporaryFolder();
    for (const name of ['buku.jsonl', 'kunci.txt']) copyFileSync(join(folder, name), join(elsewhere, name));
    const args = [collectorMain, 'verify', 'buku.jsonl', '--key', 'kunci.txt'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: elsewhere, env: { PATH: '' } });

    const lastHash = (await made.store.ledger.head())?.hash;
    expect(stdout).toBe(
      `The ledger of Pemerintah Kabupaten Lebong is whole: records 1 to 12 are as they were written.
  key          SHA-256 ${fingerprint}
  last hash    ${lastHash}
  checkpoints  1, the last of record 9
  evidence     2 bodies with their agents' signatures; 1 of routers and 1 of ping addresses, which cannot sign
  cited        6 times in the file, 0 before its first record, 0 gone before they could be kept
`,
    );
    expect(readdirSync(elsewhere).toSorted()).toEqual(['buku.jsonl', 'kunci.txt']);
  });

  it('says what was altered, with another exit code than for a mistake', async () => {
    const { made, folder, run } = await office();
    await made.grow(1);
    await run('ledger', 'export', '--output', 'buku.jsonl');
    const key = (await run('ledger', 'key')).stdout;
    const [, base64 = ''] = /^Base64: (.*)$/m.exec(key) ?? [];
    const path = join(folder, 'buku.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('round-0', 'round-1'));

    expect(await run('verify', 'buku.jsonl', '--key', base64)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Record 2 (line 4) was altered: its hash is another one.\n',
    });
    expect(await run('verify', 'buku.jsonl')).toMatchObject({ code: 2 });
    expect(await run('verify', 'nothing.jsonl', '--key', base64)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nothing.jsonl cannot be read (ENOENT') as string,
    });
    expect(await run('verify', 'buku.jsonl', '--key', badKey)).toMatchObject({ code: 2 });
    expect(await run('verify', 'buku.jsonl', '--key', 'pantau.yaml')).toMatchObject({
      code: 2,
      stderr: 'verify: there is no Ed25519 public key in pantau.yaml; see "pantau-collector verify --help".\n',
    });
    expect(await run('verify', 'buku.jsonl', '--key', base64, '--checkpoint', 'abc')).toMatchObject({ code: 2 });
  });

  it('finds the checkpoint that stands on the last page of a report made beside the running collector', async () => {
    const { made, folder, run } = await office();
    await made.grow(3);
    const args = ['--month', '2025-10', '--out', 'laporan', '--format', 'html'];
    expect(await run('report', ...args)).toMatchObject({ code: 0 });
    await made.grow(2);

    const page = readFileSync(join(folder, 'laporan', 'laporan-bulanan-2025-10.html'), 'utf8');
    const lastPage = page.slice(page.lastIndexOf('Keaslian laporan'));
    const [, hash = ''] = /Titik periksa buku besar.*?([0-9a-f]{64})/s.exec(lastPage) ?? [];
    expect((await made.store.documents.list()).map(({ checkpoint }) => checkpoint?.hash)).toEqual([hash]);
    expect(lastPage).not.toContain('<h1');

    await run('ledger', 'export', '--output', 'buku.jsonl');
    const [, base64 = ''] = /^Base64: (.*)$/m.exec((await run('ledger', 'key')).stdout) ?? [];
    expect(await run('verify', 'buku.jsonl', '--key', base64, '--checkpoint', hash)).toMatchObject({ code: 0 });
  });

  it('finds the record whose hash stands on a document', async () => {
    const { made, run } = await office();
    await made.grow(3);
    await run('ledger', 'export', '--output', 'buku.jsonl');
    const [, base64 = ''] = /^Base64: (.*)$/m.exec((await run('ledger', 'key')).stdout) ?? [];
    const { stdout } = await run('ledger', 'checkpoint');
    const hash = /^hash {7}([0-9a-f]{64})$/m.exec(stdout)?.[1] ?? '';

    expect(stdout).toMatch(/^record {5}9\n/);
    expect(await run('verify', 'buku.jsonl', '--key', base64, '--checkpoint', hash)).toMatchObject({ code: 0 });
    const other = 'f'.repeat(64);
    expect(await run('verify', 'buku.jsonl', '--key', base64, '--checkpoint', other)).toMatchObject({
      code: 1,
      stderr: `No record in this file has the hash ${other}, which was asked for with --checkpoint.\n`,
    });
  });

  it('signs what was added since, when it is asked to', async () => {
    const { made, run } = await office();
    expect(await run('ledger', 'checkpoint')).toMatchObject({
      code: 1,
      stderr: 'The ledger has no checkpoint yet.\n',
    });
    await made.grow(1);

    expect((await run('ledger', 'checkpoint', '--new')).stdout).toMatch(/^record {5}3\n/);
    expect((await run('ledger', 'checkpoint')).stdout).toMatch(/^record {5}3\n/);
  });

  it('writes a part of it, and nothing when there is nothing', async () => {
    const { made, folder, run } = await office();
    await made.grow(4);
    const part = ['--from', '2026-11-22T10:01', '--to', '2026-11-22T10:03'];

    expect(await run('ledger', 'export', '--output', 'buku.jsonl', ...part, '--without-bodies')).toMatchObject({
      code: 0,
      stderr: '6 records, 0 signed bodies and 1 checkpoints.\n',
    });
    expect(await run('ledger', 'export', '--output', 'lain.jsonl', '--from', '2027-01-01')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The ledger has no entry of that time.\n',
    });
    expect(readdirSync(folder)).not.toContain('lain.jsonl');
    expect(await run('ledger', 'export')).toMatchObject({ code: 2 });
    expect(await run('ledger', 'sell')).toMatchObject({ code: 2 });
  });

  it('takes the public key in the forms in which it is printed, and no other key', async () => {
    const { keys, run, fingerprint } = await office();
    const { stdout } = await run('ledger', 'key');
    const [, base64 = ''] = /^Base64: (.*)$/m.exec(stdout) ?? [];
    const pem = stdout.slice(0, stdout.indexOf('Base64'));

    expect(stdout).toContain(`SHA-256: ${fingerprint}\n`);
    for (const text of [stdout, pem, base64, `${base64}\n`, base64.replaceAll('+', '-').replaceAll('/', '_')]) {
      expect(readPublicKey(text)?.equals(keys.publicKey)).toBe(true);
    }
    for (const text of [
      '',
      badKey,
      `${base64}${base64}`,
      '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
    ]) {
      expect(readPublicKey(text)).toBeUndefined();
    }
  });
});
