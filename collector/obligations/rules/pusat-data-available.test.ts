import { describe, expect, it } from 'vitest';
import { measuredAtMs as nowMs, measuredRecord } from '../measured-facts.test-kit.ts';
import type { Judgement, MonthView, Params } from '../rule.ts';
import { pusatDataAvailable } from './pusat-data-available.ts';
import { pemda } from './registers/register.test-kit.ts';

const november = {
  month: '2026-11',
  fromMs: Date.parse('2026-10-31T17:00:00Z'),
  untilMs: Date.parse('2026-11-30T17:00:00Z'),
};
const october = { month: '2026-10', fromMs: Date.parse('2026-09-30T17:00:00Z'), untilMs: november.fromMs };
const month = (of: typeof october, upHours: number, downHours: number): MonthView => ({
  ...of,
  upSeconds: upHours * 3600,
  downSeconds: downHours * 3600,
  coverageRatio: 1,
  record: measuredRecord(4),
});
const recheckAtMs = nowMs + 3_600_000;
const judge = (siteCount: number, months: MonthView[], params: Params = {}): Judgement =>
  pusatDataAvailable.judge(pemda({}, { pusatData: { siteCount, months } }), params, nowMs);

describe('pusat-data-available', () => {
  it('is met by the last whole month', () => {
    expect(judge(3, [month(october, 740, 4)])).toEqual({
      status: 'compliant',
      reasonCode: 'target-met',
      reasonArgs: { month: '2026-10', upPercent: 99.46, targetPercent: 99 },
      evidence: [measuredRecord(4)],
      recheckAtMs,
    });
  });

  it('is missed once this month has lost more than the target leaves', () => {
    expect(judge(3, [month(october, 740, 4), month(november, 500, 8)])).toEqual({
      status: 'breached',
      exceeded: 'indication',
      reasonCode: 'target-missed-already',
      sinceAtMs: nowMs,
      reasonArgs: { month: '2026-11', downHours: 8, allowedHours: 7.2, targetPercent: 99 },
      evidence: [measuredRecord(4)],
      recheckAtMs,
    });
    expect(judge(3, [month(october, 700, 44)])).toMatchObject({ reasonCode: 'target-missed', exceeded: 'indication' });
    expect(judge(3, [month(october, 700, 44)], { targetRatio: 0.9 }).status).toBe('compliant');
  });

  it('is not judged by the lines of one or two sites', () => {
    expect(judge(2, [month(october, 0, 744)])).toEqual({
      status: 'no-evidence',
      reasonCode: 'too-few-sites',
      reasonArgs: { siteCount: 2, leastSites: 3 },
      evidence: [],
      recheckAtMs,
    });
    expect(judge(0, []).reasonCode).toBe('nobody-looks');
    expect(judge(3, []).reasonCode).toBe('not-measured');
  });
});
