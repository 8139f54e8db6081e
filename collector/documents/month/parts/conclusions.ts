import type { Block } from '../../document.ts';
import { dutyOf, lawWords, reasonWords } from '../duties.ts';
import { endWords } from '../end-words.ts';
import type { VerdictFigures } from '../figures.ts';
import { departmentName, type ReportView } from '../report-view.ts';
import { coverageTable } from '../tables/coverage.ts';
import { incidentCountsTable, longestIncidentsTable } from '../tables/incidents.ts';
import { tableBlock } from '../tables/table.ts';
import { subjectWords, summaryTable } from '../tables/verdicts.ts';
import type { MonthTotals } from '../totals.ts';
import { heading, paragraph } from './lines.ts';

/** D. to I.: what follows from the results. */
export function conclusions(view: ReportView, totals: MonthTotals): Block[] {
  const { scribe } = view;
  const none = { id: 'Tidak ada.', en: 'None.' };
  return [
    heading(scribe, 1, { id: 'D. Rekapitulasi Kepatuhan per Perangkat Daerah', en: 'D. Compliance by department' }),
    ...tableBlock(summaryTable, view, { otherwise: none }),
    ...tableBlock(coverageTable, view, { otherwise: none }),
    heading(scribe, 1, { id: 'E. Rekapitulasi Gangguan dan Penanganan', en: 'E. Incidents and their handling' }),
    ...tableBlock(incidentCountsTable, view, {
      otherwise: { id: 'Tidak ada gangguan dalam bulan ini.', en: 'There was no incident in this month.' },
    }),
    ...(totals.incidents.count === 0 ? [] : tableBlock(longestIncidentsTable, view, { otherwise: none })),
    heading(scribe, 1, { id: 'F. Kendala/Permasalahan', en: 'F. Obstacles' }),
    ...obstacles(view, totals),
    heading(scribe, 1, { id: 'G. Tindak Lanjut Bulan Sebelumnya', en: 'G. What became of the month before' }),
    ...followUp(view),
    heading(scribe, 1, { id: 'H. Rekomendasi', en: 'H. Recommendations' }),
    ...recommendations(view),
    heading(scribe, 1, { id: 'I. Penutup', en: 'I. Closing' }),
    paragraph(scribe, {
      id: 'Demikian laporan ini disusun berdasarkan data pemantauan dan catatan yang tersimpan, untuk dipergunakan sebagaimana mestinya.',
      en: 'This report was drawn up from what was monitored and recorded, to be used as is proper.',
    }),
  ];
}

/** What is known to stand in the way: data that is not there, and what is still broken. */
function obstacles({ scribe, figures }: ReportView, totals: MonthTotals): Block[] {
  const end = endWords(figures);
  const { hours, text } = scribe;
  const unknownSeconds = Object.values(totals.links).reduce((sum, each) => sum + each.unknownSeconds, 0);
  const found = [
    totals.incidents.openCount > 0 && {
      id: `${totals.incidents.openCount} gangguan belum pulih ${end.id}.`,
      en: `${totals.incidents.openCount} incidents were not over ${end.en}.`,
    },
    unknownSeconds >= 60 && {
      id: `Keadaan jaringan tidak diketahui selama ${hours(unknownSeconds).text} jam, dijumlahkan atas semua tautan.`,
      en: `The state of networks is unknown for ${hours(unknownSeconds).text} hours, added up over all links.`,
    },
    totals.backups.unknownCount > 0 && {
      id: `Hasil ${totals.backups.unknownCount} jatuh tempo pencadangan tidak diketahui karena tidak ada laporan.`,
      en: `The outcome of ${totals.backups.unknownCount} due backups is unknown because nothing was reported.`,
    },
    totals.verdicts['no-evidence'] > 0 && {
      id: `${totals.verdicts['no-evidence']} kewajiban belum dapat dinilai karena buktinya belum ada; rinciannya pada Lampiran.`,
      en: `${totals.verdicts['no-evidence']} duties could not be judged for want of evidence; see the annex.`,
    },
  ].filter((words) => words !== false);
  if (found.length === 0)
    return [paragraph(scribe, { id: 'Tidak ada kendala yang tercatat.', en: 'None is recorded.' })];
  return [{ kind: 'list', numbered: true, items: found.map(text) }];
}

const mostItems = 40;

/** What was in breach when the month began, and how it stands at its end. */
function followUp(view: ReportView): Block[] {
  const { scribe } = view;
  const before = allOf(view).filter(({ verdict }) => verdict.before === 'breached');
  if (before.length === 0) {
    const words = {
      id: 'Tidak ada kewajiban yang tidak patuh pada awal bulan.',
      en: 'No duty was in breach when the month began.',
    };
    return [paragraph(scribe, words)];
  }
  const end = endWords(view.figures);
  const still = before.filter(({ verdict }) => verdict.status === 'breached');
  return [
    paragraph(scribe, {
      id: `Dari ${before.length} kewajiban yang tidak patuh pada awal bulan, ${before.length - still.length} tidak lagi demikian dan ${still.length} masih tidak patuh ${end.id}.`,
      en: `Of ${before.length} duties that were in breach when the month began, ${before.length - still.length} no longer are and ${still.length} still were ${end.en}.`,
    }),
    ...items(view, still),
  ];
}

/** A person decides what to do; what is listed is what the verdicts ask for. */
function recommendations(view: ReportView): Block[] {
  const { scribe } = view;
  const broken = allOf(view).filter(({ verdict }) => verdict.status === 'breached');
  if (broken.length === 0) {
    const words = { id: 'Tidak ada putusan yang memerlukan tindak lanjut.', en: 'No verdict asks for anything.' };
    return [paragraph(scribe, words)];
  }
  return [
    paragraph(scribe, {
      id: 'Hal-hal berikut perlu ditindaklanjuti oleh Perangkat Daerah yang bersangkutan; keputusan ada pada pejabat yang berwenang.',
      en: 'The departments concerned should act on the following; the officials in charge decide.',
    }),
    ...items(view, broken),
  ];
}

interface Item {
  pd: string;
  verdict: VerdictFigures;
}

const gradeOrder = ['violation', 'indication', 'finding', 'note', undefined] as const;

/** Of all departments, what weighs most first. */
function allOf({ figures }: ReportView): Item[] {
  const own = figures.departments.flatMap(({ pd, verdicts }) => verdicts.map((verdict) => ({ pd, verdict })));
  const all = [...own, ...figures.common.verdicts.map((verdict) => ({ pd: '', verdict }))];
  return all.toSorted((a, b) => gradeOrder.indexOf(a.verdict.grade) - gradeOrder.indexOf(b.verdict.grade));
}

function items(view: ReportView, found: readonly Item[]): Block[] {
  const { text } = view.scribe;
  const lines = found.slice(0, mostItems).map(({ pd, verdict }) => {
    const duty = dutyOf(verdict, view.config);
    const subject = subjectWords(view, pd, verdict.subject, duty);
    const who = pd === '' ? text({ id: 'Pemerintah Daerah', en: 'Local government' }) : departmentName(view, pd);
    const where = subject === '' || subject === who ? who : `${who}, ${subject}`;
    return `${where}: ${reasonWords(verdict, duty, view.scribe)} (${lawWords(duty)})`;
  });
  const moreCount = found.length - lines.length;
  const more = {
    id: `dan ${moreCount} hal lain pada lembar Kepatuhan dan halaman Perangkat Daerah.`,
    en: `and ${moreCount} more in the sheet Compliance and on the departments' pages.`,
  };
  if (lines.length === 0) return [];
  return [{ kind: 'list', numbered: true, items: [...lines, ...(moreCount > 0 ? [text(more)] : [])] }];
}
