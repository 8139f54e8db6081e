import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { waitUntil } from '../../../test/kit/wait-until.ts';
import { needs } from '../../../test/requirements.ts';
import { processMark } from '../runs/process-facts.ts';
import { makeWorkFolder, removeLeftovers } from './work-folder.ts';

const linux = needs({ linux: true });
const dayMs = 86_400_000;

/** The mark of a process that has ended. */
function goneMark(): string {
  const { pid } = spawnSync('true');
  return `${pid} 1:00000000`;
}

describe.skipIf(!linux.ok)(`the private folder of a restore test ${linux.reason}`, () => {
  it('is private and empty, and gone afterwards', async () => {
    const base = temporaryFolder();
    const work = makeWorkFolder(base);
    for (const path of [work.path, work.content]) expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(readdirSync(work.content)).toEqual([]);
    expect(readFileSync(join(work.path, 'owner'), 'utf8')).toBe(processMark(process.pid));
    await work.remove();
    expect(readdirSync(base)).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)('can belong to another user, who may not change what lies around it', () => {
    const work = makeWorkFolder(temporaryFolder(), { uid: 65_534, gid: 65_534 });
    expect(statSync(work.path)).toMatchObject({ uid: 0 });
    expect(statSync(work.path).mode & 0o777).toBe(0o711);
    expect(statSync(work.content)).toMatchObject({ uid: 65_534, gid: 65_534 });
    expect(statSync(work.content).mode & 0o777).toBe(0o700);
  });

  it('takes what still works in it along', async () => {
    const work = makeWorkFolder(temporaryFolder());
    const child = spawn('sleep', ['300'], { cwd: work.content, detached: true, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    await work.remove();
    expect(await ended).toBe('SIGTERM');
    expect(existsSync(work.path)).toBe(false);
  });

  it('is removed later when its process was killed, with the processes that it left', async () => {
    const base = temporaryFolder();
    const work = makeWorkFolder(base);
    writeFileSync(join(work.path, 'owner'), goneMark());
    const stubborn = spawn('bash', ['-c', 'trap "" TERM; echo > ready; while :; do sleep 1; done'], {
      cwd: work.content,
      detached: true,
      stdio: 'ignore',
    });
    onTestFinished(() => void stubborn.kill('SIGKILL'));
    await waitUntil('it does not want to end', () => existsSync(join(work.content, 'ready')));
    const ended = new Promise((resolve) => stubborn.once('exit', (_code, signal) => resolve(signal)));
    expect(await removeLeftovers(base, Date.now())).toEqual([work.path]);
    expect(await ended).toBe('SIGKILL');
    expect(readdirSync(base)).toEqual([]);
  });

  it('is left alone while its process lives, when it was kept, and when it is not ours', async () => {
    const base = temporaryFolder();
    makeWorkFolder(base);
    const kept = makeWorkFolder(base);
    kept.keep();
    writeFileSync(join(kept.path, 'owner'), goneMark());
    mkdirSync(join(base, 'something-else'));
    writeFileSync(join(base, 'pantau-restore-file'), '');
    expect(await removeLeftovers(base, Date.now() + 10 * dayMs)).toEqual([]);
    expect(readdirSync(base)).toHaveLength(4);
  });

  it('that does not say whose it is goes after a day', async () => {
    const base = temporaryFolder();
    const path = join(base, 'pantau-restore-x');
    mkdirSync(path);
    expect(await removeLeftovers(base, Date.now())).toEqual([]);
    utimesSync(path, new Date(Date.now() - 2 * dayMs), new Date(Date.now() - 2 * dayMs));
    expect(await removeLeftovers(base, Date.now())).toEqual([path]);
  });

  it.skipIf(process.getuid?.() !== 0)('of another user is never touched', async () => {
    const base = temporaryFolder();
    const work = makeWorkFolder(base);
    writeFileSync(join(work.path, 'owner'), goneMark());
    spawnSync('chown', ['65534', work.path]);
    expect(await removeLeftovers(base, Date.now())).toEqual([]);
  });

  it('is looked for in vain where there is no such folder', async () => {
    expect(await removeLeftovers('/nonexistent', 0)).toEqual([]);
  });
});
