import { everyPd, linkState, unknownState } from '../../promql.ts';

/** The worst link to the Pusat Data of each department: 0, unknown, 1. A department without one is not here. */
export const worstWan = `min by (pd) (${linkState('layer="wan"', 'pd, site, target, probe')})`;

const overdue = 'max by (pd, dataset) (pantau_backup_overdue)';
/** What is not known is no red; but none is overdue only where of all it is known. */
export const overdueDatasets = `count by (pd) (${overdue} == 1) or sum by (pd) (${overdue})`;

export const incidents = (severity: string): string =>
  `sum by (pd) (max by (pd, severity) (pantau_incidents_open{severity="${severity}"}))`;

export const breaches = (grade: string): string =>
  `count by (pd) (max by (pd, obligation, subject) (pantau_obligation_grade{grade="${grade}"}) == 1)`;

/** What makes a department red, and whom; only those are looked at further, so that it is cheap at 500 departments. */
const redFields = {
  wan: 'max by (pd, site, target, probe) (pantau_link_up{layer="wan"}) == 0',
  backup: 'max by (pd, dataset) (pantau_backup_overdue) == 1',
  incident: 'max by (pd, severity) (pantau_incidents_open{severity="critical"}) > 0',
  duty: 'max by (pd, obligation, subject) (pantau_obligation_grade{grade="violation"}) == 1',
};

const red = Object.entries(redFields)
  .map(([field, expr]) => `label_replace(group by (pd) (${expr}), "field", "${field}", "", "")`)
  .join(' or ');

/** 1 to 4 red fields; 0 when none is red and the link is up; unknown otherwise: nobody is green because nothing is known. */
export const redState = `((count by (pd) (${red}) and on (pd) ${everyPd()}) or (${everyPd()} * 0 and on (pd) (${worstWan} == 1)) or (${everyPd()} * ${unknownState}))`;
