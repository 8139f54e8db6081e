import type { Judgement, PemdaRule } from '../rule.ts';
import { lastDone, nothingEntered } from './registers/due.ts';
import { defaultKinds, evaluationsOf } from './registers/evaluations.ts';
import { judgeReported, reportedParams } from './registers/reported.ts';

/** The result of the last evaluation of SPBE was handed to whom the regulation names. */
export const evaluationResultReported: PemdaRule = {
  name: 'evaluation-result-reported',
  docs: 'The result of the last evaluation of SPBE was reported.',
  subject: 'pemda',
  incidentKind: 'register',
  severity: 'info',
  params: {
    kinds: { default: defaultKinds, docs: 'which evaluations count, separated by commas' },
    ...reportedParams,
  },
  evidence: {
    id: 'Pada register evaluasi: tanggal laporan disampaikan dan penerimanya, dengan surat pengantar sebagai lampiran.',
    en: 'In the register of evaluations: when and to whom the result was reported, with the covering letter attached.',
  },
  headlines: { 'not-reported': { id: 'Hasil evaluasi belum dilaporkan', en: 'An evaluation has not been reported' } },
  reasons: {
    'no-evaluation': {
      id: 'Belum ada pemantauan dan evaluasi SPBE yang tercatat dalam register evaluasi, sehingga belum ada hasil yang dapat dilaporkan.',
      en: 'No monitoring and evaluation of SPBE is entered in the register of evaluations, so there is no result to report.',
    },
    reported: {
      id: 'Hasil evaluasi SPBE tanggal {lastDay} telah dilaporkan kepada {reportedTo} pada {reportedDay}.',
      en: 'The result of the evaluation of {lastDay} was reported to {reportedTo} on {reportedDay}.',
    },
    'not-yet-reported': {
      id: 'Pelaporan hasil evaluasi SPBE tanggal {lastDay} belum tercatat dan ditunggu paling lambat {dueDay} (batas waktu bawaan aplikasi atau pengaturan Pemda).',
      en: 'That the evaluation of {lastDay} was reported is not entered yet; it is awaited until {dueDay} (a limit of the application or the Pemda).',
    },
    'not-reported': {
      id: 'Pelaporan hasil evaluasi SPBE tanggal {lastDay} belum tercatat, sedangkan batas waktunya {dueDay} (bawaan aplikasi atau pengaturan Pemda, bukan ketentuan peraturan).',
      en: 'That the evaluation of {lastDay} was reported is not entered, and was due by {dueDay} (a limit of the application or the Pemda, not of the regulation).',
    },
  },
  judge(facts, params): Judgement {
    const { last, planned } = lastDone(evaluationsOf(facts, params), facts);
    if (last === undefined) return nothingEntered('no-evaluation', facts, { planned });
    return judgeReported(last, params, facts);
  },
};
