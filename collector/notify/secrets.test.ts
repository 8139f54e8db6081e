import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { maskSecrets, safeCause, safeExcerpt } from './mask-secrets.ts';
import { readSecret } from './secret-file.ts';
import { readTarget } from './webhook-target.ts';

describe('maskSecrets', () => {
  it.each([
    ['as it is', 'rahasia 99/+', 'x rahasia 99/+ y', 'x <secret> y'],
    ['in a URL', 'rahasia/99', 'x?k=rahasia%2F99&b', 'x?k=<secret>&b'],
    ['in base64', 'rahasia', 'Basic cmFoYXNpYQ== y', 'Basic <secret> y'],
    ['in JSON', 'raha"sia', '{"a":"raha\\"sia"}', '{"a":"<secret>"}'],
    ['without its scheme', 'Bearer rahasia', 'token rahasia', 'token <secret>'],
  ])('masks a secret %s', (_name, secret, text, masked) => {
    expect(maskSecrets(text, [secret])).toBe(masked);
  });

  it('never leaves the secret, wherever it stands', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9+/=_.-]{8,40}$/);
    fc.assert(
      fc.property(word, fc.string(), fc.string(), (secret, before, after) => {
        expect(safeExcerpt(`${before}${secret}${after}`, [secret], 10_000)).not.toContain(secret);
      }),
    );
  });

  it('cuts after masking, so that no part of a secret stays at the end', () => {
    expect(safeExcerpt('aaaa-rahasia-sekali', ['rahasia-sekali'], 8)).toBe('aaaa-<se…');
  });

  it('drops what a library hangs on its errors', () => {
    const error = Object.assign(new Error('401 for rahasia'), { code: 'EX', config: { headers: 'rahasia' } });

    const cause = safeCause(error, ['rahasia']);

    expect(cause).toMatchObject({ message: '401 for <secret>', code: 'EX' });
    expect(inspect(cause, { depth: 9, showHidden: true })).not.toContain('rahasia');
  });
});

describe('readTarget', () => {
  it('knows the secrets of an address and of its headers', () => {
    const { origin, secrets } = readTarget({
      url: 'https://us%40er:p%23ss@gw.example/bot12:ABCDEFGH/send?key=k%20v',
      headers: { Authorization: `Basic ${Buffer.from('petugas:sandi').toString('base64')}` },
    });

    expect(origin).toBe('https://gw.example');
    expect(secrets).toEqual(expect.arrayContaining(['us@er', 'p#ss', 'ABCDEFGH', 'k v', 'petugas', 'sandi']));
  });
});

describe('readSecret', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pantau-secret-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('takes the one line of a file without the white space around it', () => {
    writeFileSync(join(folder, 'a'), '\n  rahasia sekali \r\n');

    expect(readSecret({ file: join(folder, 'a') })).toBe('rahasia sekali');
    expect(readSecret('langsung')).toBe('langsung');
  });

  it.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['rahasia\nkedua', 'it must hold one line'],
    ['x'.repeat(65_537), 'not a small regular file'],
  ])('refuses a file that holds %j', (content, why) => {
    const file = join(folder, 'a');
    writeFileSync(file, content);

    expect(() => readSecret({ file })).toThrow(
      new AppError('file-unreadable', `the file ${file} cannot be used: ${why}; check the path, its owner and mode`),
    );
  });

  it('refuses a folder', () => {
    expect(() => readSecret({ file: folder })).toThrow('not a small regular file');
  });
});
