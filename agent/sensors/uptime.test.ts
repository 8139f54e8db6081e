import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBootId, parseBootTimeSeconds, parseUptimeSeconds } from './uptime.ts';

describe('uptime', () => {
  it('takes the first eight hex digits of the boot id', () => {
    expect(parseBootId('22237BEF-9c2b-4a11-8d6e-0d4f4b1c9a10\n')).toBe('22237bef');
  });

  it('finds the boot time among the other lines of stat', () => {
    expect(parseBootTimeSeconds('cpu  1 2 3 4\nctxt 99\nbtime 1795342240\nprocesses 5\n')).toBe(1795342240);
  });

  it('reads the uptime with its hundredths', () => {
    expect(parseUptimeSeconds('1772.31 3500.02\n')).toBe(1772.31);
  });

  it.each([
    '',
    '\n',
    'x'.repeat(100_000),
    'btime -5\n',
    'btime 1e3\n',
    'btime 999999999999999\n',
    'NaN NaN\n',
    '-1.0 2\n',
  ])('finds nothing in %j', (text) => {
    expect([parseBootId(text), parseBootTimeSeconds(text), parseUptimeSeconds(text)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('reads back any uptime and boot time that a kernel can print', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000), fc.nat(99), (seconds, hundredths) => {
        const text = `${seconds}.${String(hundredths).padStart(2, '0')}`;
        expect(parseUptimeSeconds(`${text} 0.00\n`)).toBe(Number(text));
        expect(parseBootTimeSeconds(`intr 1 2\nbtime ${seconds}\n`)).toBe(seconds);
      }),
    );
  });
});
