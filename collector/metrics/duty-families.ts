import { verdictStatuses } from '../../shared/states.ts';
import { regulationsOf } from '../obligations/regulations/registry.ts';
import { ruleNamed } from '../obligations/rules/registry.ts';
import type { FleetFamily } from './family.ts';
import { type Labels, wellFormed } from './fleet-view.ts';

const obligationStatus: FleetFamily = {
  of: 'fleet',
  group: 'obligation',
  name: 'pantau_obligation_status',
  type: 'gauge',
  labels: ['pd', 'obligation', 'subject', 'regulation', 'pasal', 'status'],
  help: 'The verdict on a duty: 1 for the status that holds, 0 for the others.',
  *samples({ judging }) {
    for (const verdict of judging.verdicts()) {
      const judged = judging.caseOf(verdict);
      if (judged === undefined) continue;
      for (const status of verdictStatuses) {
        const labels: Labels = [
          ['pd', verdict.pd],
          ['obligation', verdict.obligation],
          ['subject', wellFormed(judged.part ?? '')],
          ['regulation', judged.regulation.id],
          ['pasal', judged.obligation.citation.pasal],
          ['status', status],
        ];
        yield { labels, value: verdict.status === status ? 1 : 0 };
      }
    }
  },
};

const obligationGrade: FleetFamily = {
  of: 'fleet',
  group: 'obligation',
  name: 'pantau_obligation_grade',
  type: 'gauge',
  labels: ['pd', 'obligation', 'subject', 'grade'],
  help: 'How much a breach of a duty may claim: 1 for the grade that holds, nothing where the duty is not breached.',
  *samples({ judging }) {
    for (const verdict of judging.verdicts()) {
      const judged = judging.caseOf(verdict);
      if (judged === undefined || verdict.status !== 'breached' || verdict.grade === undefined) continue;
      const labels: Labels = [
        ['pd', verdict.pd],
        ['obligation', verdict.obligation],
        ['subject', wellFormed(judged.part ?? '')],
        ['grade', verdict.grade],
      ];
      yield { labels, value: 1 };
    }
  },
};

const obligationInfo: FleetFamily = {
  of: 'fleet',
  group: 'obligation',
  name: 'pantau_obligation_info',
  type: 'gauge',
  labels: ['regulation', 'obligation', 'pasal', 'ayat', 'huruf', 'title'],
  help: "A duty that is judged, where the regulation lays it down, and its title in the Pemda's language; always 1.",
  *samples({ config }) {
    for (const regulation of regulationsOf(config)) {
      for (const obligation of regulation.obligations) {
        if (ruleNamed(obligation.rule) === undefined) continue;
        const { pasal, ayat = '', huruf = '' } = obligation.citation;
        const labels: Labels = [
          ['regulation', regulation.id],
          ['obligation', obligation.id],
          ['pasal', pasal],
          ['ayat', ayat],
          ['huruf', huruf],
          ['title', obligation.title[config.language]],
        ];
        yield { labels, value: 1 };
      }
    }
  },
};

export const dutyFamilies: readonly FleetFamily[] = [obligationStatus, obligationGrade, obligationInfo];
