import { otherEndingInWords } from '../../../incidents/ending.ts';
import type { Cell } from '../../document.ts';
import { dutyOf, lawWords } from '../duties.ts';
import type { IncidentFigures } from '../figures.ts';
import { departmentName, type ReportView } from '../report-view.ts';
import { causeOfRule } from '../../../incidents/cause-words.ts';
import { kindWords, severityWords } from '../status-words.ts';
import { amountColumn, pdColumn, textColumn } from './columns.ts';
import { asked, type TableKind } from './table.ts';
import { subjectWords } from './verdicts.ts';

/** Incidents of which a part lies in the month. */
export const incidentsTable: TableKind = {
  name: { id: 'Gangguan', en: 'Incidents' },
  title: { id: 'Gangguan dan penanganan', en: 'Incidents and their handling' },
  columns: [
    pdColumn,
    { ...textColumn('Nomor', 'Number', 1.3), isKey: true, sheetOnly: true },
    textColumn('Jenis', 'Kind', 1.1),
    textColumn('Objek', 'Subject', 1.2),
    textColumn('Penyebab', 'Cause', 1.6),
    { ...textColumn('Dasar hukum', 'Legal basis', 1.8), sheetOnly: true },
    { ...textColumn('Tingkat', 'Severity', 0.9), sheetOnly: true },
    textColumn('Mulai', 'Began', 1.3),
    textColumn('Berakhir', 'Ended', 1.3),
    amountColumn('Durasi dalam bulan (jam)', 'Within the month (hours)', 1),
    amountColumn('Di antaranya tidak diketahui (jam)', 'Of that, unknown (hours)', 1.1),
    { ...amountColumn('Durasi seluruhnya (jam)', 'As a whole (hours)', 1), sheetOnly: true },
    textColumn('Penanggung jawab', 'Responsible', 1.4),
  ],
  rows: (view, pd) => [
    ...(pd === undefined
      ? view.figures.common.incidents.map((incident) =>
          rowOf(view, '', view.scribe.text({ id: 'Pemerintah Daerah', en: 'Local government' }), incident),
        )
      : []),
    ...asked(view, pd).flatMap((department) =>
      department.incidents.map((incident) => rowOf(view, department.pd, departmentName(view, department.pd), incident)),
    ),
  ],
};

function rowOf(view: ReportView, pd: string, name: string, incident: IncidentFigures): Cell[] {
  const { cell, hours, moment, text } = view.scribe;
  const duty = dutyOf(incident, view.config);
  const severity = severityWords[incident.severity];
  return [
    cell(name),
    cell(incident.id),
    cell(kindOf(view, incident)),
    cell(subjectOf(view, pd, incident)),
    cell(causeOf(view, incident)),
    cell(lawWords(duty)),
    cell(severity === undefined ? incident.severity : text(severity)),
    moment(incident.sinceMs),
    endOf(view, incident),
    hours(incident.monthSeconds),
    hours(incident.unknownSeconds),
    hours(incident.durationSeconds),
    cell(incident.owner),
  ];
}

const mostListed = 30;

/** For a page that is to be read: the longest of the month. */
export const longestIncidentsTable: TableKind = {
  ...incidentsTable,
  title: { id: `Gangguan terlama, paling banyak ${mostListed}`, en: `The longest incidents, at most ${mostListed}` },
  note: {
    id: 'Seluruh gangguan ada pada lembar Gangguan; ringkasannya ada pada halaman Perangkat Daerah.',
    en: 'All of them are in the sheet Incidents, and added up on the pages of the departments.',
  },
  rows: (view, pd) =>
    incidentsTable
      .rows(view, pd)
      .toSorted((a, b) => (b[hoursAt]?.number ?? 0) - (a[hoursAt]?.number ?? 0))
      .slice(0, mostListed),
};

const hoursAt = incidentsTable.columns.findIndex(({ title }) => title.en === 'Within the month (hours)');

/** How many incidents there were of each kind and cause. */
export const incidentCountsTable: TableKind = {
  name: { id: 'Jumlah gangguan', en: 'Incident counts' },
  title: { id: 'Jumlah gangguan menurut penyebab', en: 'Incidents by cause' },
  columns: [
    { ...textColumn('Jenis', 'Kind', 1.2), isKey: true },
    { ...textColumn('Penyebab', 'Cause', 3), isKey: true },
    amountColumn('Jumlah', 'Count', 0.8),
    amountColumn('Belum pulih', 'Not over', 0.9),
    amountColumn('Durasi dalam bulan (jam)', 'Within the month (hours)', 1.2),
    amountColumn('Di antaranya tidak diketahui (jam)', 'Of that, unknown (hours)', 1.2),
    amountColumn('Terlama (jam)', 'Longest (hours)', 1),
  ],
  rows: (view, pd) => {
    const { cell, count, hours } = view.scribe;
    const common = pd === undefined ? view.figures.common.incidents : [];
    const all = [...common, ...asked(view, pd).flatMap(({ incidents }) => incidents)];
    const groups = Map.groupBy(all, (incident) => `${kindOf(view, incident)}|${causeOf(view, incident)}`);
    return [...groups.values()]
      .toSorted((a, b) => b.length - a.length)
      .map((group) => {
        const openCount = group.filter(({ resolvedAtMs }) => resolvedAtMs === undefined).length;
        const [first] = group;
        return [
          cell(first === undefined ? '' : kindOf(view, first)),
          cell(first === undefined ? '' : causeOf(view, first)),
          count(group.length),
          count(openCount, openCount > 0 ? 'bad' : undefined),
          hours(group.reduce((sum, { monthSeconds }) => sum + monthSeconds, 0)),
          hours(group.reduce((sum, { unknownSeconds }) => sum + unknownSeconds, 0)),
          hours(Math.max(...group.map(({ monthSeconds }) => monthSeconds))),
        ];
      });
  },
};

export function kindOf({ scribe }: ReportView, { kind }: IncidentFigures): string {
  const words = kindWords[kind];
  return words === undefined ? kind : scribe.text(words);
}

export function subjectOf(view: ReportView, pd: string, incident: IncidentFigures): string {
  return subjectWords(view, pd, incident.subject, dutyOf(incident, view.config));
}

/** That it was waived or is no longer watched is never told as a recovery. */
export function endOf({ scribe }: ReportView, { resolvedAtMs, otherEnding }: IncidentFigures): Cell {
  if (resolvedAtMs === undefined) {
    return { text: scribe.text({ id: 'belum pulih', en: 'not over' }), colour: 'bad' };
  }
  const ended = scribe.moment(resolvedAtMs);
  if (otherEnding === undefined) return ended;
  return { ...ended, text: `${ended.text}. ${otherEndingInWords(otherEnding, scribe.language)}` };
}

/** As people stated or late reports settled it, else what the incident was opened for. */
export function causeOf(view: ReportView, incident: IncidentFigures): string {
  const duty = dutyOf(incident, view.config);
  return causeOfRule(incident.cause, duty?.rule, view.scribe.language);
}
