import { expect, it } from 'vitest';
import { fakeClock } from '../../../test/kit/fake-clock.ts';
import { storeFile } from '../../../test/kit/store-file.ts';
import { createLogger } from '../../../shared/logger.ts';
import { ReceiverMark } from './receiver-mark.ts';

it('goes on in memory while it cannot be kept, says so once, and is kept as soon as it can be', async () => {
  const { store } = storeFile();
  const clock = fakeClock();
  const lines: string[] = [];
  const logger = createLogger(
    (line) => void lines.push(line),
    () => clock.nowMs(),
  );
  let isFull = true;
  const port: typeof store.remoteWrite = {
    ...store.remoteWrite,
    async setMark(receiver, key) {
      if (isFull) throw new Error('database or disk is full');
      await store.remoteWrite.setMark(receiver, key);
    },
  };

  const mark = await ReceiverMark.open({
    port,
    clock,
    logger,
    newestKey: 3,
    config: { id: 'prometheus', sendHistory: false },
  });
  expect(mark.key).toBe(3);
  for (const key of [4, 5, 6]) {
    clock.advanceMs(2000);
    await mark.move(key);
  }

  expect(mark.key).toBe(6);
  expect(await store.remoteWrite.mark('prometheus')).toBeUndefined();
  expect(lines.filter((line) => line.includes('cannot be kept'))).toHaveLength(1);
  expect(lines[0]).toContain('database or disk is full');

  isFull = false;
  await mark.save();

  expect(await store.remoteWrite.mark('prometheus')).toBe(6);
});
