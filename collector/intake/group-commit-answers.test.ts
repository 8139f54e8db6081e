import { expect, it } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { createGroupCommit } from './group-commit.ts';

it('lets other work in between the answers of a large transaction', async () => {
  const commit = createGroupCommit<number, number>({
    clock: systemClock,
    maxWeight: 200,
    weight: () => 1,
    write: async (items) => items,
  });
  let answeredCount = 0;
  const seenCounts = new Set<number>();
  const look = () => {
    seenCounts.add(answeredCount);
    immediate = setImmediate(look);
  };
  let immediate = setImmediate(look);
  const items = Array.from({ length: 200 }, (_, index) => index);
  const outcomes = await Promise.all(
    items.map(async (item) => {
      const outcome = await commit.submit(item);
      answeredCount += 1;
      return outcome;
    }),
  );
  clearImmediate(immediate);
  await commit.close();

  expect(outcomes).toEqual(items);
  const steps = [...seenCounts].map((count, index, counts) => count - (counts[index - 1] ?? 0));
  expect(Math.max(...steps)).toBeLessThanOrEqual(32);
});
