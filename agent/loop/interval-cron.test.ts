import cron from 'node-cron';
import { describe, expect, it } from 'vitest';
import { intervalChoicesSeconds } from '../../shared/agent-config-schema.ts';
import { intervalCron } from './interval-cron.ts';

describe('intervalCron', () => {
  it.each([
    [1, 0, '0-59/1 * * * * *'],
    [15, 3, '3-59/15 * * * * *'],
    [15, 18.9, '3-59/15 * * * * *'],
    [60, 42, '42 * * * * *'],
    [120, 75, '15 1-59/2 * * * *'],
    [3600, 3599, '59 59 * * * *'],
  ])('an interval of %d seconds at phase %d is %s', (intervalSeconds, phaseSeconds, expected) => {
    expect(intervalCron(intervalSeconds, phaseSeconds)).toBe(expected);
  });

  it.each(intervalChoicesSeconds)(
    'makes node-cron beat each %d seconds at the phase, over the ends of hours',
    (intervalSeconds) => {
      const phaseSeconds = Math.floor(intervalSeconds * 0.7);
      const task = cron.createTask(intervalCron(intervalSeconds, phaseSeconds), () => {}, { timezone: 'UTC' });
      const beats = task.getNextRuns(130).map((date) => date.getTime() / 1000);
      void task.destroy();

      expect(beats).toHaveLength(130);
      expect(beats.every((beat) => beat % intervalSeconds === phaseSeconds)).toBe(true);
      expect(new Set(beats.slice(1).map((beat, index) => beat - (beats[index] ?? 0)))).toEqual(
        new Set([intervalSeconds]),
      );
    },
  );

  it.each([0, 7, 45, 90, 7200, -60, 0.5, NaN])('refuses an interval of %d seconds', (intervalSeconds) => {
    expect(() => intervalCron(intervalSeconds, 0)).toThrow(RangeError);
  });
});
