import { describe, expect, it } from 'vitest';
import { wib } from './backup-facts.test-kit.ts';
import { otherZoneOf } from './other-zone.ts';

const nightly = { cron: '0 1 * * *', timezone: 'Asia/Jakarta', graceSeconds: 3600 };
const nights = (...at: string[]) => at.map(wib);

describe('the zone that a job seems to run in', () => {
  it.each([
    ['UTC', nights('2026-11-22T08:05', '2026-11-21T08:07', '2026-11-20T09:20')],
    ['Asia/Makassar', nights('2026-11-22T00:05', '2026-11-21T00:07')],
    ['Asia/Jayapura', nights('2026-11-21T23:05', '2026-11-20T23:02')],
  ])('is %s when every backup ends on time there', (zone, times) => {
    expect(otherZoneOf(nightly, times)).toBe(zone);
  });

  it.each([
    ['on time', nights('2026-11-22T01:05', '2026-11-21T01:07')],
    ['at no hour in particular', nights('2026-11-22T08:05', '2026-11-21T14:07')],
    ['only once', nights('2026-11-22T08:05')],
    ['never', []],
  ])('is not guessed when backups come %s', (_name, times) => {
    expect(otherZoneOf(nightly, times)).toBeUndefined();
  });

  it('is not guessed for a job that runs every few hours', () => {
    const often = { ...nightly, cron: '0 */6 * * *' };

    expect(otherZoneOf(often, nights('2026-11-22T08:05', '2026-11-22T02:05'))).toBeUndefined();
  });
});
