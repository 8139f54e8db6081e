import fc from 'fast-check';
import cron from 'node-cron';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { intervalChoicesSeconds } from '../../shared/agent-config-schema.ts';
import { createCronBeats } from './cron-beats.ts';
import { intervalCron } from './interval-cron.ts';

afterEach(() => vi.useRealTimers());

describe('cron beats', () => {
  it('are those of a node-cron task, at any time and for each interval', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const cases = fc.record({
      intervalSeconds: fc.constantFrom(...intervalChoicesSeconds),
      phaseSeconds: fc.nat(3600),
      nowMs: fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }),
    });
    fc.assert(
      fc.property(cases, ({ intervalSeconds, phaseSeconds, nowMs }) => {
        vi.setSystemTime(nowMs);
        const expression = intervalCron(intervalSeconds, phaseSeconds);
        const task = cron.createTask(expression, () => {}, { timezone: 'UTC' });
        const expected = task.getNextRuns(3).map((date) => date.getTime());
        void task.destroy();

        const beats = createCronBeats(cron.parse(expression));
        let lastMs = nowMs;
        const found = expected.map(() => (lastMs = beats.nextBeatMs(lastMs) ?? NaN));
        expect(found).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('follow one another, each later than the instant asked about', () => {
    const beats = createCronBeats(cron.parse('59 59 * * * *'));
    const beatMs = Date.UTC(2027, 11, 31, 23, 59, 59);
    expect(beats.nextBeatMs(beatMs - 1)).toBe(beatMs);
    expect(beats.nextBeatMs(beatMs)).toBe(beatMs + 3_600_000);
  });

  it.each(['0 0 3 * * *', '0 0 * 1 * *', '0 0 * * 1 *', '0 0 * * * 1'])('refuse %s', (expression) => {
    expect(() => createCronBeats(cron.parse(expression))).toThrow(RangeError);
  });

  it('leave the date formats of ICU alone', () => {
    const formats = vi.spyOn(Intl, 'DateTimeFormat');
    try {
      createCronBeats(cron.parse('7-59/15 * * * * *')).nextBeatMs(0);
      expect(formats).not.toHaveBeenCalled();
    } finally {
      formats.mockRestore();
    }
  });
});
