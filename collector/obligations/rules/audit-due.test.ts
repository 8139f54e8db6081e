import { describe, expect, it } from 'vitest';
import type { Judgement, Params } from '../rule.ts';
import { auditDue } from './audit-due.ts';
import { dayStart, nowMs, pemda, reference } from './registers/register.test-kit.ts';

type Audits = Record<string, string>[];
const audit = (date: string, more = {}) => ({
  scope: 'keamanan',
  date,
  auditor: 'BSSN',
  auditorKind: 'eksternal',
  ...more,
});
const judge = (audits: Audits, params: Params = { scope: 'keamanan', isLawNumber: true }): Judgement =>
  auditDue.judge(pemda({ audit: audits }), params, nowMs);
const args = { scope: 'keamanan', auditor: 'BSSN', periodOrigin: 'law' };

describe('audit-due', () => {
  it('says which input is missing while the register is empty, and accuses nobody', () => {
    expect(judge([])).toEqual({
      status: 'no-evidence',
      reasonCode: 'no-audit',
      reasonArgs: { scope: 'keamanan' },
      evidence: [],
      endsBreach: true,
    });
  });

  it('is content with a young one, and looks again when the next is near', () => {
    expect(judge([audit('2026-02-01')])).toEqual({
      status: 'compliant',
      reasonCode: 'done',
      reasonArgs: { ...args, lastDay: '2026-02-01', dueDay: '2028-02-01' },
      evidence: [reference('audit')],
      recheckAtMs: dayStart('2027-08-05'),
    });
    expect(judge([audit('2024-11-25')])).toEqual({
      status: 'compliant',
      reasonCode: 'due-soon',
      reasonArgs: { ...args, lastDay: '2024-11-25', dueDay: '2026-11-25' },
      evidence: [reference('audit')],
      recheckAtMs: dayStart('2026-11-26'),
    });
  });

  it('is overdue from the day after two years, which is the number of the law where it says so', () => {
    const overdue = {
      status: 'breached',
      sinceAtMs: dayStart('2026-11-25'),
      reasonCode: 'overdue',
      reasonArgs: { ...args, lastDay: '2024-11-24', dueDay: '2026-11-24' },
      evidence: [reference('audit')],
    };
    expect(judge([audit('2024-11-24')])).toEqual({ ...overdue, exceeded: 'violation', severity: 'warning' });
    expect(judge([audit('2024-11-24')], { scope: 'keamanan' })).toEqual({
      ...overdue,
      exceeded: 'indication',
      severity: 'info',
      reasonArgs: { ...overdue.reasonArgs, periodOrigin: 'setting' },
    });
  });

  it('takes the newest that is not still to come', () => {
    expect(judge([audit('2020-01-01'), audit('2026-02-01'), audit('2021-01-01')]).evidence).toEqual([
      reference('audit', 2),
    ]);
    expect(judge([audit('2026-12-10')])).toMatchObject({
      reasonCode: 'no-audit',
      recheckAtMs: dayStart('2026-12-10'),
    });
  });

  it('counts neither another scope, nor what only a department had audited, nor another kind of auditor', () => {
    expect(judge([audit('2026-02-01', { scope: 'aplikasi' })]).status).toBe('no-evidence');
    expect(judge([audit('2026-02-01', { pd: 'dinkes' })]).status).toBe('no-evidence');
    expect(judge([audit('2026-02-01', { pd: 'diskominfo' })]).status).toBe('compliant');
    expect(judge([audit('2026-02-01')], { scope: 'keamanan', auditorKind: 'internal' }).status).toBe('no-evidence');
  });

  it('asks for all three scopes when it names none, and tells of the worst', () => {
    const two = [audit('2026-02-01'), audit('2026-03-01', { scope: 'aplikasi' })];

    expect(judge(two, {})).toMatchObject({ status: 'no-evidence', reasonArgs: { scope: 'infrastruktur' } });
    expect(judge([...two, audit('2026-01-01', { scope: 'infrastruktur' })], {})).toMatchObject({
      status: 'compliant',
      reasonArgs: { scope: 'infrastruktur', dueDay: '2028-01-01' },
      evidence: [reference('audit', 3), reference('audit', 1), reference('audit', 2)],
    });
    expect(judge([...two, audit('2023-01-01', { scope: 'infrastruktur' })], {})).toMatchObject({
      status: 'breached',
      reasonArgs: { scope: 'infrastruktur', dueDay: '2025-01-01' },
      evidence: [reference('audit', 3)],
    });
  });
});
