import type { Judgement, Params, PemdaRule, PemdaSubjectFacts } from '../rule.ts';
import { auditsOf, scopesOf, scopeWords } from './registers/audits.ts';
import { lastDone, nothingEntered, worstOf } from './registers/due.ts';
import { judgeReported, reportedParams } from './registers/reported.ts';

/** The result of the last audit of each scope was handed to whom the regulation names. */
export const auditResultReported: PemdaRule = {
  name: 'audit-result-reported',
  docs: 'The result of the last ICT audit was reported.',
  subject: 'pemda',
  incidentKind: 'register',
  severity: 'info',
  params: {
    scope: { default: 'semua', docs: 'infrastruktur, aplikasi, keamanan, or semua for each of the three' },
    auditorKind: { default: '', docs: 'internal or eksternal, when only such audits count' },
    ...reportedParams,
  },
  evidence: {
    id: 'Pada register audit: tanggal laporan disampaikan dan penerimanya, dengan surat pengantar sebagai lampiran.',
    en: 'In the audit register: when and to whom the result was reported, with the covering letter attached.',
  },
  headlines: { 'not-reported': { id: 'Hasil audit belum dilaporkan', en: 'An audit has not been reported' } },
  reasons: {
    'no-audit': {
      id: 'Belum ada audit {scope} yang tercatat dalam register audit, sehingga belum ada hasil yang dapat dilaporkan.',
      en: 'No audit of {scope} is entered in the audit register, so there is no result to report.',
    },
    reported: {
      id: 'Hasil audit {scope} tanggal {lastDay} telah dilaporkan kepada {reportedTo} pada {reportedDay}.',
      en: 'The result of the audit of {scope} of {lastDay} was reported to {reportedTo} on {reportedDay}.',
    },
    'not-yet-reported': {
      id: 'Pelaporan hasil audit {scope} tanggal {lastDay} belum tercatat dan ditunggu paling lambat {dueDay} (batas waktu bawaan aplikasi atau pengaturan Pemda).',
      en: 'That the audit of {scope} of {lastDay} was reported is not entered yet; it is awaited until {dueDay} (a limit of the application or the Pemda).',
    },
    'not-reported': {
      id: 'Pelaporan hasil audit {scope} tanggal {lastDay} belum tercatat, sedangkan batas waktunya {dueDay} (bawaan aplikasi atau pengaturan Pemda, bukan ketentuan peraturan).',
      en: 'That the audit of {scope} of {lastDay} was reported is not entered, and was due by {dueDay} (a limit of the application or the Pemda, not of the regulation).',
    },
  },
  words: { scope: scopeWords },
  judge: (facts, params) => worstOf(scopesOf(params).map((scope) => judgeScope(scope, facts, params))),
};

function judgeScope(scope: string, facts: PemdaSubjectFacts, params: Params): Judgement {
  const { last, planned } = lastDone(auditsOf(scope, facts, params), facts);
  if (last === undefined) return nothingEntered('no-audit', facts, { args: { scope }, planned });
  return judgeReported(last, params, facts, { scope });
}
