import { describe, expect, it } from 'vitest';
import { formatLocalTime, formatZonedRfc3339, localTimeMs, zoneOffsetMinutes } from './local-time.ts';

const atMs = Date.UTC(2026, 7, 16, 19, 5, 0);

describe('formatLocalTime', () => {
  it.each([
    ['Asia/Jakarta', 'Senin, 17 Agustus 2026 pukul 02.05 WIB'],
    ['Asia/Pontianak', 'Senin, 17 Agustus 2026 pukul 02.05 WIB'],
    ['Asia/Makassar', 'Senin, 17 Agustus 2026 pukul 03.05 WITA'],
    ['Asia/Jayapura', 'Senin, 17 Agustus 2026 pukul 04.05 WIT'],
    ['Asia/Kolkata', 'Senin, 17 Agustus 2026 pukul 00.35 UTC+05:30'],
    ['America/St_Johns', 'Minggu, 16 Agustus 2026 pukul 16.35 UTC-02:30'],
    ['UTC', 'Minggu, 16 Agustus 2026 pukul 19.05 UTC+00:00'],
    ['Nowhere/At_All', 'Minggu, 16 Agustus 2026 pukul 19.05 UTC+00:00'],
  ])('writes an instant as people in %s do', (timezone, text) => {
    expect(formatLocalTime(atMs, timezone, 'id')).toBe(text);
  });

  it('writes English on request', () => {
    expect(formatLocalTime(atMs, 'Asia/Jakarta', 'en')).toBe('Monday, 17 August 2026 at 02:05 WIB');
  });
});

describe('formatZonedRfc3339', () => {
  it.each([
    ['Asia/Makassar', '2026-08-17T03:05:00.000+08:00'],
    ['America/St_Johns', '2026-08-16T16:35:00.000-02:30'],
    ['UTC', '2026-08-16T19:05:00.000+00:00'],
  ])('keeps the instant in %s', (timezone, text) => {
    expect(formatZonedRfc3339(atMs, timezone)).toBe(text);
    expect(Date.parse(text)).toBe(atMs);
  });
});

describe('localTimeMs', () => {
  it.each([
    ['2026-08-17T02:05', 'Asia/Jakarta', '2026-08-16T19:05:00Z'],
    ['2026-08-17T02:05:09', 'Asia/Jayapura', '2026-08-16T17:05:09Z'],
    ['2026-03-29T01:59', 'Europe/Amsterdam', '2026-03-29T00:59:00Z'],
    ['2026-03-29T03:00', 'Europe/Amsterdam', '2026-03-29T01:00:00Z'],
  ])('reads %s in %s', (text, timezone, expected) => {
    expect(localTimeMs(text, timezone)).toBe(Date.parse(expected));
  });

  it.each(['2026-02-30T22:00', '2026-13-01T00:00', '2026-01-01T24:00', 'tomorrow'])(
    'knows that %s is in no calendar',
    (text) => {
      expect(localTimeMs(text, 'Asia/Jakarta')).toBeUndefined();
    },
  );
});

describe('zoneOffsetMinutes', () => {
  it('follows daylight saving where there is one', () => {
    expect(zoneOffsetMinutes(Date.UTC(2026, 0, 1), 'Europe/Amsterdam')).toBe(60);
    expect(zoneOffsetMinutes(Date.UTC(2026, 6, 1), 'Europe/Amsterdam')).toBe(120);
  });
});
