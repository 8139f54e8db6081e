import { everyPd, orZero, stateOf } from '../../promql.ts';

/** The worst link to the Pusat Data of each department: 0, unknown, 1. A department without one is not here. */
export const worstWan = `min by (pd) (${stateOf('pantau_link_up{layer="wan"}', 'pd, site, target, probe')})`;

/** What is not known is no red, nor counted as on time elsewhere. */
export const overdueDatasets = 'sum by (pd) (max by (pd, dataset) (pantau_backup_overdue) == bool 1)';

export const incidents = (severity: string): string =>
  `sum by (pd) (max by (pd, severity) (pantau_incidents_open{severity="${severity}"}))`;

export const breaches = (grade: string): string =>
  `count by (pd) (max by (pd, obligation, subject) (pantau_obligation_grade{grade="${grade}"}) == 1)`;

/** In how many of the four fields a department is red. */
const redFields = [
  `${worstWan} == bool 0`,
  `${overdueDatasets} > bool 0`,
  `${incidents('critical')} > bool 0`,
  `${breaches('violation')} > bool 0`,
]
  .map((field) => orZero(field))
  .join(' + ');

/** 1 to 4 red fields; 0 when none is red and the link is up; unknown otherwise: nobody is green because nothing is known. */
export const redState = `(((${redFields}) > 0) or (${everyPd()} * 0 and on (pd) (${worstWan} == 1)) or (${everyPd()} * 0 + 0.5))`;
