import { MappingType, SpecialValueMatch, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { colours } from './colours.ts';
import { named } from './mappings.ts';

/** Verdicts by weight: what needs somebody stands first. */
const verdicts = [
  [4, 'breached', 'Belum dipenuhi', colours.serious],
  [3, 'no-evidence', 'Belum ada bukti', colours.unknown],
  [2, 'waived', 'Dikecualikan', colours.neutral],
  [1, 'compliant', 'Patuh', colours.good],
  [0, 'not-applicable', 'Tidak berlaku', colours.notApplicable],
] as const;

export const verdictWeights = named(verdicts.map(([weight, , text, colour]) => [weight, text, colour]));

/** How much a breach may claim, by weight; the law's verb caps it. */
const grades = [
  [4, 'violation', 'Pelanggaran', colours.bad],
  [3, 'indication', 'Indikasi pelanggaran', colours.serious],
  [2, 'finding', 'Temuan', colours.warning],
  [1, 'note', 'Catatan', colours.note],
] as const;

export const gradeWeights = named(grades.map(([weight, , text, colour]) => [weight, text, colour]));
export const gradeNames = named(grades.map(([, grade, text, colour]) => [grade, text, colour]));

/** Only a breach has a grade. */
export const noGrade: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text: '–', color: colours.notApplicable } },
};

const dutyLabels = 'pd, obligation, subject, regulation, pasal';

/** A duty of the department as a whole has no subject; a column needs something, or its rows are joined to others'. */
const withSubject = (expr: string): string => `label_replace(${expr}, "subject", "(seluruhnya)", "subject", "")`;

/** Each duty's verdict as its weight. */
export function verdictWeight(filter: string): string {
  const weighed = verdicts.map(
    ([weight, status]) =>
      `(max by (${dutyLabels}) (pantau_obligation_status{${filter}, status="${status}"}) == 1) * 0 + ${weight}`,
  );
  return withSubject(weighed.map((each) => `(${each})`).join(' or '));
}

/** Each breach's grade as its weight. */
export function gradeWeight(filter: string): string {
  const weighed = grades.map(
    ([weight, grade]) =>
      `max by (pd, obligation, subject) (pantau_obligation_grade{${filter}, grade="${grade}"}) * ${weight}`,
  );
  return withSubject(weighed.map((each) => `(${each})`).join(' or '));
}

/** Adds what the duty is called and the rest of its citation. */
export function withDutyTitle(expr: string): string {
  return `(${expr}) * on (obligation, regulation) group_left (title, ayat, huruf) topk by (obligation, regulation) (1, max by (obligation, regulation, title, ayat, huruf) (pantau_obligation_info))`;
}
