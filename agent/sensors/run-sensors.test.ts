import { describe, expect, it } from 'vitest';
import { runSensors } from './run-sensors.ts';
import type { Measurement, Sensor } from './sensor.ts';

const sensor = (name: string, read: () => Promise<Measurement>): Sensor => ({ name, docs: name, read });
const memory = { sizeBytes: 4, availableBytes: 3, swapSizeBytes: 0, swapFreeBytes: 0 };
const good = sensor('memory', async () => ({ outcome: 'ok', part: { memory } }));

describe('runSensors', () => {
  it('puts the parts together and names each failure', async () => {
    const round = await runSensors(
      [
        good,
        sensor('cpu', async () => ({ outcome: 'failed', reason: 'stat is odd' })),
        sensor('uptime', async () => Promise.reject(new Error('ENOENT: no such file'))),
        sensor('interfaces', async () => ({ outcome: 'no-data' })),
        sensor('storage', async () => ({
          outcome: 'ok',
          part: { filesystems: [] },
          failures: [{ of: 'storage /x', reason: 'EIO' }],
        })),
      ],
      { timeoutMs: 1000 },
    );

    expect(round).toEqual({
      part: { memory, filesystems: [] },
      failures: [
        { of: 'cpu', reason: 'stat is odd' },
        { of: 'uptime', reason: 'ENOENT: no such file' },
        { of: 'storage /x', reason: 'EIO' },
      ],
    });
  });

  it('does not wait for a sensor that hangs, does not call it again meanwhile, and takes it back afterwards', async () => {
    let release: (measurement: Measurement) => void = () => {};
    let callCount = 0;
    const hanging = sensor('storage', async () => {
      callCount++;
      return callCount > 1 ? { outcome: 'no-data' } : new Promise<Measurement>((resolve) => (release = resolve));
    });
    const round = () => runSensors([hanging, good], { timeoutMs: 20 });

    expect(await round()).toEqual({ part: { memory }, failures: [{ of: 'storage', reason: 'timeout' }] });
    expect(await round()).toEqual({ part: { memory }, failures: [{ of: 'storage', reason: 'still-running' }] });
    expect(callCount).toBe(1);

    release({ outcome: 'no-data' });
    await new Promise(setImmediate);
    expect(await round()).toEqual({ part: { memory }, failures: [] });
    expect(callCount).toBe(2);
  });

  it('catches a sensor that throws before it returns a promise', async () => {
    const broken = sensor('cpu', () => {
      throw new Error('broken');
    });
    expect((await runSensors([broken], { timeoutMs: 1000 })).failures).toEqual([{ of: 'cpu', reason: 'broken' }]);
  });

  it('makes reasons fit for a report, and keeps no more than it holds', async () => {
    const failures = Array.from({ length: 100 }, (_, at) => ({ of: `storage /${at}`, reason: '' }));
    const loud = sensor('cpu', async () => ({ outcome: 'failed', reason: `\u001b${'x'.repeat(500)}` }));
    const many = sensor('storage', async () => ({ outcome: 'ok', part: {}, failures }));
    const round = await runSensors([loud, many], { timeoutMs: 1000 });

    expect(round.failures).toHaveLength(64);
    expect(round.failures[0]?.reason).toBe(`\uFFFD${'x'.repeat(255)}`);
    expect(round.failures[1]).toEqual({ of: 'storage /0', reason: 'unknown' });
  });
});
