import type { Judgement, PemdaRule } from '../rule.ts';
import { judgeDue, lastDone, nothingEntered, originWords, periodOf, periodParams } from './registers/due.ts';
import { entriesOfPemda, textIn } from './registers/entries.ts';

const defaults = { everyDays: 30, reminderDays: 7 };
const defaultKind = 'supervisi';

const kindWords = {
  supervisi: { id: 'pembinaan dan pengawasan SPBE', en: 'guidance and supervision of SPBE' },
  'supervisi-pencadangan': {
    id: 'koordinasi dan pengawasan pencadangan data',
    en: 'coordination and supervision of backups',
  },
  'meja-layanan': { id: 'meja layanan', en: 'the service desk' },
  aset: { id: 'pencatatan aset TIK', en: 'ICT assets' },
  insiden: { id: 'gangguan', en: 'incidents' },
  koordinasi: { id: 'koordinasi SPBE', en: 'the coordination of SPBE' },
} as const;

/** A report of a kind was handed in within its period: of supervision, of the service desk, of assets. */
export const supervisionReportDue: PemdaRule = {
  name: 'supervision-report-due',
  docs: 'The last report of a kind that was handed in is younger than its period.',
  subject: 'pemda',
  incidentKind: 'register',
  severity: 'info',
  params: {
    kind: { default: defaultKind, docs: 'which report, as the register of reports calls it' },
    everyDays: { default: defaults.everyDays, docs: 'a report is due again after so many days' },
    ...periodParams(defaults.reminderDays),
  },
  evidence: {
    id: 'Entri pada register laporan: jenis laporan, tanggal, dan penerima, dengan laporan atau berita acaranya sebagai lampiran.',
    en: 'An entry in the register of reports: its kind, date and recipient, with the report or the minutes attached.',
  },
  headlines: { overdue: { id: 'Laporan berkala terlambat', en: 'A periodic report is overdue' } },
  reasons: {
    'no-report': {
      id: 'Belum ada laporan {kind} yang tercatat dalam register laporan.',
      en: 'No report on {kind} is entered in the register of reports.',
    },
    done: {
      id: 'Laporan {kind} terakhir disampaikan {lastDay} kepada {recipient}; yang berikutnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'The last report on {kind} was handed to {recipient} on {lastDay}; the next is due by {dueDay} ({periodOrigin}).',
    },
    'due-soon': {
      id: 'Laporan {kind} perlu segera disampaikan: yang terakhir {lastDay} kepada {recipient}, yang berikutnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'A report on {kind} is due soon: the last was handed to {recipient} on {lastDay}, the next is due by {dueDay} ({periodOrigin}).',
    },
    overdue: {
      id: 'Laporan {kind} terlambat: yang terakhir tercatat {lastDay} kepada {recipient}, yang berikutnya seharusnya paling lambat {dueDay} ({periodOrigin}).',
      en: 'The report on {kind} is overdue: the last one entered was handed to {recipient} on {lastDay}, the next was due by {dueDay} ({periodOrigin}).',
    },
  },
  words: { ...originWords, kind: kindWords },
  judge(facts, params): Judgement {
    const kind = String(params['kind'] ?? defaultKind);
    const entries = entriesOfPemda(facts, 'report').filter((entry) => textIn(entry, 'kind') === kind);
    const { last, planned } = lastDone(entries, facts);
    const period = periodOf(params, defaults);
    if (last === undefined || period === undefined)
      return nothingEntered('no-report', facts, { args: { kind }, planned });
    const recipient = String(last.entry.values['recipient'] ?? '-');
    return judgeDue(last, period, facts, { args: { kind, recipient }, planned });
  },
};
