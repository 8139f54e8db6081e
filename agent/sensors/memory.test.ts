import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMemory } from './memory.ts';
import { schemaErrors } from './report-checks.ts';

const lines = (fields: Record<string, number>) =>
  Object.entries(fields)
    .map(([name, kibibytes]) => `${name}:${String(kibibytes).padStart(15)} kB`)
    .join('\n') + '\n';

describe('parseMemory', () => {
  it('turns the kernel’s kibibytes into bytes', () => {
    const text = lines({
      MemTotal: 8000,
      MemFree: 10,
      MemAvailable: 5000,
      SwapCached: 1,
      SwapTotal: 200,
      SwapFree: 150,
    });
    expect(parseMemory(text)).toEqual({
      sizeBytes: 8_192_000,
      availableBytes: 5_120_000,
      swapSizeBytes: 204_800,
      swapFreeBytes: 153_600,
    });
  });

  it('reckons what is available on kernels that do not say it', () => {
    expect(parseMemory(lines({ MemTotal: 100, MemFree: 10, Buffers: 5, Cached: 7 }))?.availableBytes).toBe(22 * 1024);
  });

  it.each([
    '',
    'MemTotal: lots kB\nMemAvailable: 1 kB\n',
    'MemTotal:  100 kB\n',
    'MemTotal: -1 kB\nMemAvailable: 1 kB\n',
  ])('refuses %j rather than say zero', (text) => {
    expect(parseMemory(text)).toBeUndefined();
  });

  it('says only what the report’s schema takes', () => {
    const kibibytes = fc.maxSafeNat().map((value) => value % 1e12);
    fc.assert(
      fc.property(kibibytes, kibibytes, kibibytes, kibibytes, (MemTotal, MemAvailable, SwapTotal, SwapFree) => {
        const memory = parseMemory(lines({ MemTotal, MemAvailable, SwapTotal, SwapFree }));
        expect(memory?.sizeBytes).toBe(MemTotal * 1024);
        expect(schemaErrors('memory', memory)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
