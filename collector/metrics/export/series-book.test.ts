import { describe, expect, it } from 'vitest';
import { families } from '../catalogue.ts';
import { SeriesBook } from './series-book.ts';

const name = families[0]?.name ?? '';

describe('the numbers of series', () => {
  it('keep those of a family together in the order of the page, and the same series has one number', () => {
    const book = new SeriesBook(families, [['job', 'pantau']]);
    const later = book.numberOf(1, [['pd', 'a']]);
    const first = book.numberOf(0, [['pd', 'a"\n']]);

    expect(first).toBeLessThan(later);
    expect(book.numberOf(1, [['pd', 'a']])).toBe(later);
    expect(book.nameOf(first)).toBe(`${name}{pd="a\\"\\n",job="pantau"}`);
    expect([book.familyOf(later), book.seriesCount]).toEqual([families[1], 2]);
  });

  it('are given to no series that has a label of those which are put on all', () => {
    const book = new SeriesBook(families, [['phase', 'x']]);

    expect(() => book.numberOf(0, [['phase', 'rtt']])).toThrow(`The label "phase" is one of Pantau's own series`);
  });
});
