import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import { realisticReport } from './realistic-report.test-kit.ts';
import { openSpool, type Spool } from './spool.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (maxSizeBytes = 200e6) => openSpool(folder, { maxSizeBytes, logger: silentLogger });
const add = (spool: Spool, text: string, evidence = false) =>
  spool.append({ takenAtMs: 1_700_000_000_000, evidence, payload: Buffer.from(text) });
const texts = (spool: Spool, maxCount = 1000) =>
  spool.takeBatch({ maxCount, maxSizeBytes: 1e9 }).map((record) => record.payload.toString());
/** Text that deflate cannot shrink, so that sizes on disk are known. */
const noise = (seed: number, sizeBytes: number) => {
  let state = seed * 2654435761 + 1;
  const bytes = Buffer.alloc(sizeBytes);
  for (let at = 0; at < sizeBytes; at++) bytes[at] = (state = (state * 1103515245 + 12345) % 2147483648) >>> 16;
  return bytes;
};

describe('spool', () => {
  it('gives the newest record first, then evidence from new to old, then the rest from new to old', () => {
    const spool = open();
    for (const name of ['1', '2e', '3', '4e', '5', '6']) add(spool, name, name.endsWith('e'));

    expect(texts(spool)).toEqual(['6', '4e', '2e', '5', '3', '1']);
    expect(texts(spool, 2)).toEqual(['6', '4e']);
  });

  it('does not give the newest record twice when it is evidence', () => {
    const spool = open();
    add(spool, '1');
    add(spool, '2e', true);

    expect(texts(spool)).toEqual(['2e', '1']);
  });

  it('keeps a batch within its size but always gives one record', () => {
    const spool = open();
    for (const name of ['a', 'b', 'c']) add(spool, name.repeat(100));

    expect(spool.takeBatch({ maxCount: 50, maxSizeBytes: 250 })).toHaveLength(2);
    expect(spool.takeBatch({ maxCount: 50, maxSizeBytes: 10 })).toHaveLength(1);
  });

  it('gives back time, number and bytes after it was opened again, and not what was acknowledged', () => {
    const first = open();
    for (const name of ['one', 'two', 'three']) add(first, name);
    first.acknowledge(first.takeBatch({ maxCount: 1, maxSizeBytes: 1e6 }));
    first.close();

    const second = open();
    const records = second.takeBatch({ maxCount: 9, maxSizeBytes: 1e6 });

    expect(records.map(({ number, takenAtMs, payload }) => [number, takenAtMs, String(payload)])).toEqual([
      [2, 1_700_000_000_000, 'two'],
      [1, 1_700_000_000_000, 'one'],
    ]);
    add(second, 'four');
    expect(second.takeBatch({ maxCount: 1, maxSizeBytes: 1e6 })[0]?.number).toBe(4);
  });

  it('deletes a full segment once all of it is acknowledged', () => {
    const spool = open(800_000);
    for (let count = 0; count < 30; count++) add(spool, noise(count, 10_000).toString('latin1'));
    expect(readdirSync(folder).filter((name) => name.endsWith('.segment')).length).toBeGreaterThan(3);

    spool.acknowledge(spool.takeBatch({ maxCount: 1000, maxSizeBytes: 1e9 }));

    expect(readdirSync(folder).filter((name) => name.endsWith('.segment'))).toHaveLength(1);
    expect(spool.stats()).toMatchObject({ queuedCount: 0, droppedCount: 0 });
  });

  it('drops the oldest segment at its size limit, counts what was in it, and remembers the count', () => {
    const spool = open(100_000);
    for (let count = 0; count < 40; count++) add(spool, noise(count, 5_000).toString('base64'));
    const { queuedCount, droppedCount, sizeBytes } = spool.stats();

    expect(droppedCount).toBeGreaterThan(10);
    expect(queuedCount + droppedCount).toBe(40);
    expect(sizeBytes).toBeLessThanOrEqual(100_000);
    expect(texts(spool)[0]).toBe(noise(39, 5_000).toString('base64'));
    spool.close();
    expect(open().stats().droppedCount).toBe(droppedCount);
  });

  it('ignores an acknowledgement for a record that was dropped meanwhile', () => {
    const spool = open(65_536);
    add(spool, 'old');
    const taken = spool.takeBatch({ maxCount: 1, maxSizeBytes: 1e6 });
    for (let count = 0; count < 40; count++) add(spool, noise(count, 5_000).toString('base64'));
    const before = spool.stats();

    spool.acknowledge(taken);

    expect(spool.stats()).toEqual(before);
  });

  it('puts a refused record aside with the reason, counts it, and keeps only the last hundred', () => {
    const spool = open();
    for (let count = 1; count <= 103; count++) {
      add(spool, `{"seq":${count}}`);
      spool.reject(spool.takeBatch({ maxCount: 1, maxSizeBytes: 1e6 }), 'seq is wrong');
    }

    const names = readdirSync(join(folder, 'rejected')).sort();
    expect(names).toHaveLength(100);
    expect(JSON.parse(readFileSync(join(folder, 'rejected', names.at(-1) ?? ''), 'utf8'))).toEqual({
      reason: 'seq is wrong',
      report: { seq: 103 },
    });
    expect(spool.stats()).toMatchObject({ queuedCount: 0, rejectedCount: 103 });
    spool.close();
    expect(open().stats()).toMatchObject({ queuedCount: 0, rejectedCount: 103 });
  });

  it('drops a report that is larger than any report can be, and counts it', () => {
    const spool = open();
    spool.append({ takenAtMs: 1, evidence: false, payload: Buffer.alloc(5 * 1024 * 1024) });

    expect(spool.stats()).toMatchObject({ queuedCount: 0, droppedCount: 1 });
  });

  it('keeps its files for its own user only', () => {
    const spool = open();
    add(spool, 'secret');

    expect(statSync(join(folder, '00000001.segment')).mode & 0o777).toBe(0o600);
    spool.close();
  });

  it('says which folder it cannot use', () => {
    const path = join(folder, 'a-file', 'spool');
    writeFileSync(join(folder, 'a-file'), '');

    expect(() => openSpool(path, { maxSizeBytes: 1e6, logger: silentLogger })).toThrow(
      expect.objectContaining({ code: 'spool-unusable', message: expect.stringContaining(path) as string }),
    );
  });

  it('holds 30 days of a report a minute in far less than 200 MB', () => {
    const spool = open();
    let state = 7;
    const variation = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const count = 1440;
    for (let seq = 1; seq <= count; seq++) add(spool, JSON.stringify(realisticReport(seq, variation)));

    const monthBytes = (spool.stats().sizeBytes / count) * 43_200;
    expect(spool.stats()).toMatchObject({ queuedCount: count, droppedCount: 0 });
    expect(monthBytes).toBeLessThan(30e6);
  });
});
