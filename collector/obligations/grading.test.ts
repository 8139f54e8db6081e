import { describe, expect, it } from 'vitest';
import { grades } from '../../shared/states.ts';
import { gradeOf } from './grading.ts';
import { judgeCase } from './judge-case.ts';
import { regulationNamed } from './regulations/registry.ts';
import { datasetFacts, wib } from './rules/backup/backup-facts.test-kit.ts';
import { restoreTested } from './rules/restore-tested.ts';

describe('the grade of a breach', () => {
  it.each([
    ['violation', ['violation', 'indication', 'finding', 'note']],
    ['finding', ['finding', 'finding', 'finding', 'note']],
    ['note', ['note', 'note', 'note', 'note']],
  ] as const)('is never above a limit "%s" of the duty, however strong its verb', (maxGrade, expected) => {
    expect(grades.map((exceeded) => gradeOf('wajib', exceeded, maxGrade))).toEqual(expected);
  });

  it('is not raised by a limit above what the verb allows', () => {
    expect(gradeOf('dapat', 'violation', 'violation')).toBe('note');
  });

  it('is a finding for a restore test in Lebong, because only the test is ours and not the duty', () => {
    const regulation = regulationNamed('lebong-perbup-22-2022');
    const obligation = regulation?.obligations.find(({ rule }) => rule === 'restore-tested');
    if (regulation === undefined || obligation === undefined) throw new Error('there is no such duty');
    const which = { pd: 'dinkes', part: 'simpus', subject: 'dinkes/simpus' };
    const { verdict } = judgeCase(
      { regulation, obligation, rule: restoreTested, ...which },
      { dataset: datasetFacts() },
      { params: {}, waiver: undefined, before: undefined, nowMs: wib('2028-01-01T00:00') },
    );

    expect(verdict).toMatchObject({ status: 'breached', reasonCode: 'never-tested', grade: 'finding' });
  });
});
