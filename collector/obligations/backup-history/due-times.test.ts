import { describe, expect, it } from 'vitest';
import { dueTimesMs } from '../../../shared/cron-grace.ts';
import { dueSpan, type HistoryFacts, type JudgedDue, judgeDueTimes } from './due-times.ts';
import { hourMs, run, unseen, wib } from './history.test-kit.ts';

const schedule = { cron: '0 1 * * *', timezone: 'Asia/Jakarta', graceSeconds: 6 * 3600 };

/** The heard hours of some time, all of them. */
function hours(fromMs: number, untilMs: number): Set<number> {
  const heard = new Set<number>();
  for (let hour = Math.floor(fromMs / hourMs) * hourMs; hour < untilMs; hour += hourMs) heard.add(hour);
  return heard;
}

function judged(span: { fromMs: number; untilMs: number }, facts: HistoryFacts): JudgedDue[] {
  const { fromMs, untilMs } = dueSpan(span, facts);
  return judgeDueTimes(dueTimesMs(facts.schedule, fromMs, untilMs, 1000), facts);
}

function judge(patch: Partial<HistoryFacts>, from = '2026-11-22T00:00', until = '2026-11-23T00:00'): string[] {
  const facts: HistoryFacts = {
    schedule,
    minSizeBytes: 1,
    runs: [],
    heardHours: hours(wib('2026-11-01T00:00'), wib('2026-12-01T00:00')),
    knownSinceMs: 0,
    nowMs: wib('2026-12-01T00:00'),
    ...patch,
  };
  return judged({ fromMs: wib(from), untilMs: wib(until) }, facts).map(({ status }) => status);
}

const at = (time: string, patch = {}) => run(wib(`2026-11-22T${time}`), patch);
const ended = { completedAtMs: undefined };

describe('a due time', () => {
  it.each<[string, string, Partial<HistoryFacts>]>([
    ['arrived', 'a backup was made and seen', { runs: [at('01:30')] }],
    ['arrived', 'it was made late, but before the next was due', { runs: [run(wib('2026-11-23T00:54'))] }],
    ['claimed', 'a backup was made and not seen', { runs: [at('01:30', unseen)] }],
    [
      'claimed',
      'the Pusat Data has only the partial one',
      { runs: [at('01:10', { outcome: 'warning' }), at('01:30', unseen)] },
    ],
    ['partial', 'it was made in part', { runs: [at('01:30', { outcome: 'warning' })] }],
    ['arrived', 'a run failed and the next one went well', { runs: [at('01:10', { outcome: 'failed' }), at('01:40')] }],
    ['failed', 'a run failed', { runs: [at('01:10', { outcome: 'failed', ...unseen })] }],
    ['failed', 'what it left is empty', { runs: [at('01:30', { sizeBytes: 0 })] }],
    ['failed', 'what it left is too small', { runs: [at('01:30')], minSizeBytes: 5000 }],
    ['failed', 'a run began and never ended', { runs: [at('01:00', { outcome: 'running', ...ended })] }],
    ['missed', 'nothing was made and the department was heard', {}],
    ['unknown', 'nothing was heard of the department', { heardHours: new Set() }],
    [
      'unknown',
      'it was heard only after the grace',
      { heardHours: hours(wib('2026-11-22T07:00'), wib('2026-11-23T00:00')) },
    ],
    [
      'missed',
      'it was heard in the last hour of the grace',
      { heardHours: hours(wib('2026-11-22T06:00'), wib('2026-11-22T07:00')) },
    ],
    ['arrived', 'a backup is known although nothing else was heard', { runs: [at('01:30')], heardHours: new Set() }],
    ['pending', 'the grace is not over', { nowMs: wib('2026-11-22T06:59') }],
    ['missed', 'the grace is just over', { nowMs: wib('2026-11-22T07:00') }],
    [
      'pending',
      'a run goes on in its grace',
      { runs: [at('01:00', { outcome: 'running', ...ended })], nowMs: wib('2026-11-22T02:00') },
    ],
    [
      'failed',
      'a run failed, whatever grace is left',
      { runs: [at('01:10', { outcome: 'failed', ...unseen })], nowMs: wib('2026-11-22T02:00') },
    ],
  ])('is %s when %s', (status, _name, facts) => {
    expect(judge(facts)).toEqual([status]);
  });

  it('is none before it has come, and before the dataset is known', () => {
    expect(judge({ nowMs: wib('2026-11-22T00:59') })).toEqual([]);
    expect(judge({ nowMs: wib('2026-11-22T01:00') })).toEqual(['pending']);
    expect(judge({ knownSinceMs: wib('2026-11-22T01:00') })).toEqual(['missed']);
    expect(judge({ knownSinceMs: wib('2026-11-22T01:01') })).toEqual([]);
  });

  it('is met by the run that follows it: one that ends up to five minutes early counts for it, an earlier one for the day before', () => {
    const two = (time: string) => judge({ runs: [at(time)] }, '2026-11-21T00:00');

    expect(two('00:54:59')).toEqual(['arrived', 'missed']);
    expect(two('00:55')).toEqual(['missed', 'arrived']);
    expect(two('01:00')).toEqual(['missed', 'arrived']);
  });

  it('shares a short time between two due times by halves', () => {
    const often = { ...schedule, cron: '*/4 * * * *' };
    const span = ['2026-11-22T01:00', '2026-11-22T01:08'] as const;

    expect(judge({ schedule: often, runs: [at('01:01:59')] }, ...span)).toEqual(['arrived', 'missed']);
    expect(judge({ schedule: often, runs: [at('01:02')] }, ...span)).toEqual(['missed', 'arrived']);
  });

  it('waits for its run no longer than until the next one', () => {
    const hourly = { ...schedule, cron: '0 * * * *' };
    const nowMs = wib('2026-11-22T02:30');

    expect(judge({ schedule: hourly, nowMs }, '2026-11-22T01:00')).toEqual(['missed', 'pending']);
  });

  it('is met over midnight by a run that ends the next day', () => {
    const late = { ...schedule, cron: '30 23 * * *' };

    expect(judge({ schedule: late, runs: [run(wib('2026-11-23T00:20'))] })).toEqual(['arrived']);
  });

  it('comes once a day where clocks are moved, with 23 and 25 hours between', () => {
    const newYork = { cron: '30 2 * * *', timezone: 'America/New_York', graceSeconds: 3600 };
    const nights = [
      '2026-03-07T07:40Z',
      '2026-03-08T07:10Z',
      '2026-03-09T06:40Z',
      '2026-10-31T06:40Z',
      '2026-11-01T07:40Z',
    ];
    const facts: HistoryFacts = {
      schedule: newYork,
      minSizeBytes: 1,
      runs: nights.map((text) => run(Date.parse(text))),
      heardHours: new Set(),
      knownSinceMs: 0,
      nowMs: Date.parse('2027-01-01T00:00Z'),
    };
    const of = (from: string, until: string) =>
      judged({ fromMs: Date.parse(from), untilMs: Date.parse(until) }, facts).map(
        ({ dueAtMs, status }) => `${new Date(dueAtMs).toISOString().slice(5, 16)} ${status}`,
      );

    // On 8 March there is no 02:30: the job runs when the clocks have moved, at 03:00.
    expect(of('2026-03-07T05:00Z', '2026-03-10T04:00Z')).toEqual([
      '03-07T07:30 arrived',
      '03-08T07:00 arrived',
      '03-09T06:30 arrived',
    ]);
    expect(of('2026-10-31T04:00Z', '2026-11-02T05:00Z')).toEqual(['10-31T06:30 arrived', '11-01T07:30 arrived']);
  });
});
