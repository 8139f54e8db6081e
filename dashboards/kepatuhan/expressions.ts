import { withPdName } from '../promql.ts';

/** The verdicts that are chosen, by the variables of the board. */
const chosen = 'pd=~"$pd", regulation=~"$regulation"';

/** One verdict is on one duty of one regulation, one subject of one department. */
const verdict = 'pd, regulation, obligation, subject';

export type Status = 'compliant' | 'breached' | 'no-evidence' | 'waived' | 'not-applicable';
export type Grade = 'violation' | 'indication' | 'finding' | 'note';

/** 1 for each verdict that has this status now, 0 for the others. */
const having = (status: Status): string =>
  `max by (${verdict}) (pantau_obligation_status{${chosen}, status="${status}"})`;

export const count = (status: Status): string => `sum(${having(status)})`;
export const countOfPd = (status: Status): string => `sum by (pd) (${having(status)})`;
export const countOfObligation = (status: Status): string => `sum by (regulation, obligation) (${having(status)})`;

/** From the recording rule: over weeks and 500 departments the verdicts themselves would be millions of samples. */
export const trendOf = (status: Status): string =>
  `sum(max by (pd, regulation) (pantau:obligations:count{${chosen}, status="${status}"}))`;

const proven = `(${count('compliant')} + ${count('breached')})`;

/** Of what could be judged: a verdict without evidence says neither. */
export const compliantShare = `${count('compliant')} / (${proven} > 0)`;
/** Of what should be judged. */
export const provenShare = `${proven} / ((${proven} + ${count('no-evidence')}) > 0)`;

/** Breaches with how much each may claim; the grade does not tell its regulation, the verdict does. */
function graded(matcher = ''): string {
  const grade = `max by (pd, obligation, subject, grade) (pantau_obligation_grade{pd=~"$pd"${matcher}})`;
  return `${grade} * on (pd, obligation, subject) group_left (regulation) (${having('breached')} == 1)`;
}

const ofGrade = (grade: Grade): string => graded(`, grade="${grade}"`);

export const countOfGrade = (grade: Grade): string => `count(${ofGrade(grade)}) or ${count('breached')} * 0`;
export const gradeOfPd = (grade: Grade): string => `count by (pd) (${ofGrade(grade)}) or ${countOfPd('breached')} * 0`;

/** With what the duty is called and where it stands. */
export function withTitle(expr: string): string {
  const info = 'topk by (regulation, obligation) (1, pantau_obligation_info{regulation=~"$regulation"})';
  return `(${expr}) * on (regulation, obligation) group_left (pasal, ayat, huruf, title) ${info}`;
}

export const breaches = withPdName(withTitle(graded()));
export const verdictsWith = (status: Status): string => withPdName(withTitle(`${having(status)} == 1`));

/** How verdicts sort, from what needs no act to what does; a breach counts as much as it may claim. */
export const weights = {
  'not-applicable': 0,
  compliant: 1,
  waived: 2,
  'no-evidence': 3,
  /** Its grade is not known. */
  breached: 4,
  note: 5,
  finding: 6,
  indication: 7,
  violation: 8,
} as const;

const statuses = ['not-applicable', 'compliant', 'waived', 'no-evidence', 'breached'] as const;
const grades = ['note', 'finding', 'indication', 'violation'] as const;

const weighed = [
  ...statuses.map((status) => `(${having(status)} == 1) * ${weights[status]}`),
  ...grades.map((grade) => `max by (${verdict}) (${ofGrade(grade)}) * ${weights[grade]}`),
].map((expr) => `max by (pd, regulation, obligation) (${expr})`);

/** The worst subject speaks for its department; a column is called by its place in the regulation and its title. */
export const matrix = withPdName(
  `label_join(label_replace(${withTitle(worstOf(weighed))}, "place", "Pasal $1", "pasal", "(.*)"), "column", " · ", "place", "title")`,
);

/** Each of them is marked, so that none hides another of the same labels. */
function worstOf(exprs: readonly string[]): string {
  const marked = exprs.map((expr, index) => `label_replace(${expr}, "rank", "${index}", "", "")`);
  return `max by (pd, regulation, obligation) (${marked.join(' or ')})`;
}
