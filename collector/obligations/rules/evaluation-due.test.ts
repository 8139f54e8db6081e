import { describe, expect, it } from 'vitest';
import type { Judgement, Params } from '../rule.ts';
import { evaluationDue } from './evaluation-due.ts';
import { dayStart, nowMs, pemda, reference } from './registers/register.test-kit.ts';

const made = (kind: string, date: string) => ({ kind, date, by: 'Tim Asesor' });
const yearly: Params = { kinds: 'asesor, eksternal', everyYears: 1, isLawNumber: true };
const judge = (rows: ReturnType<typeof made>[], params: Params = yearly): Judgement =>
  evaluationDue.judge(pemda({ evaluation: rows }), params, nowMs);

describe('evaluation-due', () => {
  it.each<[string, ReturnType<typeof made>[], Partial<Judgement>]>([
    ['nothing is entered', [], { status: 'no-evidence', reasonCode: 'no-evaluation', evidence: [], reasonArgs: {} }],
    ['only another kind is entered', [made('mandiri', '2026-11-01')], { status: 'no-evidence', evidence: [] }],
    [
      'the last is young',
      [made('asesor', '2026-06-01')],
      {
        status: 'compliant',
        reasonCode: 'done',
        reasonArgs: { by: 'Tim Asesor', lastDay: '2026-06-01', dueDay: '2027-06-01', periodOrigin: 'law' },
        evidence: [reference('evaluation')],
        recheckAtMs: dayStart('2027-03-03'),
      },
    ],
    ['the year is nearly over', [made('asesor', '2025-12-24')], { status: 'compliant', reasonCode: 'due-soon' }],
    [
      'the year is over',
      [made('asesor', '2025-11-24')],
      { status: 'breached', exceeded: 'violation', reasonCode: 'overdue', sinceAtMs: dayStart('2026-11-25') },
    ],
  ])('%s', (_name, rows, expected) => {
    expect(judge(rows)).toMatchObject(expected);
  });

  it('is an indication only when the year is ours', () => {
    expect(judge([made('mandiri', '2025-11-24')], {})).toMatchObject({
      status: 'breached',
      exceeded: 'indication',
      severity: 'info',
      reasonArgs: { dueDay: '2026-11-24', periodOrigin: 'setting' },
    });
  });
});
