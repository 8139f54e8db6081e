import { describe, expect, it } from 'vitest';
import type { VerdictStatus } from '../../shared/states.ts';
import { explainVerdict } from './explain.ts';
import { wanReachable } from './rules/wan-reachable.ts';

const sinceAtMs = Date.parse('2026-11-22T03:00:00Z');
const words = (language: 'id' | 'en', args: Record<string, string | number>, status: VerdictStatus = 'breached') => {
  const reasonArgs = { target: '10.20.1.1', sinceAtMs, ...args };
  return explainVerdict({ status, reasonCode: 'wan-down', reasonArgs }, wanReachable, {
    language,
    timezone: 'Asia/Jakarta',
  });
};

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
