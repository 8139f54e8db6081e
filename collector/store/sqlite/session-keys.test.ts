import { expect, it, onTestFinished } from 'vitest';
import { enrolAll, storeFile } from '../../../test/kit/store-file.ts';
import { testAgent } from '../../../test/kit/test-agent.ts';
import { openConnection } from './open.ts';
import { createSessionKeys } from './session-keys.ts';

async function opened(limit: number) {
  const { path, store } = storeFile();
  await enrolAll(store, [testAgent()], 0);
  const connection = openConnection(path);
  onTestFinished(() => void connection.close());
  return createSessionKeys(connection, limit);
}

it('remembers no more sessions than its limit, and finds each again', async () => {
  const keys = await opened(4);
  const first = Array.from({ length: 10 }, (_, index) => keys.keyOf(1, `session-${index}`));

  expect(new Set(first).size).toBe(10);
  expect(keys.size()).toBeLessThanOrEqual(4);
  expect(Array.from({ length: 10 }, (_, index) => keys.keyOf(1, `session-${index}`))).toEqual(first);
  expect(keys.size()).toBeLessThanOrEqual(4);
});

it('keeps the sessions that are in use while others come and go', async () => {
  const keys = await opened(4);
  const inUse = keys.keyOf(1, 'session-live');
  for (let index = 0; index < 10; index += 1) {
    keys.keyOf(1, `session-${index}`);
    expect(keys.has(1, 'session-live')).toBe(true);
    expect(keys.keyOf(1, 'session-live')).toBe(inUse);
  }
});
