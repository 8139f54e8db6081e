import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import { needs } from '../../test/requirements.ts';
import { openSpool } from './spool.ts';

const mounting = needs({ root: true, linux: true, tools: ['mount', 'umount'] });

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-crash-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Appends for ever and says each number once it is durable. */
const writerScript = (spoolUrl: string) => `
import { openSpool } from ${JSON.stringify(spoolUrl)};
import { writeSync } from 'node:fs';
const logger = { info() {}, warn() {}, error() {} };
const spool = openSpool(process.argv[2], { maxSizeBytes: 200e6, logger });
for (let id = Number(process.argv[3]); ; id++) {
  spool.append({ takenAtMs: id, evidence: id % 7 === 0, payload: Buffer.from(JSON.stringify({ id, text: 'x'.repeat(id % 900) })) });
  writeSync(1, id + '\\n');
}
`;

async function writeAndKill(firstId: number, atLeast: number): Promise<number[]> {
  const script = join(folder, 'writer.mjs');
  writeFileSync(script, writerScript(new URL('spool.ts', import.meta.url).href));
  const child = spawn(process.execPath, [script, join(folder, 'spool'), String(firstId)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const said: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(Number(line));
    if (said.length === atLeast) child.kill('SIGKILL');
  }
  if (child.signalCode === null) await once(child, 'exit');
  return said;
}

const idsIn = (path: string) => {
  const spool = openSpool(path, { maxSizeBytes: 200e6, logger: silentLogger });
  const records = spool.takeBatch({ maxCount: 1e6, maxSizeBytes: 1e9 });
  spool.close();
  return records.map(({ payload }) => (JSON.parse(payload.toString()) as { id: number }).id);
};

describe('spool across crashes and full disks', () => {
  it('has every record that a killed writer called durable, exactly once', async () => {
    const said = new Set<number>();
    for (let round = 0; round < 5; round++) {
      for (const id of await writeAndKill(round * 1e6, 20 + round * 37)) said.add(id);
    }

    const ids = idsIn(join(folder, 'spool'));

    expect(new Set(ids).size).toBe(ids.length);
    for (const id of said) expect(ids).toContain(id);
    expect(said.size).toBeGreaterThanOrEqual(5 * 20);
  });

  const mounted = () => {
    const point = join(folder, 'mount');
    mkdirSync(point);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', point]);
    return { point, [Symbol.dispose]: () => void execFileSync('umount', [point]) };
  };
  it.skipIf(!mounting.ok)(
    `drops the oldest history on a full disk and keeps the newest report ${mounting.reason}`,
    () => {
      using disk = mounted();
      const path = join(disk.point, 'spool');
      const logged: string[] = [];
      const note = (message: string) => void logged.push(message);
      const spool = openSpool(path, { maxSizeBytes: 200e6, logger: { info: note, warn: note, error: note } });
      const total = 400;
      for (let id = 1; id <= total; id++) {
        const text = randomBytes(6000).toString('base64');
        spool.append({ takenAtMs: id, evidence: false, payload: Buffer.from(JSON.stringify({ id, text })) });
      }
      const { queuedCount, droppedCount } = spool.stats();
      spool.close();

      const ids = idsIn(path);
      expect(droppedCount).toBeGreaterThan(0);
      expect(queuedCount + droppedCount).toBe(total);
      expect(ids).toEqual(Array.from({ length: queuedCount }, (_, index) => total - index));
      expect(logged).toContain('The oldest reports were dropped because the disk is full.');
    },
  );

  it.skipIf(!mounting.ok)(
    `counts a report as dropped when others fill the disk, and recovers ${mounting.reason}`,
    () => {
      using disk = mounted();
      const path = join(disk.point, 'spool');
      const errors: string[] = [];
      const error = (message: string) => void errors.push(message);
      const spool = openSpool(path, { maxSizeBytes: 200e6, logger: { ...silentLogger, error } });
      const add = (id: number) =>
        spool.append({ takenAtMs: id, evidence: false, payload: Buffer.from(`{"id":${id}}`) });
      const hog = join(disk.point, 'hog');
      expect(() => writeFileSync(hog, Buffer.alloc(2_000_000))).toThrow('ENOSPC');

      for (let id = 1; id <= 5; id++) add(id);
      expect(spool.stats()).toMatchObject({ queuedCount: 0, droppedCount: 5 });
      expect(errors).toEqual(['The spool could not be written.']);

      rmSync(hog);
      add(6);
      spool.close();
      expect(idsIn(path)).toEqual([6]);
      expect(openSpool(path, { maxSizeBytes: 1e6, logger: silentLogger }).stats().droppedCount).toBe(5);
    },
  );
});
