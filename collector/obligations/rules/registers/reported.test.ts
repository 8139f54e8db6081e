import { describe, expect, it } from 'vitest';
import { auditResultReported } from '../audit-result-reported.ts';
import { evaluationResultReported } from '../evaluation-result-reported.ts';
import { dayStart, nowMs, pemda, reference } from './register.test-kit.ts';

const audit = (more = {}) => ({ scope: 'keamanan', date: '2026-08-27', auditor: 'BSSN', ...more });
const judge = (rows: ReturnType<typeof audit>[], params = { scope: 'keamanan' }) =>
  auditResultReported.judge(pemda({ audit: rows }), params, nowMs);

describe('audit-result-reported', () => {
  it('has nothing to report while there is no audit', () => {
    expect(judge([])).toMatchObject({ status: 'no-evidence', reasonCode: 'no-audit', evidence: [] });
  });

  it('is content once it was reported', () => {
    expect(judge([audit({ reportedOn: '2026-09-01', reportedTo: 'Bupati' })])).toEqual({
      status: 'compliant',
      reasonCode: 'reported',
      reasonArgs: { scope: 'keamanan', lastDay: '2026-08-27', reportedDay: '2026-09-01', reportedTo: 'Bupati' },
      evidence: [reference('audit')],
    });
  });

  it('waits for a time of ours, and is an indication after it', () => {
    expect(judge([audit()])).toEqual({
      status: 'no-evidence',
      reasonCode: 'not-yet-reported',
      endsBreach: true,
      reasonArgs: { scope: 'keamanan', lastDay: '2026-08-27', dueDay: '2026-11-25' },
      evidence: [reference('audit')],
      recheckAtMs: dayStart('2026-11-26'),
    });
    expect(judge([audit({ date: '2026-08-26' })])).toMatchObject({
      status: 'breached',
      exceeded: 'indication',
      severity: 'info',
      reasonCode: 'not-reported',
      sinceAtMs: dayStart('2026-11-25'),
      evidence: [reference('audit')],
    });
    expect(judge([audit({ reportedOn: '2026-12-01' })])).toMatchObject({ status: 'no-evidence' });
  });

  it('asks for the last audit of each scope', () => {
    const reported = { reportedOn: '2026-09-01', reportedTo: 'Bupati' };
    const rows = [audit(reported), audit({ ...reported, scope: 'aplikasi' }), audit({ scope: 'infrastruktur' })];

    expect(judge(rows, { scope: 'semua' })).toMatchObject({
      status: 'no-evidence',
      reasonArgs: { scope: 'infrastruktur' },
    });
  });
});

describe('evaluation-result-reported', () => {
  const ask = (rows: Record<string, string>[]) =>
    evaluationResultReported.judge(pemda({ evaluation: rows }), {}, nowMs);
  const row = { kind: 'asesor', date: '2026-03-01', by: 'Tim Asesor' };

  it('follows the last evaluation', () => {
    expect(ask([])).toMatchObject({ status: 'no-evidence', reasonCode: 'no-evaluation', evidence: [] });
    expect(ask([row])).toMatchObject({ status: 'breached', reasonCode: 'not-reported', exceeded: 'indication' });
    expect(ask([{ ...row, reportedOn: '2026-03-20', reportedTo: 'Kementerian PANRB' }])).toMatchObject({
      status: 'compliant',
      reasonArgs: { lastDay: '2026-03-01', reportedDay: '2026-03-20', reportedTo: 'Kementerian PANRB' },
      evidence: [reference('evaluation')],
    });
  });
});
