import { describe, expect, it } from 'vitest';
import { addYears, middleDay, nextStartMs } from './calendar.ts';

describe('days of registers', () => {
  it('are the same of the calendar years later, and the 28th of February where there is no 29th', () => {
    expect(addYears('2024-11-25', 2)).toBe('2026-11-25');
    expect(addYears('2024-02-29', 2)).toBe('2026-02-28');
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
    expect(addYears('2023-02-28', 1)).toBe('2024-02-28');
  });

  it('have a middle', () => {
    expect(middleDay('2021-01-01', '2025-12-31')).toBe('2023-07-02');
    expect(middleDay('2026-01-01', '2026-01-01')).toBe('2026-01-01');
  });

  it('begin in the zone of the Pemda', () => {
    const now = { today: '2026-11-25', timezone: 'Asia/Makassar' };

    expect(nextStartMs(['2027-01-01', undefined, '2026-11-25', '2026-12-01'], now)).toBe(
      Date.parse('2026-12-01T00:00:00+08:00'),
    );
    expect(nextStartMs(['2026-11-25', undefined], now)).toBeUndefined();
  });
});
