import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../shared/clock.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

interface Item {
  id: number;
  weight: number;
  fails: boolean;
}

const clock: Clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
const maxWeight = 10;

/** A commit whose writes take `writeMs` and fail as a whole when one item says so. */
function commitOf(writeMs = 0): { commit: GroupCommit<Item, number>; written: Item[][] } {
  const written: Item[][] = [];
  const commit = createGroupCommit<Item, number>({
    clock,
    maxWeight,
    weight: (item) => item.weight,
    async write(items) {
      written.push(items);
      if (writeMs > 0) await new Promise((next) => setTimeout(next, writeMs));
      if (items.some((item) => item.fails)) throw new Error('disk full');
      return items.map((item) => item.id * 2);
    },
  });
  return { commit, written };
}

const item = (id: number, patch: Partial<Item> = {}): Item => ({ id, weight: 1, fails: false, ...patch });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the group commit', () => {
  it('gives every item its own outcome exactly once, in order, within the weight', async () => {
    const arrivals = fc.array(
      fc.record({ waitMs: fc.nat({ max: 60 }), weight: fc.integer({ min: 1, max: 15 }), fails: fc.boolean() }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(arrivals, fc.nat({ max: 30 }), async (list, writeMs) => {
        const { commit, written } = commitOf(writeMs);
        const outcomes: Promise<unknown>[] = [];
        for (const [id, { waitMs, weight, fails }] of list.entries()) {
          await vi.advanceTimersByTimeAsync(waitMs);
          outcomes.push(commit.submit({ id, weight, fails }).catch(() => 'failed'));
        }
        const closed = commit.close();
        await vi.runAllTimersAsync();
        await closed;

        expect(written.flat().map(({ id }) => id)).toEqual(list.map((_, id) => id));
        for (const batch of written) {
          const weight = batch.reduce((sum, each) => sum + each.weight, 0);
          expect(batch.length === 1 || weight <= maxWeight).toBe(true);
        }
        const expected = written.flatMap((batch) =>
          batch.map(({ id }) => (batch.some((each) => each.fails) ? 'failed' : id * 2)),
        );
        expect(await Promise.all(outcomes)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('rejects only the items of the write that failed', async () => {
    const { commit } = commitOf();
    const bad = [item(1, { weight: 5 }), item(2, { weight: 5, fails: true })].map((each) => commit.submit(each));
    const good = [item(3, { weight: 6 }), item(4)].map((each) => commit.submit(each));
    const settled = Promise.allSettled([...bad, ...good]);

    await vi.runAllTimersAsync();

    expect((await settled).map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual([
      'failed',
      'failed',
      6,
      8,
    ]);
  });

  it('waits 50 ms for company when items are rare', async () => {
    const { commit, written } = commitOf();
    await vi.advanceTimersByTimeAsync(5000);
    void commit.submit(item(1));

    await vi.advanceTimersByTimeAsync(49);
    expect(written).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(written).toEqual([[item(1)]]);
  });

  it('waits only about 5 ms while items come in a crowd', async () => {
    const { commit, written } = commitOf();
    let id = 0;
    const crowdForMs = async (durationMs: number) => {
      for (let ms = 0; ms < durationMs; ms += 1) {
        for (let count = 0; count < 4; count += 1) void commit.submit(item(id++, { weight: 0 }));
        await vi.advanceTimersByTimeAsync(1);
      }
    };
    await crowdForMs(200);
    const before = written.length;
    await crowdForMs(120);

    expect(written.length - before).toBeGreaterThanOrEqual(18);
    expect(written.length - before).toBeLessThanOrEqual(25);
  });

  it('does not wait at all when the weight is reached', async () => {
    const { commit, written } = commitOf();
    void commit.submit(item(1, { weight: maxWeight }));
    await vi.advanceTimersByTimeAsync(0);

    expect(written).toEqual([[item(1, { weight: maxWeight })]]);
  });

  it('writes what waits when it is closed, and refuses more', async () => {
    const { commit, written } = commitOf(20);
    const outcome = commit.submit(item(7));
    const closed = commit.close();
    await vi.runAllTimersAsync();
    await closed;

    expect(await outcome).toBe(14);
    expect(written).toEqual([[item(7)]]);
    await expect(commit.submit(item(8))).rejects.toThrow('closed');
  });

  it('still works after a write that failed', async () => {
    const { commit } = commitOf();
    const first = commit.submit(item(1, { fails: true })).catch(() => 'failed');
    await vi.runAllTimersAsync();
    const second = commit.submit(item(2));
    await vi.runAllTimersAsync();

    expect([await first, await second]).toEqual(['failed', 4]);
  });
});
