import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaErrors } from './report-checks.ts';
import { createStorageSensor } from './storage.ts';

let proc: string;
beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), 'storage-'));
  mkdirSync(join(proc, 'self'));
});
afterEach(() => rmSync(proc, { recursive: true, force: true }));

const mounts = (...lines: string[]) => writeFileSync(join(proc, 'self/mounts'), `${lines.join('\n')}\n`, 'latin1');
const answer = { bsize: 4096, blocks: 100, bavail: 25 };

describe('storage sensor', () => {
  it('says sizes in bytes, and read-only only where it is so', async () => {
    mounts('/dev/sda1 / ext4 rw 0 0', '/dev/sdb1 /old ext4 ro 0 0');
    const sensor = createStorageSensor({ proc, statfs: async () => answer });

    const root = { mount: '/', device: '/dev/sda1', type: 'ext4', sizeBytes: 409_600, availableBytes: 102_400 };
    const old = { ...root, mount: '/old', device: '/dev/sdb1', readOnly: true };
    expect(await sensor.read()).toEqual({ outcome: 'ok', part: { filesystems: [root, old] }, failures: [] });
  });

  it('counts in fragments where they differ from blocks', async () => {
    mounts('u@h:/ /mnt fuse.sshfs rw 0 0');
    const sensor = createStorageSensor({ proc, statfs: async () => ({ ...answer, bsize: 65_536, frsize: 512 }) });

    expect(await sensor.read()).toMatchObject({ part: { filesystems: [{ sizeBytes: 51_200 }] } });
  });

  it('measures the others while a file server does not answer, and does not ask it again', async () => {
    mounts('10.0.0.5:/a /mnt/dead nfs rw 0 0', '10.0.0.6:/b /mnt/other nfs rw 0 0', '/dev/sda1 / ext4 rw 0 0');
    const asked: string[] = [];
    let release = () => {};
    const dead = new Promise<typeof answer>((resolve) => (release = () => resolve(answer)));
    const statfs = async (path: string | Buffer) => {
      asked.push(path.toString());
      return path.toString() === '/mnt/dead' ? dead : answer;
    };
    const sensor = createStorageSensor({ proc, statfs, answerWithinMs: 20 });

    expect(await sensor.read()).toMatchObject({
      part: { filesystems: [{ mount: '/' }] },
      failures: [
        { of: 'storage /mnt/dead', reason: 'timeout' },
        { of: 'storage /mnt/other', reason: 'another remote filesystem hangs' },
      ],
    });
    expect(await sensor.read()).toMatchObject({ failures: [{ reason: 'still-running' }, {}] });
    expect(asked.filter((path) => path === '/mnt/dead')).toHaveLength(1);

    release();
    await dead;
    await new Promise(setImmediate);
    expect(await sensor.read()).toMatchObject({ failures: [], part: { filesystems: [{}, {}, {}] } });
  });

  it('names the filesystem that cannot be asked', async () => {
    mounts('/dev/sda1 /no/such/folder ext4 rw 0 0');
    expect(await createStorageSensor({ proc }).read()).toMatchObject({
      part: { filesystems: [] },
      failures: [{ of: 'storage /no/such/folder', reason: 'ENOENT' }],
    });
  });

  it('stays within the report’s schema with hostile names, impossible sizes and too many of them', async () => {
    mounts(
      ...Array.from({ length: 200 }, (_, index) => `/dev/d${index} /m\\012${'x'.repeat(600)}${index} ext4 rw 0 0`),
      '/dev/\xff\xfe /\xe9 ext4 rw 0 0',
    );
    const sensor = createStorageSensor({ proc, statfs: async () => ({ bsize: 2 ** 40, blocks: 2 ** 40, bavail: -1 }) });
    const measurement = await sensor.read();

    if (measurement.outcome !== 'ok') throw new Error(measurement.outcome);
    expect(measurement.part.filesystems).toHaveLength(128);
    expect(schemaErrors('filesystems', measurement.part.filesystems)).toEqual([]);
    expect(measurement.failures).toEqual([{ of: 'storage', reason: 'only 128 of 201 filesystems were measured' }]);
  });

  it('has no data where nothing is mounted', async () => {
    mounts('tmpfs / tmpfs rw 0 0');
    expect(await createStorageSensor({ proc }).read()).toEqual({ outcome: 'no-data' });
  });
});
