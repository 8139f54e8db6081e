import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../test/kit/fake-clock.ts';
import { createWorkQueue } from './work-queue.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

function queueOf(options: { maxCount?: number; maxWeightBytes?: number } = {}) {
  const clock = fakeClock();
  const queue = createWorkQueue({ turnMs: 8, maxCount: 100_000, maxWeightBytes: 1e9, ...options, clock });
  return { clock, queue };
}

describe('the work queue', () => {
  it('does the work in the order in which it came', async () => {
    const { queue } = queueOf();
    const done: number[] = [];
    for (const number of [1, 2, 3]) queue.add(() => void done.push(number), 1);

    await nextTurn();

    expect(done).toEqual([1, 2, 3]);
    expect(queue.waitingCount).toBe(0);
  });

  it('ends a turn when its time is over, so that others come in between', async () => {
    const { clock, queue } = queueOf();
    const done: number[] = [];
    for (let number = 1; number <= 5; number += 1) {
      queue.add(() => {
        done.push(number);
        clock.advanceMs(5);
      }, 1);
    }

    const perTurn: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const before = done.length;
      await nextTurn();
      perTurn.push(done.length - before);
    }

    expect(perTurn).toEqual([2, 2, 1]);
  });

  it('refuses one more than it may hold, and takes it once there is room', async () => {
    const { queue } = queueOf({ maxCount: 2 });
    const add = () => queue.add(() => {}, 1);

    expect([add(), add(), add()]).toEqual([true, true, false]);
    await nextTurn();
    expect(add()).toBe(true);
  });

  it('refuses what would weigh too much, and takes it once the weight is gone', async () => {
    const { queue } = queueOf({ maxWeightBytes: 100 });

    expect(queue.add(() => {}, 60)).toBe(true);
    expect(queue.add(() => {}, 41)).toBe(false);
    expect(queue.add(() => {}, 40)).toBe(true);
    await nextTurn();
    expect(queue.add(() => {}, 100)).toBe(true);
  });

  it('lets go of what is done even while it is never empty', async () => {
    const { clock, queue } = queueOf();
    const done: WeakRef<object>[] = [];
    const add = () => {
      const payload = { bytes: Buffer.alloc(10) };
      done.push(new WeakRef(payload));
      queue.add(() => {
        payload.bytes.fill(1);
        clock.advanceMs(2);
      }, 1);
    };
    for (let count = 0; count < 50; count += 1) add();
    for (let turn = 0; turn < 3000; turn += 1) {
      for (let count = 0; count < 4; count += 1) add();
      await nextTurn();
    }
    collectGarbage();

    expect(queue.waitingCount).toBeGreaterThan(0);
    expect(done).toHaveLength(12_050);
    // What is done is cut off every 4 096 entries.
    expect(done.filter((reference) => reference.deref() !== undefined).length).toBeLessThan(5000);
  });
});

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
