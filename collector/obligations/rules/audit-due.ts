import type { Judgement, Params, PemdaRule, PemdaSubjectFacts } from '../rule.ts';
import { judgeDue, lastDone, nothingEntered, originWords, periodOf, periodParams, worstOf } from './registers/due.ts';
import { auditsOf, scopesOf, scopeWords } from './registers/audits.ts';

const defaults = { everyYears: 2, reminderDays: 180 };

/** The last audit of each scope that is asked for is younger than its period. What an audit found is not judged. */
export const auditDue: PemdaRule = {
  name: 'audit-due',
  docs: 'The last ICT audit in the register is younger than its period.',
  subject: 'pemda',
  incidentKind: 'register',
  severity: 'warning',
  params: {
    scope: { default: 'semua', docs: 'infrastruktur, aplikasi, keamanan, or semua for each of the three' },
    auditorKind: { default: '', docs: 'internal or eksternal, when only such audits count' },
    everyYears: { default: defaults.everyYears, docs: 'an audit is due again after so many years' },
    ...periodParams(defaults.reminderDays),
  },
  evidence: {
    id: 'Entri pada register audit: ruang lingkup, tanggal, auditor, dan laporannya sebagai lampiran.',
    en: 'An entry in the audit register: scope, date, auditor, and its report attached.',
  },
  headlines: { overdue: { id: 'Audit TIK terlambat', en: 'The ICT audit is overdue' } },
  reasons: {
    'no-audit': {
      id: 'Belum ada audit {scope} yang tercatat dalam register audit.',
      en: 'No audit of {scope} is entered in the audit register.',
    },
    done: {
      id: 'Audit {scope} terakhir dilaksanakan {lastDay} oleh {auditor}; yang berikutnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'The last audit of {scope} was done on {lastDay} by {auditor}; the next is due by {dueDay} ({periodOrigin}).',
    },
    'due-soon': {
      id: 'Audit {scope} perlu segera direncanakan: yang terakhir dilaksanakan {lastDay} oleh {auditor}, yang berikutnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'An audit of {scope} should be planned soon: the last was done on {lastDay} by {auditor}, the next is due by {dueDay} ({periodOrigin}).',
    },
    overdue: {
      id: 'Audit {scope} terlambat: yang terakhir tercatat dilaksanakan {lastDay} oleh {auditor}, yang berikutnya seharusnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'The audit of {scope} is overdue: the last one entered was done on {lastDay} by {auditor}, the next was due by {dueDay} ({periodOrigin}).',
    },
  },
  words: { ...originWords, scope: scopeWords },
  judge: (facts, params) => worstOf(scopesOf(params).map((scope) => judgeScope(scope, facts, params))),
};

function judgeScope(scope: string, facts: PemdaSubjectFacts, params: Params): Judgement {
  const { last, planned } = lastDone(auditsOf(scope, facts, params), facts);
  const period = periodOf(params, defaults);
  if (last === undefined || period === undefined)
    return nothingEntered('no-audit', facts, { args: { scope }, planned });
  const auditor = String(last.entry.values['auditor'] ?? '-');
  return judgeDue(last, period, facts, { args: { scope, auditor }, planned });
}
