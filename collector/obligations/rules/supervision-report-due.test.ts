import { describe, expect, it } from 'vitest';
import type { Judgement } from '../rule.ts';
import { dayStart, nowMs, pemda, reference } from './registers/register.test-kit.ts';
import { supervisionReportDue } from './supervision-report-due.ts';

const report = (date: string, kind = 'meja-layanan') => ({ kind, date, recipient: 'Ketua Tim Koordinasi' });
const judge = (rows: ReturnType<typeof report>[], params = {}): Judgement =>
  supervisionReportDue.judge(pemda({ report: rows }), { kind: 'meja-layanan', ...params }, nowMs);

describe('supervision-report-due', () => {
  it('says which report is missing', () => {
    expect(judge([report('2026-11-20', 'aset')])).toMatchObject({
      status: 'no-evidence',
      reasonCode: 'no-report',
      reasonArgs: { kind: 'meja-layanan' },
      evidence: [],
    });
  });

  it('is content for a month after one was handed in, and then an indication by our own number', () => {
    expect(judge([report('2026-11-20')])).toEqual({
      status: 'compliant',
      reasonCode: 'done',
      reasonArgs: {
        kind: 'meja-layanan',
        recipient: 'Ketua Tim Koordinasi',
        lastDay: '2026-11-20',
        dueDay: '2026-12-20',
        periodOrigin: 'setting',
      },
      evidence: [reference('report')],
      recheckAtMs: dayStart('2026-12-13'),
    });
    expect(judge([report('2026-10-28')]).reasonCode).toBe('due-soon');
    expect(judge([report('2026-10-25')])).toMatchObject({
      status: 'breached',
      exceeded: 'indication',
      severity: 'info',
      reasonCode: 'overdue',
      sinceAtMs: dayStart('2026-11-25'),
    });
    expect(judge([report('2026-10-25')], { everyDays: 90 }).status).toBe('compliant');
  });
});
