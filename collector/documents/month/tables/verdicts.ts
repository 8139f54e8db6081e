import type { Cell } from '../../document.ts';
import { type Duty, dutyOf, lawWords, reasonWords } from '../duties.ts';
import type { VerdictFigures } from '../figures.ts';
import { datasetName, departmentName, type ReportView, siteName } from '../report-view.ts';
import type { Scribe } from '../scribe.ts';
import { gradeWords, statusColours, statusWords } from '../status-words.ts';
import { amountColumn, pdColumn, textColumn } from './columns.ts';
import { asked, type TableKind } from './table.ts';

/** The name of what a verdict is about, without its department. */
export function subjectWords(view: ReportView, pd: string, subject: string, duty: Duty | undefined): string {
  const { text } = view.scribe;
  if (subject === 'pemda') return text({ id: 'Pemerintah Daerah', en: 'Local government' });
  const part = subject.startsWith(`${pd}/`) ? subject.slice(pd.length + 1) : undefined;
  if (part === undefined) return subject === pd ? '' : subject;
  if (duty?.rule?.subject === 'site') return siteName(view, pd, part);
  return duty?.rule?.subject === 'dataset' ? datasetName(view, pd, part) : part;
}

function statusCell({ status, grade }: VerdictFigures, { text }: Scribe): Cell {
  const words =
    grade === undefined ? text(statusWords[status]) : `${text(statusWords[status])} (${text(gradeWords[grade])})`;
  return { text: words, colour: statusColours[status] };
}

/** What was not judged is not known to have been kept for all the month. */
function breachedCell({ status, breachedSeconds }: VerdictFigures, { hours, unknown }: Scribe): Cell {
  if (breachedSeconds > 0) return hours(breachedSeconds, 'bad');
  return status === 'no-evidence' ? unknown() : hours(0);
}

function rowOf(view: ReportView, pd: string, name: string, verdict: VerdictFigures): Cell[] {
  const { cell, moment, text } = view.scribe;
  const duty = dutyOf(verdict, view.config);
  return [
    cell(name),
    cell(duty === undefined ? verdict.obligation : text(duty.obligation.title)),
    cell(lawWords(duty)),
    cell(subjectWords(view, pd, verdict.subject, duty)),
    statusCell(verdict, view.scribe),
    moment(verdict.sinceMs),
    breachedCell(verdict, view.scribe),
    cell(reasonWords(verdict, duty, view.scribe)),
  ];
}

/** Every verdict as it stood at the end of the month, with its law. */
export const verdictsTable: TableKind = {
  name: { id: 'Kepatuhan', en: 'Compliance' },
  title: { id: 'Kepatuhan terhadap kewajiban', en: 'Compliance with the duties' },
  columns: [
    pdColumn,
    { ...textColumn('Kewajiban', 'Duty', 2.2), isKey: true },
    { ...textColumn('Dasar hukum', 'Legal basis', 2), isKey: true },
    { ...textColumn('Objek', 'Subject', 1.2), isKey: true },
    textColumn('Status', 'Status', 1.4),
    { ...textColumn('Sejak', 'Since', 1.3), sheetOnly: true },
    amountColumn('Tidak patuh dalam bulan (jam)', 'In breach in the month (hours)', 1),
    textColumn('Uraian', 'Reason', 3),
  ],
  note: {
    id: 'Uraian memuat keadaan ketika putusan itu terakhir berubah; status adalah keadaan pada akhir bulan, atau saat laporan sementara dibuat.',
    en: 'The reason tells how it was when the verdict last changed; the status is that at the end of the month, or when a provisional report was made.',
  },
  rows: (view, pd) => [
    ...(pd === undefined ? commonRows(view) : []),
    ...asked(view, pd).flatMap((department) =>
      department.verdicts
        .filter(({ status }) => status !== 'not-applicable')
        .map((verdict) => rowOf(view, department.pd, departmentName(view, department.pd), verdict)),
    ),
  ],
};

function commonRows(view: ReportView): Cell[][] {
  const name = view.scribe.text({ id: 'Pemerintah Daerah', en: 'Local government' });
  return view.figures.common.verdicts
    .filter(({ status }) => status !== 'not-applicable')
    .map((verdict) => rowOf(view, '', name, verdict));
}

/** How many verdicts of each kind a department has. */
export const summaryTable: TableKind = {
  name: { id: 'Rekapitulasi', en: 'Summary' },
  title: { id: 'Rekapitulasi kepatuhan per Perangkat Daerah', en: 'Compliance by department' },
  columns: [
    pdColumn,
    amountColumn('Patuh', 'Compliant'),
    amountColumn('Tidak Patuh', 'In breach'),
    amountColumn('di antaranya pelanggaran', 'of these violations', 1.2),
    amountColumn('Belum Ada Bukti', 'No evidence yet'),
    amountColumn('Dikecualikan dari Kewajiban', 'Exempt', 1.2),
    amountColumn('Tidak Berlaku', 'Not applicable'),
    amountColumn('Pernah tidak patuh dalam bulan', 'In breach at some time', 1.3),
  ],
  rows: (view, pd) => [
    ...asked(view, pd).map((department) => countsOf(view, departmentName(view, department.pd), department.verdicts)),
    ...(pd === undefined && view.figures.common.verdicts.length > 0
      ? [
          countsOf(
            view,
            view.scribe.text({ id: 'Pemerintah Daerah', en: 'Local government' }),
            view.figures.common.verdicts,
          ),
        ]
      : []),
  ],
};

function countsOf({ scribe }: ReportView, name: string, verdicts: readonly VerdictFigures[]): Cell[] {
  const { cell, count } = scribe;
  const of = (is: (verdict: VerdictFigures) => boolean) => verdicts.filter(is).length;
  const breached = of(({ status }) => status === 'breached');
  const unknown = of(({ status }) => status === 'no-evidence');
  return [
    cell(name),
    count(of(({ status }) => status === 'compliant')),
    count(breached, breached > 0 ? 'bad' : undefined),
    count(of(({ status, grade }) => status === 'breached' && grade === 'violation')),
    count(unknown, unknown > 0 ? 'unknown' : undefined),
    count(of(({ status }) => status === 'waived')),
    count(of(({ status }) => status === 'not-applicable')),
    count(of(({ breachedSeconds }) => breachedSeconds > 0)),
  ];
}

/** Which duties are lifted, by which letter and until when. */
export const waiversTable: TableKind = {
  name: { id: 'Pengecualian', en: 'Exemptions' },
  title: { id: 'Daftar pengecualian dari kewajiban', en: 'Exemptions from duties' },
  columns: [
    pdColumn,
    { ...textColumn('Kewajiban', 'Duty', 2), isKey: true },
    { ...textColumn('Dasar hukum', 'Legal basis', 2), isKey: true },
    { ...textColumn('Objek', 'Subject', 1.2), isKey: true },
    textColumn('Nomor persetujuan', 'Approval number', 1.5),
    textColumn('Berlaku sampai dengan', 'Valid until', 1.3),
  ],
  rows: (view, pd) =>
    asked(view, pd).flatMap((department) =>
      department.verdicts
        .filter(({ status }) => status === 'waived')
        .map((verdict) => {
          const { cell, day, text } = view.scribe;
          const duty = dutyOf(verdict, view.config);
          return [
            cell(departmentName(view, department.pd)),
            cell(duty === undefined ? verdict.obligation : text(duty.obligation.title)),
            cell(lawWords(duty)),
            cell(subjectWords(view, department.pd, verdict.subject, duty)),
            cell(String(verdict.reasonArgs['waiverNumber'] ?? '')),
            cell(day(String(verdict.reasonArgs['waiverUntil'] ?? ''))),
          ];
        }),
    ),
};
