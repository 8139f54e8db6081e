import { describe, expect, it } from 'vitest';
import { createFollowedStates } from './followed-states.ts';

const unknown = Number.NaN;

describe('the state of a link in the past', () => {
  it('is down after three bad rounds, up after two good ones, and each link has its own', () => {
    const follow = createFollowedStates();
    const said = (series: number, ...values: number[]) =>
      values.map((value, place) => follow({ series, atMs: place * 60_000, value }));

    expect(said(1, 1, 0, 0, 0, 1, 1, unknown, 0)).toEqual([1, 1, 1, 0, 0, 1, unknown, unknown]);
    expect(said(2, 0, 0, 0)).toEqual([unknown, unknown, 0]);
  });
});
