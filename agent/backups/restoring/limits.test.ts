import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { needs } from '../../../test/requirements.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { reserveBytes, startLimits } from './limits.ts';
import { createTally } from './tally.ts';
import { tallyFolder, usedBytesOf } from './tally-folder.ts';

const never = () => new AbortController().signal;
const roomy = { maxSeconds: 60, maxBytes: 2 ** 40 };

function limits(more: Partial<Parameters<typeof startLimits>[0]> = {}) {
  const folder = temporaryFolder();
  const started = startLimits({ ...roomy, folder, signal: never(), lookEveryMs: 20, ...more });
  onTestFinished(() => started.stop());
  return { folder, ...started };
}

describe('the limits of a drill', () => {
  it('end it when its time is over', async () => {
    const { signal } = limits({ maxSeconds: 0.05 });
    await waitUntil('it ends', () => signal.aborted);
    expect(signal.reason).toMatchObject({
      code: 'time-limit',
      message: 'it was not done within 0.05 seconds (maxSeconds)',
    });
  });

  it('end it when it fills the disk beyond what it may', async () => {
    const { folder, signal } = limits({ maxBytes: 1_000_000 });
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    writeFileSync(join(folder, 'a/b/c'), Buffer.alloc(2_000_000, 'x'));
    await waitUntil('it ends', () => signal.aborted);
    expect(signal.reason).toMatchObject({ code: 'space-limit' });
  });

  it('end it when somebody stops it, and not otherwise', () => {
    const stopping = new AbortController();
    const { signal, stop } = limits({ signal: stopping.signal });
    expect(signal.aborted).toBe(false);
    stopping.abort(new Error('enough'));
    expect((signal.reason as Error).message).toBe('enough');
    stop();
  });

  it('say beforehand what will not fit', () => {
    const { folder, requireSpace } = limits({ maxBytes: 2 ** 60 });
    const { bavail, bsize } = statfsSync(folder);
    requireSpace(1000);
    const error = (sizeBytes: number) => () => requireSpace(sizeBytes);
    expect(error(bavail * bsize)).toThrow(expect.objectContaining({ code: 'no-space' }));
    expect(error(bavail * bsize)).toThrow(`beside a reserve of ${reserveBytes}`);
    expect(error(2 ** 61)).toThrow(expect.objectContaining({ code: 'space-limit' }));
  });
});

const mounting = needs({ root: true, linux: true, tools: ['mount', 'umount'] });

describe.skipIf(!mounting.ok)(`the limits of a drill on a small disk ${mounting.reason}`, () => {
  it('keep a reserve free for everybody else', async () => {
    const folder = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=230m', 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
    const { signal, stop } = startLimits({ ...roomy, folder, signal: never(), lookEveryMs: 20 });
    onTestFinished(() => stop());
    writeFileSync(join(folder, 'x'), Buffer.alloc(40_000_000));
    await waitUntil('it ends', () => signal.aborted);
    const message = expect.stringMatching(/^the disk is nearly full: 0 bytes are free beside a reserve of /) as string;
    expect(signal.reason).toMatchObject({ code: 'no-space', message });
    expect(() => startLimits({ ...roomy, folder, signal: never() })).toThrow(
      expect.objectContaining({ code: 'no-space' }),
    );
  });
});

describe.skipIf(process.platform === 'win32')('what lies in a folder', () => {
  it('is counted without following a link, and by what it takes on disk', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a', 'file'), 'x'.repeat(100));
    writeFileSync(join(folder, 'hole'), '');
    truncateSync(join(folder, 'hole'), 1e9);
    symlinkSync('/usr', join(folder, 'usr'));
    symlinkSync('..', join(folder, 'a', 'circle'));
    const tally = createTally('a/circle');
    await tallyFolder(folder, tally, never());
    expect(tally).toMatchObject({ itemCount: 2, sizeBytes: 1e9 + 100, isContained: true });
    expect(await usedBytesOf(folder, never())).toBeLessThan(100_000);
  });

  it('is nothing when it is not there, and is not counted on when somebody stops it', async () => {
    const tally = createTally();
    await tallyFolder('/nonexistent', tally, never());
    expect(tally.itemCount).toBe(0);
    const stopping = new AbortController();
    stopping.abort(new Error('enough'));
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x'), '');
    await expect(tallyFolder(folder, tally, stopping.signal)).rejects.toThrow('enough');
  });
});
