import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberWith } from './fleet-member.test-kit.ts';
import { backupsOfNights, createBackupClaims, nightlyBackup } from './nightly-backups.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const morningMs = Date.parse('2026-11-22T03:00:00Z');
const member = memberWith({ pd: 'dinkes', datasets: ['sikda'] });
const sikda = { dataset: 'sikda', source: 'files' };
const anyTime = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2032, 0, 1) });
const names = (claims: readonly { objectName?: string }[]) => claims.map(({ objectName }) => objectName);

describe('the nightly backups of a department', () => {
  it('are at most a day old and five minutes at least, whatever the time', () => {
    fc.assert(
      fc.property(anyTime, (atMs) => {
        const ageMs = atMs - Date.parse(nightlyBackup(member, sikda, atMs).completedAt ?? '');
        expect(ageMs).toBeGreaterThanOrEqual(5 * 60_000);
        expect(ageMs).toBeLessThan(dayMs + 50 * 60_000);
      }),
    );
  });

  it('are as large as usual in every night of every year', () => {
    fc.assert(
      fc.property(anyTime, (atMs) => {
        const sizes = backupsOfNights(member, sikda, atMs, { from: 0, count: 7 }).map(({ sizeBytes = 0 }) => sizeBytes);
        expect(Math.min(...sizes) / Math.max(...sizes)).toBeGreaterThan(0.95);
      }),
    );
  });

  it('stand in order, the oldest first, and keep their names and hashes', () => {
    const nights = backupsOfNights(member, sikda, morningMs, { from: 0, count: 4 });
    expect(names(nights)).toEqual([18, 19, 20, 21].map((day) => `sikda-2026-11-${day}.tar.zst`));
    expect(backupsOfNights(member, sikda, morningMs + dayMs, { from: 1, count: 4 })).toEqual(nights);
  });
});

describe('the claims of a simulated agent', () => {
  const nights = (count: number) =>
    createBackupClaims((who, dataset, atMs) => backupsOfNights(who, dataset, atMs, { from: 0, count }));

  it('say everything at first, then what is new, and the newest again each hour', () => {
    const claimsOf = nights(3);
    const first = names(claimsOf(member, morningMs));
    expect(first).toEqual(['sikda-2026-11-19.tar.zst', 'sikda-2026-11-20.tar.zst', 'sikda-2026-11-21.tar.zst']);
    expect(claimsOf(member, morningMs + hourMs - 1)).toEqual([]);
    expect(names(claimsOf(member, morningMs + hourMs))).toEqual(['sikda-2026-11-21.tar.zst']);
    expect(claimsOf(member, morningMs + hourMs + 1)).toEqual([]);
    expect(names(claimsOf(member, morningMs + dayMs))).toEqual(['sikda-2026-11-22.tar.zst']);
  });

  it('are no more than a report takes; the next one has the rest', () => {
    const claimsOf = nights(300);
    const said = [claimsOf(member, morningMs), claimsOf(member, morningMs), claimsOf(member, morningMs)];
    expect(said.map((claims) => claims.length)).toEqual([128, 128, 44]);
    expect(new Set(names(said.flat())).size).toBe(300);
    expect(claimsOf(member, morningMs)).toEqual([]);
  });

  it('come from the first agent of the department alone', () => {
    expect(nights(3)({ ...member, isFirstOfPd: false }, morningMs)).toEqual([]);
  });
});
