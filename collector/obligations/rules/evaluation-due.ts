import type { Judgement, PemdaRule } from '../rule.ts';
import { judgeDue, lastDone, nothingEntered, originWords, periodOf, periodParams } from './registers/due.ts';
import { defaultKinds, evaluationsOf } from './registers/evaluations.ts';

const defaults = { everyDays: 365, reminderDays: 90 };

/** SPBE was monitored and evaluated within its period, by one of the kinds that the duty asks for. */
export const evaluationDue: PemdaRule = {
  name: 'evaluation-due',
  docs: 'The last evaluation of SPBE in the register is younger than its period.',
  subject: 'pemda',
  incidentKind: 'register',
  severity: 'warning',
  params: {
    kinds: { default: defaultKinds, docs: 'which evaluations count, separated by commas' },
    everyDays: { default: defaults.everyDays, docs: 'an evaluation is due again after so many days' },
    everyYears: { default: 0, docs: 'the same in years of the calendar; 0: the days count' },
    ...periodParams(defaults.reminderDays),
  },
  evidence: {
    id: 'Entri pada register evaluasi: jenis, tanggal, pelaksana, nilai indeks, dan laporannya sebagai lampiran.',
    en: 'An entry in the register of evaluations: kind, date, by whom, the index, and its report attached.',
  },
  headlines: { overdue: { id: 'Pemantauan dan evaluasi SPBE terlambat', en: 'The evaluation of SPBE is overdue' } },
  reasons: {
    'no-evaluation': {
      id: 'Belum ada pemantauan dan evaluasi SPBE yang tercatat dalam register evaluasi.',
      en: 'No monitoring and evaluation of SPBE is entered in the register of evaluations.',
    },
    done: {
      id: 'Evaluasi SPBE terakhir dilaksanakan {lastDay} oleh {by}; yang berikutnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'SPBE was last evaluated on {lastDay} by {by}; the next evaluation is due by {dueDay} ({periodOrigin}).',
    },
    'due-soon': {
      id: 'Evaluasi SPBE perlu segera dilaksanakan: yang terakhir {lastDay} oleh {by}, yang berikutnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'SPBE should be evaluated soon: the last time was on {lastDay} by {by}, the next is due by {dueDay} ({periodOrigin}).',
    },
    overdue: {
      id: 'Evaluasi SPBE terlambat: yang terakhir tercatat {lastDay} oleh {by}, yang berikutnya seharusnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'The evaluation of SPBE is overdue: the last one entered was on {lastDay} by {by}, the next was due by {dueDay} ({periodOrigin}).',
    },
  },
  words: originWords,
  judge(facts, params): Judgement {
    const { last, planned } = lastDone(evaluationsOf(facts, params), facts);
    const period = periodOf(params, defaults);
    if (last === undefined || period === undefined) return nothingEntered('no-evaluation', facts, { planned });
    return judgeDue(last, period, facts, { args: { by: String(last.entry.values['by'] ?? '-') }, planned });
  },
};
