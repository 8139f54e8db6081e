import { describe, expect, it } from 'vitest';
import { spanAt, spansPer } from './spans-per.ts';

const at = (text: string) => Date.parse(text);
const shown = (per: 'hour' | 'day' | 'month', from: string, until: string, timezone: string) =>
  spansPer(per, at(from), at(until), timezone).map(({ name, fromMs, untilMs }) => [
    name,
    new Date(fromMs).toISOString(),
    new Date(untilMs).toISOString(),
  ]);

describe('hours, days and months of a zone', () => {
  it('are cut at both ends', () => {
    expect(shown('month', '2026-10-15T00:00:00Z', '2026-11-30T17:00:00.001Z', 'Asia/Jakarta')).toEqual([
      ['2026-10', '2026-10-15T00:00:00.000Z', '2026-10-31T17:00:00.000Z'],
      ['2026-11', '2026-10-31T17:00:00.000Z', '2026-11-30T17:00:00.000Z'],
      ['2026-12', '2026-11-30T17:00:00.000Z', '2026-11-30T17:00:00.001Z'],
    ]);
    expect(shown('day', '2026-11-22T16:00:00Z', '2026-11-22T18:00:00Z', 'Asia/Jakarta')).toEqual([
      ['2026-11-22', '2026-11-22T16:00:00.000Z', '2026-11-22T17:00:00.000Z'],
      ['2026-11-23', '2026-11-22T17:00:00.000Z', '2026-11-22T18:00:00.000Z'],
    ]);
  });

  it('begin with the hour of the zone, where that is half an hour off too', () => {
    expect(shown('hour', '2026-11-22T18:40:00Z', '2026-11-22T19:30:00Z', 'Asia/Kolkata')).toEqual([
      ['2026-11-23T00', '2026-11-22T18:40:00.000Z', '2026-11-22T19:30:00.000Z'],
    ]);
    expect(shown('hour', '2026-11-22T16:59:00Z', '2026-11-22T17:30:00Z', 'Asia/Jakarta')).toEqual([
      ['2026-11-22T23', '2026-11-22T16:59:00.000Z', '2026-11-22T17:00:00.000Z'],
      ['2026-11-23T00', '2026-11-22T17:00:00.000Z', '2026-11-22T17:30:00.000Z'],
    ]);
  });

  it('are none without time between', () => {
    expect(spansPer('day', 10, 10, 'Asia/Jakarta')).toEqual([]);
  });

  it('are found by a moment in them', () => {
    expect(spanAt('month', at('2026-11-30T17:00:00Z'), 'Asia/Jakarta')).toEqual({
      name: '2026-12',
      fromMs: at('2026-11-30T17:00:00Z'),
      untilMs: at('2026-12-31T17:00:00Z'),
    });
  });
});
