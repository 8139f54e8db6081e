import { describe, expect, it } from 'vitest';
import type { VerdictStatus } from '../../shared/states.ts';
import { explain, explainVerdict, headlineOf } from './explain.ts';
import { wanReachable } from './rules/wan-reachable.ts';

const sinceAtMs = Date.parse('2026-11-22T03:00:00Z');
const words = (language: 'id' | 'en', args: Record<string, string | number>, status: VerdictStatus = 'breached') => {
  const reasonArgs = { target: '10.20.1.1', sinceAtMs, ...args };
  return explainVerdict({ status, reasonCode: 'wan-down', reasonArgs }, wanReachable, {
    language,
    timezone: 'Asia/Jakarta',
  });
};

describe('what is wrong in a few words', () => {
  it('is said of a breach only', () => {
    const said = (status: VerdictStatus, reasonCode: string) =>
      headlineOf({ status, reasonCode, reasonArgs: {} }, wanReachable, { language: 'id', timezone: 'Asia/Jakarta' });

    expect(said('breached', 'wan-unstable')).toBe('WAN putus-sambung');
    expect(said('compliant', 'router-answers')).toBeUndefined();
    expect(said('waived', 'wan-down')).toBeUndefined();
  });
});

describe('a day among the values of a reason', () => {
  it('is written as people write it', () => {
    const text = { id: 'Paling lambat {dueDay}.', en: 'By {dueDay}.' };

    expect(explain(text, { dueDay: '2026-12-31' }, { language: 'id', timezone: 'Asia/Jakarta' })).toBe(
      'Paling lambat 31 Desember 2026.',
    );
    expect(explain(text, { dueDay: 'besok' }, { language: 'en', timezone: 'Asia/Jakarta' })).toBe('By besok.');
  });

  it('is written so of a month, too', () => {
    const text = { id: 'Pada bulan {month}.', en: 'In {month}.' };
    const said = (language: 'id' | 'en', month: string) =>
      explain(text, { month }, { language, timezone: 'Asia/Jakarta' });

    expect(said('id', '2026-10')).toBe('Pada bulan Oktober 2026.');
    expect(said('en', '2026-08')).toBe('In August 2026.');
    expect(said('en', 'this month')).toBe('In this month.');
  });
});

describe('the words of a waiver', () => {
  it('name its letter and its last day', () => {
    const waiver = { waiverNumber: '800/12/2026', waiverUntil: '2026-12-31' };

    expect(words('id', waiver, 'waived')).toMatch(
      /^Dikecualikan berdasarkan surat Nomor 800\/12\/2026, berlaku sampai dengan 31 Desember 2026\. Router /,
    );
    expect(words('en', waiver, 'waived')).toMatch(
      /^Exempt by letter number 800\/12\/2026, until 31 December 2026\. The router /,
    );
  });
});

describe('the words of a breach that stands until the line is quiet', () => {
  const returned = { returnedAtMs: sinceAtMs + 5 * 60_000 };

  it('do not say any more that nothing answers', () => {
    expect(words('id', {})).toMatch(/^Router 10\.20\.1\.1 tidak menjawab /);
    expect(words('id', returned)).toBe(
      'Menjawab kembali sejak Minggu, 22 November 2026 pukul 10.05 WIB, menunggu kestabilan sebelum dinyatakan pulih; gangguan dimulai Minggu, 22 November 2026 pukul 10.00 WIB.',
    );
    expect(words('en', returned)).toBe(
      'It has answered again since Sunday, 22 November 2026 at 10:05 WIB and counts as mended once it is steady; the trouble began Sunday, 22 November 2026 at 10:00 WIB.',
    );
  });
});
