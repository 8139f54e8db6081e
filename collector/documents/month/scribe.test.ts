import { describe, expect, it } from 'vitest';
import { createScribe } from './scribe.ts';

const id = createScribe('id', 'Asia/Makassar');
const en = createScribe('en', 'Asia/Makassar');

describe('amounts in a report', () => {
  it('are written as readers are used to, and kept as numbers for the workbook', () => {
    expect(id.hours(4_500_000)).toEqual({ text: '1.250,00', number: 1250 });
    expect(en.hours(4_500_000)).toEqual({ text: '1,250.00', number: 1250 });
    expect(id.megabits(5_000_000, 'bad')).toEqual({ text: '40,00', number: 40, colour: 'bad' });
    expect(id.megabytes(1_234_567)).toEqual({ text: '1,2', number: 1.2 });
    expect(id.milliseconds(0.0205)).toEqual({ text: '20,5', number: 20.5 });
    expect(id.moment(Date.parse('2026-08-17T00:05:00Z'))).toEqual({ text: '17 Agustus 2026 08.05' });
    expect(en.moment(Date.parse('2026-08-17T00:05:00Z'))).toEqual({ text: '17 August 2026 08:05' });
  });

  it('never call whole what is not whole', () => {
    expect(id.percent(0.999_999)).toEqual({ text: '99,99%', number: 99.9999 });
    expect(id.percent(0.000_001)).toEqual({ text: '0,01%', number: 0.0001 });
    expect(id.percent(1).number).toBe(100);
  });

  it('say so when they are not known, and are no number then', () => {
    const unknown = { text: 'tidak diketahui', colour: 'unknown' };

    expect([id.percent(undefined), id.hours(undefined), id.megabits(undefined), id.moment(undefined)]).toEqual([
      unknown,
      unknown,
      unknown,
      unknown,
    ]);
    expect(en.percent(0 / 0)).toEqual({ text: 'unknown', colour: 'unknown' });
    expect(id.moment(undefined, { id: 'belum pernah', en: 'never' })).toEqual({ text: 'belum pernah' });
  });
});
