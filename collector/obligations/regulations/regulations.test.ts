import { describe, expect, it } from 'vitest';
import { nameOfCitation } from '../citation.ts';
import { gradeOf } from '../grading.ts';
import { rules } from '../rules/registry.ts';
import lebong from './lebong-perbup-22-2022.json' with { type: 'json' };
import { checkedRegulation, regulationNamed, regulations } from './registry.ts';

const duties = regulations.flatMap((regulation) =>
  regulation.obligations.map((obligation) => ({ regulation: regulation.id, obligation, id: obligation.id })),
);

/**
 * What may be called a violation, all of it: what is measured in Lebong alone, and what a person entered in a register as
 * not conforming.
 */
const violations = [
  'balangan-19-3-c-kelaikan-operasi',
  'balangan-19-3-d-kelaikan-keamanan',
  'lebong-19-1-cakupan-data',
  'lebong-19-1-pencadangan-berkala',
  'lebong-21-1-penggunaan-jaringan-intra',
  'lebong-23-1-mempunyai-situs-web',
  'lebong-23-11-ketersediaan-situs-web',
  'lebong-23-13-persetujuan-penempatan',
  'lebong-23-15-surel-resmi',
  'lebong-23-2-subdomain-resmi',
  'lebong-26-3-c-kelaikan-operasi',
  'lebong-26-3-d-kelaikan-keamanan',
  'lebong-46-1-meja-layanan',
  'lebong-53-1-sumber-daya-manusia',
  'lebong-53-3-matriks-raci',
  'purbalingga-12-2-a-kelaikan-perangkat-keras',
  'purbalingga-12-2-e-suku-cadang',
  'purbalingga-15-3-label-kabel-data',
  'purbalingga-15-6-rekomendasi-infrastruktur',
  'purbalingga-22-2-sumber-daya-manusia',
];

const ofLaw = [
  'audit-due aplikasi {"everyYears":2,"isLawNumber":true}',
  'audit-due infrastruktur {"everyYears":2,"isLawNumber":true}',
  'audit-due keamanan {"everyYears":2,"isLawNumber":true}',
  'data-in-pusat-data  {"managedBy":"perangkat-daerah"}',
  'data-in-pusat-data  {"mandiriTikExempt":true}',
  'evaluation-due  {"everyYears":1,"isLawNumber":true}',
  'plan-review-due arsitektur {"points":"paruh-waktu","isLawNumber":true}',
  'plan-review-due peta-rencana {"points":"paruh-waktu","isLawNumber":true}',
  'plan-review-due rencana-induk {"points":"berkala","everyYears":5,"isLawNumber":true}',
  'server-in-pusat-data  {"mandiriTikExempt":false}',
  'server-in-pusat-data  {"mandiriTikExempt":true}',
  'website-domain-valid  {"officialDomain":"lebongkab.go.id"}',
  'website-domain-valid  {"officialDomain":"purbalinggakab.go.id","subdomainsPerPd":1}',
];

describe('the regulations', () => {
  it('name each duty once', () => {
    const ids = duties.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('give one duty of each kind, so that one fault is one alert', () => {
    for (const { id, obligations } of regulations) {
      const kinds = obligations.map(({ rule, params = {} }) =>
        [
          rule === 'backup-recent' ? 'backup-in-pusat-data' : rule,
          params['topic'],
          params['kind'],
          params['scope'],
        ].join(),
      );

      expect([id, kinds.filter((kind, index) => kinds.indexOf(kind) < index)]).toEqual([id, []]);
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

  it('let these be violations and no other, whatever is found', () => {
    const worst = duties.filter(
      ({ obligation: { modality, maxGrade } }) => gradeOf(modality, 'violation', maxGrade) === 'violation',
    );

    expect(worst.map(({ id }) => id).toSorted()).toEqual(violations);
  });

  it('call it a note where the law says "dapat", and where it speaks of something else than what is seen', () => {
    const notes = duties.filter(
      ({ obligation: { modality, maxGrade } }) =>
        modality !== 'dapat' && gradeOf(modality, 'violation', maxGrade) === 'note',
    );

    expect(notes.map(({ id }) => id).toSorted()).toEqual([
      'balangan-26-6-sertifikat-digital',
      'lebong-31-6-sertifikat-digital',
      'purbalingga-15-2-f-lebar-pita-internet',
      'purbalingga-24-6-sertifikat-digital',
      'purbalingga-25-jaringan-dinkominfo',
      'soppeng-14-4-tujuan-jaringan-intra',
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

  it('keep the conflicts between them apart', () => {
    const rulesOf = (id: string) => new Set(regulationNamed(id)?.obligations.map(({ rule }) => rule));
    const having = (rule: string) =>
      regulations.filter(({ id }) => rulesOf(id).has(rule)).map(({ id }) => id.split('-')[0]);

    // Sigi knows no Jaringan Intra, no service bus and no audit; a line of a department's own is lawful there.
    const sigi = rulesOf('sigi-perbup-27-2019');
    for (const rule of ['jaringan-intra-used', 'egress-through-jaringan-intra', 'spl-reachable', 'audit-due']) {
      expect([rule, sigi.has(rule)]).toEqual([rule, false]);
    }
    // In Soppeng and Purbalingga a closed network is a definition and no duty.
    expect(having('egress-through-jaringan-intra')).toEqual(['lebong', 'balangan']);
    // Soppeng has neither a data centre nor an audit; every two years is the law of three others.
    expect(having('audit-due')).toEqual(['lebong', 'balangan', 'purbalingga']);
    // Where a backup goes contradicts: into the Pusat Data, far from it, or nothing is said.
    expect(having('backup-in-pusat-data')).toEqual(['lebong']);
    expect(having('offsite-distance')).toEqual(['sigi']);
    // Elsewhere who has an incident may consult; in Sigi it must be reported.
    expect(having('incident-reported')).toEqual(['sigi']);
    expect(having('mandiri-tik-status-recorded')).toEqual(['lebong']);
    expect(having('website-exists')).toEqual(['lebong']);
    expect(having('pusat-data-available')).toEqual(['lebong', 'purbalingga', 'sigi']);
    expect(having('spl-reachable')).toEqual(['lebong', 'balangan', 'soppeng']);
  });

  it('rest no backup of Lebong on Pasal 31, which leaves out the sentence that the others have', () => {
    const cited = regulationNamed('lebong-perbup-22-2022')
      ?.obligations.filter(({ rule }) => rule.startsWith('backup-') || rule === 'restore-tested')
      .flatMap(({ citation, related = [] }) => [citation, ...related].map((each) => nameOfCitation(each)));

    expect(new Set(cited)).toEqual(new Set(['Pasal 19 ayat (1)', 'Pasal 19 ayat (4)', 'Pasal 23 ayat (14)']));
  });

  it('call these parameters the law, and nothing else', () => {
    const law = duties.flatMap(({ obligation: { rule, params = {}, lawParams } }) =>
      lawParams === undefined
        ? []
        : [`${rule} ${String(params['kind'] ?? params['scope'] ?? '')} ${JSON.stringify(lawParams)}`],
    );

    expect([...new Set(law)].toSorted()).toEqual(ofLaw);
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
