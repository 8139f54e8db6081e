import { describe, expect, it } from 'vitest';
import { grades } from '../../shared/states.ts';
import { gradeOf } from './grading.ts';
import { judgeCase, saysSomethingNew, type Waiver } from './judge-case.ts';
import type { Modality } from './regulation.ts';
import { regulations } from './regulations/registry.ts';
import type { DatasetRule, Judgement } from './rule.ts';
import { datasetFacts } from './rules/backup/backup-facts.test-kit.ts';
import type { Case } from './subjects.ts';
import type { VerdictRow } from '../store/rows.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');

function caseWith(judgement: Judgement, modality: Modality = 'wajib'): Case {
  const [regulation] = regulations;
  const obligation = regulation?.obligations[0];
  if (regulation === undefined || obligation === undefined) throw new Error('there is no regulation');
  const rule: DatasetRule = {
    name: 'a-rule',
    docs: '',
    subject: 'dataset',
    incidentKind: 'backup',
    severity: 'critical',
    params: {},
    reasons: {},
    judge: () => judgement,
  };
  const which = { pd: 'dinkes', part: 'simpus', subject: 'dinkes/simpus' };
  return { regulation, obligation: { ...obligation, modality }, rule, ...which };
}

const facts = { dataset: datasetFacts({ dataset: undefined }) };
const breached: Judgement = {
  status: 'breached',
  exceeded: 'violation',
  reasonCode: 'late',
  reasonArgs: { deadlineAtMs: 5 },
  evidence: [],
  sinceAtMs: nowMs - 1000,
  recheckAtMs: nowMs + 1000,
};
const waiver: Waiver = { number: '800/12', reason: 'pindah gedung', until: '2026-12-31' };

function verdictOf(judged: Case, options: { waiver?: Waiver; before?: VerdictRow } = {}): VerdictRow {
  const given = { params: {}, waiver: options.waiver, before: options.before, nowMs };
  return judgeCase(judged, facts, given).verdict;
}

describe('the grade of a breach', () => {
  it.each([
    ['wajib', ['violation', 'indication', 'finding', 'note']],
    ['harus', ['violation', 'indication', 'finding', 'note']],
    ['menjamin', ['finding', 'finding', 'finding', 'note']],
    ['tugas', ['finding', 'finding', 'finding', 'note']],
    ['dapat', ['note', 'note', 'note', 'note']],
  ] as const)('is never above what the verb "%s" allows', (modality, expected) => {
    expect(grades.map((exceeded) => gradeOf(modality, exceeded))).toEqual(expected);
    expect(grades.map((exceeded) => verdictOf(caseWith({ ...breached, exceeded }, modality)).grade)).toEqual(expected);
  });

  it('is the weakest when the rule does not say what was exceeded', () => {
    const { exceeded: _, ...silent } = breached;

    expect(verdictOf(caseWith(silent)).grade).toBe('note');
  });
});

describe('a verdict', () => {
  it('says what the rule said, of whom and since when', () => {
    expect(verdictOf(caseWith(breached))).toEqual({
      obligation: 'lebong-19-1-pencadangan-berkala',
      subject: 'dinkes/simpus',
      pd: 'dinkes',
      status: 'breached',
      grade: 'violation',
      severity: 'critical',
      reasonCode: 'late',
      reasonArgs: { deadlineAtMs: 5 },
      sinceMs: nowMs - 1000,
      evidence: [],
    });
  });

  it('is waived instead of breached, with the number of the waiver and without a grade', () => {
    expect(verdictOf(caseWith(breached), { waiver })).toMatchObject({
      status: 'waived',
      grade: undefined,
      reasonCode: 'late',
      reasonArgs: { deadlineAtMs: 5, waiverNumber: '800/12', waiverUntil: '2026-12-31' },
    });
  });

  it.each(['compliant', 'no-evidence', 'not-applicable'] as const)('stays %s in spite of a waiver', (status) => {
    const judgement = { status, reasonCode: 'fine', reasonArgs: {}, evidence: [] };

    expect(verdictOf(caseWith(judgement), { waiver })).toMatchObject({ status, reasonArgs: {}, grade: undefined });
  });

  it('keeps the moment at which its status began, and takes a new one when the status changes', () => {
    const before = verdictOf(caseWith(breached));
    const later = verdictOf(caseWith({ ...breached, reasonCode: 'other', sinceAtMs: nowMs }), { before });
    const fine: Judgement = { status: 'compliant', reasonCode: 'fine', reasonArgs: {}, evidence: [] };

    expect(later.sinceMs).toBe(nowMs - 1000);
    expect(verdictOf(caseWith(fine), { before }).sinceMs).toBe(nowMs);
  });

  it('that stands while what was broken answers again says since when, and not when it is silent once more', () => {
    const before = verdictOf(caseWith(breached));
    const back: Judgement = {
      status: 'compliant',
      reasonCode: 'fine',
      reasonArgs: {},
      evidence: [],
      keepsBreachFor: ['late', 'small'],
      returned: { atMs: nowMs - 200, from: ['late'] },
    };
    const standing = verdictOf(caseWith(back), { before });
    expect(standing).toEqual({ ...before, reasonArgs: { deadlineAtMs: 5, returnedAtMs: nowMs - 200 } });
    expect(verdictOf(caseWith(back), { before: standing })).toBe(standing);
    // Reports that had never ceased do not make it answer before it was broken.
    const always = { ...back, returned: { atMs: 0, from: ['late'] } };
    expect(verdictOf(caseWith(always), { before }).reasonArgs['returnedAtMs']).toBe(before.sinceMs);
    // A breach of another kind stands as it was.
    const small = { ...before, reasonCode: 'small' };
    expect(verdictOf(caseWith(back), { before: small })).toBe(small);
    expect(verdictOf(caseWith(breached), { before: standing }).reasonArgs).toEqual({ deadlineAtMs: 5 });
  });

  it('is worth a line of history when status, grade or reason changed, not for a value in the sentence', () => {
    const before = verdictOf(caseWith(breached));

    expect(saysSomethingNew(undefined, before)).toBe(true);
    expect(saysSomethingNew(before, { ...before, reasonArgs: { deadlineAtMs: 6 }, evidence: [] })).toBe(false);
    expect(saysSomethingNew(before, { ...before, reasonCode: 'other' })).toBe(true);
    expect(saysSomethingNew(before, { ...before, grade: 'note' })).toBe(true);
    expect(saysSomethingNew(before, { ...before, status: 'compliant' })).toBe(true);
  });
});
