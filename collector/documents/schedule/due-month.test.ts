import { describe, expect, it } from 'vitest';
import { duesAround, duesSince } from './due-month.ts';

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

describe('the months that were missed', () => {
  const since = (sinceText: string, nowText: string, keepMonths = 36) =>
    duesSince(at(sinceText), at(nowText), { ...settings, keepMonths }, 'Asia/Jakarta').map(
      ({ month, atMs }) => `${month} ${new Date(atMs + 7 * 3_600_000).toISOString().slice(0, 10)}`,
    );

  it('are told each once, the oldest first', () => {
    expect(since('2026-10-10T06:00:00', '2027-01-05T12:00:00')).toEqual([
      '2026-10 2026-11-10',
      '2026-11 2026-12-10',
      '2026-12 2027-01-01',
    ]);
    expect(since('2027-01-01T06:00:00', '2027-01-05T12:00:00')).toEqual([]);
  });

  it('are no more than a year, nor than are kept', () => {
    const months = since('2020-01-01T00:00:00', '2027-01-20T12:00:00');
    expect([months.length, months[0], months.at(-1)]).toEqual([12, '2026-01 2026-02-10', '2026-12 2027-01-10']);
    expect(since('2020-01-01T00:00:00', '2027-01-20T12:00:00', 2)).toEqual([
      '2026-11 2026-12-10',
      '2026-12 2027-01-10',
    ]);
  });
});
