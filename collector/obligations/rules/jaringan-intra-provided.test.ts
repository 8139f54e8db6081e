import { describe, expect, it } from 'vitest';
import type { Judgement, SiteMonthView } from '../rule.ts';
import { jaringanIntraProvided } from './jaringan-intra-provided.ts';
import { department } from './registers/department-facts.test-kit.ts';

const hourMs = 3_600_000;
const nowMs = Date.parse('2026-11-22T03:00:00Z');
const november = {
  month: '2026-11',
  fromMs: Date.parse('2026-10-31T17:00:00Z'),
  untilMs: Date.parse('2026-11-30T17:00:00Z'),
};
const october = { month: '2026-10', fromMs: Date.parse('2026-09-30T17:00:00Z'), untilMs: november.fromMs };

const record = { agent: 'a'.repeat(16), session: 'session-0001', seq: 1 };
const evidence = [record];

const of = (
  month: typeof november,
  upHours: number,
  downHours: number,
  patch: Partial<SiteMonthView> = {},
): SiteMonthView => ({
  site: 'kantor',
  ...month,
  upSeconds: upHours * 3600,
  downSeconds: downHours * 3600,
  coverageRatio: 1,
  record,
  ...patch,
});

const judge = (months: SiteMonthView[], params = {}) =>
  jaringanIntraProvided.judge(department({ months }), params, nowMs);
const recheckAtMs = nowMs + hourMs;
const notMeasured: Judgement = {
  status: 'no-evidence',
  reasonCode: 'not-measured',
  reasonArgs: {},
  evidence: [],
  recheckAtMs,
};

describe('jaringan-intra-provided', () => {
  it('is met by the last whole month', () => {
    expect(judge([of(october, 740, 4), of(november, 500, 2)])).toEqual({
      status: 'compliant',
      reasonCode: 'target-met',
      reasonArgs: { site: 'kantor', month: '2026-10', upPercent: 99.46, targetPercent: 99 },
      evidence,
      recheckAtMs,
    });
  });

  it('is missed by the worst site of the last month', () => {
    expect(judge([of(october, 740, 4), of(october, 700, 44, { site: 'gudang' })])).toEqual({
      status: 'breached',
      exceeded: 'indication',
      reasonCode: 'target-missed',
      sinceAtMs: october.untilMs,
      reasonArgs: { site: 'gudang', month: '2026-10', upPercent: 94.09, targetPercent: 99 },
      evidence,
      recheckAtMs,
    });
  });

  it('is missed in this month once it has been down for more than the month allows', () => {
    expect(judge([of(october, 740, 0), of(november, 500, 7.2)]).status).toBe('compliant');
    expect(judge([of(november, 712, 7)]).status).toBe('compliant');
    expect(judge([of(october, 740, 0), of(november, 500, 7.3)])).toEqual({
      status: 'breached',
      exceeded: 'indication',
      reasonCode: 'target-missed-already',
      sinceAtMs: nowMs,
      reasonArgs: { site: 'kantor', month: '2026-11', downHours: 7.3, allowedHours: 7.2, targetPercent: 99 },
      evidence,
      recheckAtMs,
    });
  });

  it('follows the target of the Pemda', () => {
    expect(judge([of(october, 700, 44)], { targetRatio: 0.9 }).status).toBe('compliant');
    expect(judge([of(october, 700, 44)], { targetRatio: 99 }).status).toBe('breached');
  });

  it.each<[string, SiteMonthView[]]>([
    ['nothing is measured', []],
    ['little of the month is known', [of(october, 10, 5, { coverageRatio: 0.02 })]],
    ['only this month is known, and too short to be lost', [of(november, 10, 5)]],
  ])('says nothing when %s', (_name, months) => {
    expect(judge(months)).toEqual(notMeasured);
  });
});
