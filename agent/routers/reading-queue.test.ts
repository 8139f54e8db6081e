import { expect, it } from 'vitest';
import type { ReportRouter } from '../../shared/report-schema.ts';
import { ReadingQueue } from './reading-queue.ts';

/** @param interfaceCount makes it large: about 200 bytes each. */
function reading(address: string, interfaceCount: number): ReportRouter {
  const interfaces = Array.from({ length: interfaceCount }, (_, index) => ({
    name: `ether${index}`,
    alias: 'x'.repeat(128),
    up: true,
    receiveBytes: 1_000_000,
    epoch: 1,
  }));
  const takenAt = '2026-11-26T00:00:00.000Z';
  return { address, reader: 'snmp', state: 'up', takenAt, durationSeconds: 0, interfaces };
}

it('hands readings over in the order in which they came, as many as one report may hold', () => {
  const queue = new ReadingQueue();
  for (let number = 0; number < 300; number++) queue.add(reading(`r${number}`, 0));

  expect(queue.isLong).toBe(true);
  expect(queue.take().map(({ address }) => address)).toEqual(Array.from({ length: 256 }, (_, number) => `r${number}`));
  expect(queue.isLong).toBe(false);
  expect(queue.take()).toHaveLength(44);
  expect(queue.take()).toEqual([]);
});

it('cuts by bytes, so that a request can carry it', () => {
  const queue = new ReadingQueue();
  for (let number = 0; number < 60; number++) queue.add(reading(`r${number}`, 128));

  const sizes: number[] = [];
  let count = 0;
  while (queue.isLong || count < 60) {
    const taken = queue.take();
    count += taken.length;
    sizes.push(Buffer.byteLength(JSON.stringify(taken)));
  }
  expect(count).toBe(60);
  expect(Math.max(...sizes)).toBeLessThan(525_000);
  expect(sizes.length).toBeGreaterThan(2);
});

it('lets the oldest go when nobody takes them, and counts them', () => {
  const queue = new ReadingQueue();
  for (let number = 0; number < 1000; number++) queue.add(reading(`r${number}`, 128));
  const droppedCount = queue.takeDroppedCount();

  expect(droppedCount).toBeGreaterThan(100);
  expect(queue.takeDroppedCount()).toBe(0);
  expect(queue.take()[0]?.address).toBe(`r${droppedCount}`);
});
