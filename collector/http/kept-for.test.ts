import { expect, it } from 'vitest';
import { keptFor } from './kept-for.ts';

it('asks once within its time, again after it, and again when the clock was set back', () => {
  let nowMs = 10_000;
  let count = 0;
  const ask = keptFor(
    2000,
    () => nowMs,
    () => (count += 1),
  );

  expect([ask(), ask()]).toEqual([1, 1]);
  nowMs += 1999;
  expect(ask()).toBe(1);
  nowMs += 1;
  expect(ask()).toBe(2);
  nowMs -= 3_600_000;
  expect(ask()).toBe(3);
});
