import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const nextTurn = () => new Promise((next) => setImmediate(next));

it('lets one piece of work end before the next begins, in order', async () => {
  const turns = createTurns();
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await nextTurn();
    seen.push(`${name} ends`);
    return name;
  };

  expect(await Promise.all([turns.take(work('a')), turns.take(work('b'))])).toEqual(['a', 'b']);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

it('goes on after a failure, which only its own caller hears of', async () => {
  const turns = createTurns();
  const failed = turns.take(() => Promise.reject(new Error('disk is full')));

  expect(await turns.take(async () => 'written')).toBe('written');
  await expect(failed).rejects.toThrow('disk is full');
});
