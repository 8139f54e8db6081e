import type { Language } from '../../shared/local-time.ts';
import { headlineOf } from '../obligations/explain.ts';
import type { IncidentRow } from '../store/incident-rows.ts';
import type { Judging } from './judging.ts';

/** What broke, in one line for people: in a few words while it is so, else the duty that it breaches. */
export function incidentInWords(
  incident: Pick<IncidentRow, 'id' | 'obligation' | 'subject'>,
  judging: Pick<Judging, 'caseOf' | 'verdicts'>,
  options: { language: Language; timezone: string },
): string {
  const { obligation, subject } = incident;
  const judged = judging.caseOf(incident);
  const verdict = judging.verdicts().find((each) => each.obligation === obligation && each.subject === subject);
  const headline = judged && verdict && headlineOf(verdict, judged.rule, options);
  return `${headline ?? judged?.obligation.title[options.language] ?? obligation} (${subject})`;
}
