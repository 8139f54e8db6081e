import { everyPd, withPdName } from '../../promql.ts';

/** The verdicts that are chosen, by the variables of the board. */
const chosen = 'pd=~"$pd", regulation=~"$regulation"';
const chosenPds = 'pd=~"$pd"';

/** One verdict is on one duty of one regulation, one subject of one department. */
const verdict = 'pd, regulation, obligation, subject';

export type Status = 'compliant' | 'breached' | 'no-evidence' | 'waived' | 'not-applicable';
export type Grade = 'violation' | 'indication' | 'finding' | 'note';

/** The verdicts that have this status now. Filtered first: of the five series of a verdict four say 0. */
const having = (status: Status): string =>
  `max by (${verdict}) (pantau_obligation_status{${chosen}, status="${status}"} == 1)`;

/** Breaches with how much each may claim; which regulation a duty is of is told by the duty, not by the grade. */
function graded(matcher = ''): string {
  const grade = `max by (pd, obligation, subject, grade) (pantau_obligation_grade{${chosenPds}${matcher}})`;
  const regulation = `topk by (obligation) (1, max by (regulation, obligation) (pantau_obligation_info{regulation=~"$regulation"}))`;
  return `${grade} * on (obligation) group_left (regulation) ${regulation}`;
}

const ofGrade = (grade: Grade): string => graded(`, grade="${grade}"`);

const duties = 'max by (regulation, obligation) (pantau_obligation_info{regulation=~"$regulation"})';

/** 0 where duties are known and none is so; nothing where no duty is known. */
const orNone = (expr: string): string => `(count(${expr}) or count(${duties}) * 0)`;
const orNoneOfPd = (expr: string): string => `count by (pd) (${expr}) or ${everyPd(chosenPds)} * 0`;

export const count = (status: Status): string => orNone(having(status));
export const countOfPd = (status: Status): string => orNoneOfPd(having(status));
export const countOfObligation = (status: Status): string =>
  `count by (regulation, obligation) (${having(status)}) or ${duties} * 0`;

export const countOfGrade = (grade: Grade): string => orNone(ofGrade(grade));
export const gradeOfPd = (grade: Grade): string => orNoneOfPd(ofGrade(grade));

/** From the recording rule: over weeks and 500 departments the verdicts themselves would be millions of samples. */
export const trendOf = (status: Status): string =>
  `sum(max by (pd, regulation) (pantau:obligations:count{${chosen}, status="${status}"}))`;

const proven = `(${count('compliant')} + ${count('breached')})`;

/** Of what could be judged: a verdict without evidence says neither. */
export const compliantShare = `${count('compliant')} / (${proven} > 0)`;
/** Of what should be judged. */
export const provenShare = `${proven} / ((${proven} + ${count('no-evidence')}) > 0)`;

/** With what the duty is called and where it stands. */
export function withTitle(expr: string): string {
  const info = 'topk by (regulation, obligation) (1, pantau_obligation_info{regulation=~"$regulation"})';
  return `(${expr}) * on (regulation, obligation) group_left (pasal, ayat, huruf, title) ${info}`;
}

export const breaches = withPdName(withTitle(graded()));
export const verdictsWith = (status: Status): string => withPdName(withTitle(having(status)));

/** Numbers of the matrix, from what needs no act to what does; a breach counts as much as it may claim. */
export const weights = {
  violation: 8,
  indication: 7,
  finding: 6,
  note: 5,
  /** Its grade is not known. */
  breached: 4,
  'no-evidence': 3,
  waived: 2,
  compliant: 1,
  'not-applicable': 0,
} as const;

const grades = ['violation', 'indication', 'finding', 'note'] as const;
const statuses = ['breached', 'no-evidence', 'waived', 'compliant', 'not-applicable'] as const;

/** The worst subject speaks for its department: of each pair of department and duty `or` takes the first that is there. */
const worst = [
  ...grades.map((grade) => `max by (pd, regulation, obligation) (${ofGrade(grade)}) * ${weights[grade]}`),
  ...statuses.map((status) => `max by (pd, regulation, obligation) (${having(status)}) * ${weights[status]}`),
].join(' or ');

/** A column is called by its place in the regulation and its title. */
const withColumn = (expr: string): string =>
  `label_join(label_replace(${expr}, "place", "Pasal $1", "pasal", "(.*)"), "column", " · ", "place", "title")`;

/** Regulations one after the other, their Pasal by number: Grafana sorts by letters, so that 9 would follow 41. */
const withOrder = (expr: string): string =>
  `label_join(label_replace(label_replace(${expr}, "number", "00$1", "pasal", "(.*)"), "number", "$1", "number", "0*([0-9]{3}.*)"), "order", " ", "regulation", "number", "title")`;

export const matrix = withPdName(withOrder(withColumn(withTitle(worst))));
