import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import { openSpool } from './spool.ts';

let folder: string;
let segmentPath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-damage-'));
  segmentPath = join(folder, '00000001.segment');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openSpool(folder, { maxSizeBytes: 1e6, logger: silentLogger });
const names = ['first', 'second', 'third', 'fourth'];
function fill(): Buffer {
  const spool = open();
  for (const name of names) spool.append({ takenAtMs: 1, evidence: false, payload: Buffer.from(name) });
  spool.close();
  return readFileSync(segmentPath);
}
const take = (spool: ReturnType<typeof open>) =>
  spool.takeBatch({ maxCount: 99, maxSizeBytes: 1e6 }).map(({ payload }) => payload.toString());

describe('a damaged spool', () => {
  it('keeps every earlier record when the last one is torn at any byte, and goes on after it', () => {
    const whole = fill();
    const lastAt = whole.lastIndexOf(Buffer.from([0xf7, 0x50, 0x53, 0x31]));
    for (let cutAt = lastAt + 1; cutAt < whole.length; cutAt++) {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      writeFileSync(segmentPath, whole.subarray(0, cutAt));

      const spool = open();
      expect(spool.stats()).toMatchObject({ queuedCount: 3, damagedCount: 1 });
      spool.append({ takenAtMs: 1, evidence: false, payload: Buffer.from('after') });
      spool.close();
      const again = open();
      expect(take(again)).toEqual(['after', 'third', 'second', 'first']);
      expect(again.stats().damagedCount).toBe(1);
      again.close();
    }
  });

  it('loses at most the record that a flipped bit is in, wherever the bit is', () => {
    const whole = fill();
    for (let at = 0; at < whole.length; at++) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at);
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      writeFileSync(segmentPath, flipped);

      const spool = open();
      const kept = take(spool);
      expect(kept).toHaveLength(3);
      expect(names).toEqual(expect.arrayContaining(kept));
      expect(spool.stats().damagedCount).toBe(1);
      spool.close();
    }
  });

  it('keeps what follows garbage in the middle', () => {
    const whole = fill();
    const garbage = Buffer.from('\u0000\u0000PS1 not a record');
    writeFileSync(segmentPath, Buffer.concat([whole.subarray(0, 45), garbage, whole]));

    const spool = open();

    expect(take(spool)).toEqual(['fourth', 'third', 'second', 'first', 'first'].slice(0, take(spool).length));
    expect(take(spool)).toHaveLength(5);
    expect(spool.stats().damagedCount).toBe(1);
  });

  it('skips and counts a record that the disk damages after the spool was opened', () => {
    fill();
    const spool = open();
    const bytes = readFileSync(segmentPath);
    bytes.writeUInt8(bytes.readUInt8(50) ^ 1, 50);
    writeFileSync(segmentPath, bytes);

    expect(take(spool)).toHaveLength(3);
    expect(spool.stats()).toMatchObject({ queuedCount: 3, damagedCount: 1 });
  });

  it('sends again, and never less, when the acknowledgements are torn or garbage', () => {
    fill();
    const spool = open();
    spool.acknowledge(spool.takeBatch({ maxCount: 2, maxSizeBytes: 1e6 }));
    spool.close();
    const acked = join(folder, '00000001.acked');
    expect(take(open())).toEqual(['second', 'first']);

    truncateSync(acked, 11);
    const torn = open();
    expect(take(torn)).toEqual(['third', 'second', 'first']);
    torn.acknowledge(torn.takeBatch({ maxCount: 1, maxSizeBytes: 1e6 }));
    torn.close();
    expect(take(open())).toEqual(['second', 'first']);
    writeFileSync(acked, Buffer.alloc(64, 0xff));
    expect(take(open())).toEqual(['fourth', 'third', 'second', 'first']);
  });

  it('does not take an old acknowledgement for a new record in the same place', () => {
    const whole = fill();
    const spool = open();
    spool.acknowledge(spool.takeBatch({ maxCount: 1, maxSizeBytes: 1e6 }));
    spool.close();
    truncateSync(segmentPath, whole.length - 1);

    const cut = open();
    cut.append({ takenAtMs: 1, evidence: false, payload: Buffer.from('FOURTH') });
    cut.close();

    expect(take(open())).toEqual(['FOURTH', 'third', 'second', 'first']);
  });

  it('opens over foreign files, folders in place of segments, orphaned and broken side files', () => {
    mkdirSync(join(folder, '00000007.segment'));
    writeFileSync(join(folder, '00000003.segment'), 'nothing of ours');
    writeFileSync(join(folder, '00000002.acked'), 'orphan');
    writeFileSync(join(folder, 'counters.json'), '{"droppedCount":-1,"rejectedCount":"x","dam');
    writeFileSync(join(folder, 'notes.txt'), 'hello');

    const spool = open();
    spool.append({ takenAtMs: 1, evidence: false, payload: Buffer.from('works') });

    expect(take(spool)).toEqual(['works']);
    expect(spool.stats()).toMatchObject({ droppedCount: 0, rejectedCount: 0, damagedCount: 2 });
  });
});
