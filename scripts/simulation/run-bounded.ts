/**
 * Runs a task for each item, at most `limitCount` at a time, and waits for all that began.
 * @throws the first error; what has not begun by then never begins.
 */
export async function runBounded<Item, Result>(
  items: readonly Item[],
  limitCount: number,
  task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let nextIndex = 0;
  let failed = false;
  const worker = async () => {
    while (nextIndex < items.length && !failed) {
      const index = nextIndex++;
      try {
        results[index] = await task(items[index] as Item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = Array.from({ length: Math.min(limitCount, items.length) }, worker);
  for (const outcome of await Promise.allSettled(workers)) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
  return results;
}
