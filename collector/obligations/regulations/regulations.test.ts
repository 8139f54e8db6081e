import { describe, expect, it } from 'vitest';
import { gradeOf } from '../grading.ts';
import { rules } from '../rules/registry.ts';
import lebong from './lebong-perbup-22-2022.json' with { type: 'json' };
import { checkedRegulation, regulationNamed, regulations } from './registry.ts';

const duties = regulations.flatMap((regulation) =>
  regulation.obligations.map((obligation) => ({ regulation: regulation.id, obligation, id: obligation.id })),
);

describe('the regulations', () => {
  it('name each duty once', () => {
    const ids = duties.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('give one duty of each kind, so that one fault is one alert', () => {
    for (const { id, obligations } of regulations) {
      const kinds = obligations.map(({ rule }) => (rule === 'backup-recent' ? 'backup-in-pusat-data' : rule));

      expect([id, new Set(kinds).size]).toEqual([id, kinds.length]);
    }
  });

  it('say in both languages what was read into a duty', () => {
    const texts = duties.flatMap(({ obligation: { title, note = title } }) => [title.id, title.en, note.id, note.en]);
    const silent = duties.filter(
      ({ obligation }) => obligation.rule === 'restore-tested' && obligation.note === undefined,
    );

    expect(texts.filter((words) => words.length < 10)).toEqual([]);
    expect(silent).toEqual([]);
  });

  it('never call it more than a finding that a backup, a test or a distance is missing, outside Lebong', () => {
    for (const { id, obligation } of duties.filter((duty) => duty.obligation.rule !== 'jaringan-intra-used')) {
      const { modality, maxGrade } = obligation;
      const worst = gradeOf(modality, 'violation', maxGrade);

      const isWajib = ['backup-in-pusat-data', 'backup-coverage-complete'].includes(obligation.rule);

      expect([id, isWajib ? ['violation'] : ['finding', 'note']]).toEqual([id, expect.arrayContaining([worst])]);
    }
  });

  it('call it a note only where the law says "dapat", or speaks of something else than what is seen', () => {
    const notes = duties.filter(
      ({ obligation: { rule, modality, maxGrade } }) =>
        rule !== 'jaringan-intra-used' && gradeOf(modality, 'violation', maxGrade) === 'note',
    );

    expect(notes.map(({ id }) => id).toSorted()).toEqual([
      'balangan-26-6-sertifikat-digital',
      'lebong-21-2-interkoneksi-instansi',
      'lebong-31-6-sertifikat-digital',
      'purbalingga-15-2-f-lebar-pita-internet',
      'purbalingga-15-6-a-lan-perangkat-daerah',
      'purbalingga-24-6-sertifikat-digital',
      'sigi-14-8-a-lan-perangkat-daerah',
      'soppeng-16-1-e-sertifikat-digital',
    ]);
  });

  it('call it a violation to go round the Jaringan Intra in Lebong only, and say what its use rests on elsewhere', () => {
    const said = duties
      .filter(({ obligation }) => obligation.rule === 'jaringan-intra-used')
      .map(({ regulation, obligation: { modality, maxGrade, owner } }) =>
        [regulation, gradeOf(modality, 'violation', maxGrade), owner].join(' '),
      );

    expect(new Set(said)).toEqual(
      new Set([
        'lebong-perbup-22-2022 violation perangkat-daerah',
        'balangan-perda-8-2024 finding diskominfo',
        'soppeng-perbup-22-2021 note diskominfo',
        'purbalingga-perbup-90-2021 note diskominfo',
      ]),
    );
  });

  it('are found by their id', () => {
    expect(regulationNamed('lebong-perbup-22-2022')?.shortTitle).toBe('Peraturan Bupati Lebong Nomor 22 Tahun 2022');
    expect(regulationNamed('lain')).toBeUndefined();
  });

  it('use every rule', () => {
    const used = new Set(duties.map(({ obligation }) => obligation.rule));

    const named = rules.filter((rule) => rule.subject !== 'area');

    expect([...used].toSorted()).toEqual(named.map((rule) => rule.name).toSorted());
  });

  it.each([
    [
      'a rule that does not exist',
      { obligations: [{ ...lebong.obligations[0], rule: 'no-such-rule' }] },
      'no-such-rule',
    ],
    [
      'a verb that is not known',
      { obligations: [{ ...lebong.obligations[0], modality: 'boleh' }] },
      '/obligations/0/modality',
    ],
    ['no duties', { obligations: [] }, '/obligations'],
    [
      'a provision that the regulation does not have',
      { obligations: [{ ...lebong.obligations[0], citation: { pasal: '19', ayat: '5' } }] },
      'the nearest is Pasal 19 ayat (4)',
    ],
  ])('are refused at the start with %s', (_name, patch, named) => {
    expect(() => checkedRegulation({ ...lebong, ...patch })).toThrow(named);
  });
});
