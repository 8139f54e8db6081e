import { statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dataset, planVault } from './dataset.ts';
import { FileRecord } from './file-record.ts';
import { fileCostBytes, ReadQueue } from './read-queue.ts';
import { vaultConfig } from './vault-reader.test-kit.ts';

const nowMs = 1_800_000_000_000;

function dataset(): Dataset {
  const [planned] = planVault(vaultConfig('/vault', ['a'])).datasets;
  if (planned === undefined) throw new Error('No dataset was planned.');
  return planned;
}

function file(of: Dataset, name: string, change: Partial<FileRecord> = {}): FileRecord {
  const made = new FileRecord(of.root, name, statSync('/'), 0);
  of.root.files.set(name, made);
  return Object.assign(made, { sizeBytes: 100, modifiedAtMs: 0, checkedAtMs: 0, isSettled: true }, change);
}

describe('what to read next', () => {
  it('is the newest of what was never read', () => {
    const of = dataset();
    const queue = new ReadQueue();
    for (const modifiedAtMs of [5, 9, 1]) queue.addUnread(file(of, `${modifiedAtMs}`, { modifiedAtMs }));
    expect(queue.nextUnread()).toBeUndefined();
    queue.arrange();
    expect([queue.nextUnread()?.name, queue.nextUnread()?.name, queue.nextUnread()?.name]).toEqual(['9', '5', '1']);
    expect(queue.nextUnread()).toBeUndefined();
    // None of them was read to its end: each comes up again, after the next scan.
    queue.arrange();
    expect(queue.nextUnread()?.name).toBe('9');
  });

  it('may have to be small', () => {
    const of = dataset();
    const queue = new ReadQueue();
    queue.addUnread(file(of, 'large', { modifiedAtMs: 9, sizeBytes: 1000 }));
    queue.addUnread(file(of, 'small', { modifiedAtMs: 1, sizeBytes: 10 }));
    queue.arrange();
    expect([queue.nextUnread(100)?.name, queue.nextUnread(100)?.name, queue.hasUnread()]).toEqual([
      'small',
      undefined,
      true,
    ]);
  });

  it('is not what is gone', () => {
    const of = dataset();
    const queue = new ReadQueue();
    const gone = file(of, 'gone');
    queue.addUnread(gone);
    queue.addDoubtful(gone);
    queue.arrange();
    queue.forget(gone);
    expect([queue.hasUnread(), queue.nextUnread(), queue.nextDoubtful()]).toEqual([false, undefined, undefined]);
  });

  it('is, again and again, what was not read for longest', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 20 }), (ages) => {
        const of = dataset();
        const queue = new ReadQueue();
        for (const age of ages) file(of, `${age}`, { checkedAtMs: nowMs - age });
        const order = ages.map(() => {
          const next = queue.peekTurn([of], nowMs);
          queue.takeTurn();
          return Number(next?.name);
        });
        expect(order).toEqual(ages.toSorted((one, other) => other - one));
        expect(queue.peekTurn([of], nowMs)?.name).toBe(`${Math.max(...ages)}`);
      }),
    );
  });

  it('is first of all what a clock from the future is said to have read', () => {
    const of = dataset();
    const queue = new ReadQueue();
    file(of, 'old', { checkedAtMs: 1 });
    file(of, 'future', { checkedAtMs: nowMs + 86_400_000 });
    expect(queue.peekTurn([of], nowMs)?.name).toBe('future');
  });

  it('has a share of the turn by its size, small files by their number', () => {
    const of = dataset();
    const queue = new ReadQueue();
    const files = [0, 0, 3 * fileCostBytes].map((sizeBytes, index) =>
      file(of, `${index}`, { sizeBytes, checkedAtMs: index + 1 }),
    );
    queue.peekTurn([of], nowMs);
    expect(files.map((each) => queue.shareOf(each))).toEqual([1 / 6, 1 / 6, 4 / 6]);
  });
});
