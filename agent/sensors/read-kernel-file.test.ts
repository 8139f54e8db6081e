import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKernelFile } from './read-kernel-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kernel-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (content: Buffer) => {
  writeFileSync(join(folder, 'file'), content);
  return join(folder, 'file');
};

describe('readKernelFile', () => {
  it.each([0, 1, 16_383, 16_384, 16_385, 300_000])('reads %d bytes whole', (sizeBytes) => {
    const content = Buffer.from(Array.from({ length: sizeBytes }, (_, index) => index % 256));
    expect(readKernelFile(put(content)) === content.toString('latin1')).toBe(true);
  });

  it('does not mix a short file with a longer one before it', () => {
    readKernelFile(put(Buffer.alloc(5000, 'x')));
    expect(readKernelFile(put(Buffer.from('short')))).toBe('short');
  });

  it('cuts a file that goes on', () => {
    expect(readKernelFile(put(Buffer.alloc(3_000_000, 'x')))).toHaveLength(1024 * 1024);
  });

  it('says when there is no such file', () => {
    expect(() => readKernelFile(join(folder, 'none'))).toThrow('ENOENT');
  });

  it.skipIf(process.platform !== 'linux')('reads files of /proc, which have no size', () => {
    expect(readKernelFile('/proc/version')).toBe(readFileSync('/proc/version', 'latin1'));
  });
});
