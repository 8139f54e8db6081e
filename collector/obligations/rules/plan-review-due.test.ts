import { describe, expect, it } from 'vitest';
import type { Judgement, Params } from '../rule.ts';
import { planReviewDue } from './plan-review-due.ts';
import { dayStart, nowMs, pemda, reference } from './registers/register.test-kit.ts';

type Row = Record<string, string>;
const plan = (validFrom: string, validUntil: string, more: Row = {}): Row => ({
  kind: 'arsitektur',
  title: 'Arsitektur 1',
  validFrom,
  validUntil,
  ...more,
});
const points: Params = { kind: 'arsitektur', points: 'paruh-waktu', isLawNumber: true };
const judge = (rows: Row[], params: Params = points): Judgement =>
  planReviewDue.judge(pemda({ plan: rows }), params, nowMs);
const args = { kind: 'arsitektur', title: 'Arsitektur 1' };
const evidence = [reference('plan')];

describe('plan-review-due, at half time and in the last year', () => {
  it.each<[string, Row[], Judgement]>([
    [
      'no plan is entered',
      [],
      {
        status: 'no-evidence',
        reasonCode: 'no-plan',
        reasonArgs: { kind: 'arsitektur' },
        evidence: [],
        endsBreach: true,
      },
    ],
    [
      'half time is far',
      [plan('2026-01-01', '2030-12-31')],
      {
        status: 'compliant',
        reasonCode: 'on-course',
        reasonArgs: { ...args, point: 'paruh-waktu', dueDay: '2028-12-28', periodOrigin: 'setting' },
        evidence,
        recheckAtMs: dayStart('2028-01-03'),
      },
    ],
    [
      'half time has come, and the tolerance has not passed',
      [plan('2024-01-01', '2028-12-31')],
      {
        status: 'compliant',
        reasonCode: 'review-soon',
        reasonArgs: { ...args, point: 'paruh-waktu', dueDay: '2026-12-29', periodOrigin: 'setting' },
        evidence,
        recheckAtMs: dayStart('2026-12-30'),
      },
    ],
    [
      'half time has passed without a review',
      [plan('2023-01-01', '2027-12-31')],
      {
        status: 'breached',
        exceeded: 'indication',
        severity: 'info',
        sinceAtMs: dayStart('2025-12-29'),
        reasonCode: 'review-overdue',
        reasonArgs: { ...args, point: 'paruh-waktu', dueDay: '2025-12-28', periodOrigin: 'setting' },
        evidence,
        recheckAtMs: dayStart('2028-01-01'),
      },
    ],
    [
      'it was reviewed at half time, and the last year is far',
      [plan('2023-01-01', '2027-12-31', { reviewedOn: '2025-04-01' })],
      {
        status: 'compliant',
        reasonCode: 'review-soon',
        reasonArgs: { ...args, point: 'tahun-terakhir', dueDay: '2027-12-31', periodOrigin: 'law' },
        evidence,
        recheckAtMs: dayStart('2028-01-01'),
      },
    ],
    [
      'it was reviewed in its last year',
      [plan('2022-01-01', '2026-12-31', { reviewedOn: '2026-03-01' })],
      {
        status: 'compliant',
        reasonCode: 'all-reviewed',
        reasonArgs: { ...args, reviewedDay: '2026-03-01', untilDay: '2026-12-31' },
        evidence,
        recheckAtMs: dayStart('2027-01-01'),
      },
    ],
    [
      'it has ended, and no other is entered',
      [plan('2021-01-01', '2025-12-31', { reviewedOn: '2025-03-01' })],
      {
        status: 'breached',
        exceeded: 'finding',
        sinceAtMs: dayStart('2026-01-01'),
        reasonCode: 'plan-ended',
        reasonArgs: { ...args, untilDay: '2025-12-31' },
        evidence,
      },
    ],
  ])('%s', (_name, rows, expected) => {
    expect(judge(rows)).toEqual(expected);
  });

  it('goes by the plan that began last', () => {
    const rows = [plan('2026-01-01', '2030-12-31'), plan('2021-01-01', '2025-12-31')];

    expect(judge(rows)).toMatchObject({ status: 'compliant', evidence });
    expect(judge(rows.toReversed())).toMatchObject({ status: 'compliant', evidence: [reference('plan', 2)] });
  });
});

describe('plan-review-due, every five years', () => {
  const master = (validFrom: string, more: Row = {}) =>
    plan(validFrom, '2040-12-31', { kind: 'rencana-induk', title: 'Rencana 1', ...more });
  const ask = (row: Row, isLawNumber = true) => judge([row], { kind: 'rencana-induk', isLawNumber });

  it('counts from the last review, else from the beginning', () => {
    expect(ask(master('2024-01-01'))).toMatchObject({
      status: 'compliant',
      reasonArgs: { point: 'berkala', dueDay: '2029-01-01', periodOrigin: 'law' },
    });
    expect(ask(master('2015-01-01', { reviewedOn: '2024-05-01' }))).toMatchObject({
      reasonArgs: { dueDay: '2029-05-01' },
    });
    expect(ask(master('2021-11-24'))).toMatchObject({
      status: 'breached',
      exceeded: 'violation',
      severity: 'warning',
      reasonCode: 'review-overdue',
      sinceAtMs: dayStart('2026-11-25'),
    });
    expect(ask(master('2021-11-24'), false)).toMatchObject({ exceeded: 'indication', severity: 'info' });
  });
});
