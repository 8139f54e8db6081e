import type { Cell } from '../../document.ts';
import type { IncidentFigures } from '../figures.ts';
import { departmentName, type ReportView } from '../report-view.ts';
import { amountColumn, pdColumn, textColumn } from './columns.ts';
import { causeOf, endOf, incidentsTable, kindOf, subjectOf } from './incidents.ts';
import { asked, type TableKind } from './table.ts';

/** For a page that is to be read: incidents of the same thing for the same cause stand once, with how many there were. */
export const incidentGroupsTable: TableKind = {
  ...incidentsTable,
  columns: [
    pdColumn,
    textColumn('Jenis', 'Kind', 1.1),
    textColumn('Objek', 'Subject', 1.2),
    textColumn('Penyebab', 'Cause', 1.6),
    amountColumn('Jumlah', 'Count', 0.8),
    textColumn('Mulai (yang pertama)', 'First began', 1.3),
    textColumn('Pulih (yang terakhir)', 'Last ended', 1.3),
    amountColumn('Durasi dalam bulan (jam)', 'Within the month (hours)', 1),
    amountColumn('Di antaranya tidak diketahui (jam)', 'Of that, unknown (hours)', 1.1),
    textColumn('Penanggung jawab', 'Responsible', 1.4),
  ],
  note: {
    id: 'Gangguan atas objek yang sama dengan penyebab yang sama dijumlahkan; masing-masing ada pada lembar Gangguan.',
    en: 'Incidents of the same subject and cause are added up; each of them is in the sheet Incidents.',
  },
  rows: (view, pd) =>
    asked(view, pd).flatMap((department) => {
      const groups = Map.groupBy(department.incidents, (incident) => keyOf(view, department.pd, incident));
      return [...groups.values()].map((group) => groupRow(view, department.pd, group));
    }),
};

function keyOf(view: ReportView, pd: string, incident: IncidentFigures): string {
  const words = [kindOf(view, incident), subjectOf(view, pd, incident), causeOf(view, incident), incident.owner];
  return JSON.stringify(words);
}

function groupRow(view: ReportView, pd: string, group: readonly IncidentFigures[]): Cell[] {
  const { cell, count, hours, moment } = view.scribe;
  const [first] = group.toSorted((a, b) => a.sinceMs - b.sinceMs);
  // What is not over is the last to end.
  const last = group.toSorted((a, b) => (b.resolvedAtMs ?? Infinity) - (a.resolvedAtMs ?? Infinity))[0];
  const sum = (read: (incident: IncidentFigures) => number) =>
    group.reduce((seconds, incident) => seconds + read(incident), 0);
  if (first === undefined || last === undefined) return [];
  return [
    cell(departmentName(view, pd)),
    cell(kindOf(view, first)),
    cell(subjectOf(view, pd, first)),
    cell(causeOf(view, first)),
    count(group.length),
    moment(first.sinceMs),
    endOf(view, last),
    hours(sum(({ monthSeconds }) => monthSeconds)),
    hours(sum(({ unknownSeconds }) => unknownSeconds)),
    cell(first.owner),
  ];
}
