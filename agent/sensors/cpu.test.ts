import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { busyRatio, parseCpuTimes, parseLoad } from './cpu.ts';

const stat = (columns: string) => `cpu  ${columns}\ncpu0 1 1 1 1\ncpu1 1 1 1 1\nintr 5\nbtime 1\n`;

describe('parseCpuTimes', () => {
  it('counts waiting for disks as idle, time stolen by the hypervisor as busy and guest time once', () => {
    //                              user nice system idle iowait irq softirq steal guest guest_nice
    expect(parseCpuTimes(stat('100 10 50 800 40 1 2 7 90 9'))).toEqual({ count: 2, busyTicks: 170, totalTicks: 1010 });
  });

  it('reads the four columns of an old kernel', () => {
    expect(parseCpuTimes(stat('1 2 3 4'))).toEqual({ count: 2, busyTicks: 6, totalTicks: 10 });
  });

  it.each(['', 'cpu  1 2\ncpu0 1\n', 'cpu  1 2 3 4\n', 'cpu  a b c d\ncpu0 1 1 1 1\n', 'cpu  -1 2 3 4\ncpu0 1 1\n'])(
    'refuses %j',
    (text) => {
      expect(parseCpuTimes(text)).toBeUndefined();
    },
  );

  it('never throws, whatever stands in the file', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void parseCpuTimes(`cpu  ${text}`)));
  });
});

describe('busyRatio', () => {
  const times = (busyTicks: number, totalTicks: number) => ({ count: 2, busyTicks, totalTicks });

  it('is the busy share of the time that has passed', () => {
    expect(busyRatio(times(100, 1000), times(150, 1200))).toBe(0.25);
  });

  it('is absent when no time has passed or the counters started again', () => {
    expect(busyRatio(times(5, 10), times(5, 10))).toBeUndefined();
    expect(busyRatio(times(500, 1000), times(5, 10))).toBeUndefined();
  });

  it('stays within 0 and 1 even when iowait runs backwards', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), fc.maxSafeNat(), fc.maxSafeNat(), (a, b, c, d) => {
        const ratio = busyRatio(times(a, b), times(c, d)) ?? 0;
        expect(ratio).toBeGreaterThanOrEqual(0);
        expect(ratio).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('parseLoad', () => {
  it('reads the three averages', () => {
    expect(parseLoad('0.38 0.21 12.50 1/162 4331\n')).toEqual({ load1: 0.38, load5: 0.21, load15: 12.5 });
  });

  it.each(['', 'nan nan nan 1/2 3', '-1.0 0.0 0.0 1/1 1', '1e9 1 1'])('leaves them out for %j', (text) => {
    expect(parseLoad(text)).toEqual({});
  });
});
