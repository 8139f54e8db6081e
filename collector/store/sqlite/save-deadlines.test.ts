import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { openSqliteStore } from './sqlite-store.ts';

const deadlines = (count: number, dueAtMs: number) =>
  Array.from({ length: count }, (_, index) => ({ kind: 'freshness' as const, subject: `agent-${index}`, dueAtMs }));

function openStore() {
  const store = openSqliteStore(join(temporaryFolder(), 'pantau.db'));
  onTestFinished(() => store.close());
  return store;
}

it('lets other work in between the deadlines of a large fleet, and writes them all', async () => {
  const store = openStore();
  let turns = 0;
  const count = () => {
    turns += 1;
    immediate = setImmediate(count);
  };
  let immediate = setImmediate(count);
  await store.saveDeadlines(deadlines(2600, 10));
  clearImmediate(immediate);

  expect(turns).toBeGreaterThanOrEqual(5);
  expect(await store.takeDueDeadlines(10, 5000)).toHaveLength(2600);
});

it('keeps the later of two moments that are saved at the same time', async () => {
  const store = openStore();
  await Promise.all([store.saveDeadlines(deadlines(1200, 20)), store.saveDeadlines(deadlines(1200, 10))]);

  expect(await store.nextDeadlineAtMs()).toBe(10);
  expect(await store.takeDueDeadlines(10, 5000)).toHaveLength(1200);
});
