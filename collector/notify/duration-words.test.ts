import { expect, it } from 'vitest';
import { durationInWords } from './duration-words.ts';

const minuteMs = 60_000;

it.each([
  [-5 * minuteMs, 'kurang dari 1 menit', 'less than 1 minute'],
  [0, 'kurang dari 1 menit', 'less than 1 minute'],
  [59_999, 'kurang dari 1 menit', 'less than 1 minute'],
  [minuteMs, '1 menit', '1 minute'],
  [60 * minuteMs, '1 jam', '1 hour'],
  [192 * minuteMs + 59_000, '3 jam 12 menit', '3 hours 12 minutes'],
  [1440 * minuteMs, '1 hari', '1 day'],
  [(2 * 1440 + 61) * minuteMs, '2 hari 1 jam 1 menit', '2 days 1 hour 1 minute'],
  [Number.NaN, 'kurang dari 1 menit', 'less than 1 minute'],
])('says %i ms as "%s"', (durationMs, id, en) => {
  expect(durationInWords(durationMs, 'id')).toBe(id);
  expect(durationInWords(durationMs, 'en')).toBe(en);
});
