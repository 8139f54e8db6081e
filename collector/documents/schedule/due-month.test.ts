import { describe, expect, it } from 'vitest';
import { duesAround } from './due-month.ts';

const settings = { days: [10, 1], time: '06:00', formats: ['pdf' as const], perDepartment: false, keepMonths: 36 };
const at = (text: string) => Date.parse(`${text}+07:00`);

function around(text: string, timezone = 'Asia/Jakarta') {
  const { last, next } = duesAround(at(text), settings, timezone);
  const shown = (due: typeof last) =>
    due && `${due.month} ${new Date(due.atMs + 7 * 3_600_000).toISOString().slice(0, 16)}`;
  return { last: shown(last), next: shown(next) };
}

describe('when monthly reports are due', () => {
  it.each([
    ['2026-11-01T05:59:59', '2026-09 2026-10-10T06:00', '2026-10 2026-11-01T06:00'],
    ['2026-11-01T06:00:00', '2026-10 2026-11-01T06:00', '2026-10 2026-11-10T06:00'],
    ['2026-11-30T23:00:00', '2026-10 2026-11-10T06:00', '2026-11 2026-12-01T06:00'],
    ['2027-01-01T06:00:00', '2026-12 2027-01-01T06:00', '2026-12 2027-01-10T06:00'],
  ])('at %s', (text, last, next) => {
    expect(around(text)).toEqual({ last, next });
  });

  it('is told by the clocks of the Pemda', () => {
    expect(around('2026-11-01T05:30:00', 'Asia/Makassar').last).toBe('2026-10 2026-11-01T05:00');
  });
});
