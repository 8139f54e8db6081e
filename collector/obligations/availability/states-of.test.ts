import { expect, it } from 'vitest';
import { statesOf } from './states-of.ts';

const timeline = {
  up: [
    { fromMs: 0, untilMs: 10 },
    { fromMs: 20, untilMs: 30 },
  ],
  down: [{ fromMs: 10, untilMs: 15 }],
};

it('fills what nobody knows between the rest, and cuts at the ends of the period', () => {
  expect(statesOf(timeline, { fromMs: 5, untilMs: 40 })).toEqual([
    { state: 'up', fromMs: 5, untilMs: 10 },
    { state: 'down', fromMs: 10, untilMs: 15 },
    { state: 'unknown', fromMs: 15, untilMs: 20 },
    { state: 'up', fromMs: 20, untilMs: 30 },
    { state: 'unknown', fromMs: 30, untilMs: 40 },
  ]);
});

it('is one span where nothing changes, and none in no time', () => {
  expect(statesOf(timeline, { fromMs: 22, untilMs: 25 })).toEqual([{ state: 'up', fromMs: 22, untilMs: 25 }]);
  expect(statesOf(timeline, { fromMs: 25, untilMs: 25 })).toEqual([]);
});
