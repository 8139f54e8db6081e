import type { Cell } from '../../document.ts';
import { dutyOf, lawWords, reasonWords } from '../duties.ts';
import { datasetName, departmentName, type ReportView, siteName } from '../report-view.ts';
import type { Words } from '../scribe.ts';
import { layerWords } from './availability.ts';
import { pdColumn, textColumn } from './columns.ts';
import { asked, type TableKind } from './table.ts';
import { subjectWords } from './verdicts.ts';

/** What nobody knows of the month, and why it is in no figure. */
export const missingTable: TableKind = {
  name: { id: 'Data tidak tersedia', en: 'Missing data' },
  title: { id: 'Data yang tidak tersedia', en: 'Data that is not there' },
  columns: [
    pdColumn,
    { ...textColumn('Data', 'Data', 1.6), isKey: true },
    { ...textColumn('Objek', 'Subject', 1.6), isKey: true },
    textColumn('Keterangan', 'Remark', 3),
  ],
  rows: (view, pd) => asked(view, pd).flatMap((department) => rowsOf(view, department.pd)),
};

type Department = ReportView['figures']['departments'][number];
type Add = (what: Words, subject: string, remark: string) => void;

function rowsOf(view: ReportView, pd: string): Cell[][] {
  const department = view.figures.departments.find((each) => each.pd === pd);
  if (department === undefined) return [];
  const rows: Cell[][] = [];
  const { cell, text } = view.scribe;
  const name = departmentName(view, pd);
  const add: Add = (what, subject, remark) =>
    void rows.push([cell(name), cell(text(what)), cell(subject), cell(remark)]);
  addLinks(view, department, add);
  addBackups(view, department, add);
  addBandwidth(view, department, add);
  addVerdicts(view, department, add);
  return rows;
}

function addLinks(view: ReportView, { pd, links }: Department, add: Add): void {
  const { hours, text } = view.scribe;
  for (const { site, layer, unknownSeconds } of links.filter((link) => link.unknownSeconds >= 60)) {
    const what = `${siteName(view, pd, site)}, ${text(layerWords[layer])}`;
    const amount = hours(unknownSeconds).text;
    const words = { id: `tidak diketahui selama ${amount} jam`, en: `unknown for ${amount} hours` };
    add({ id: 'Ketersediaan jaringan', en: 'Availability' }, what, text(words));
  }
  const sites = view.config.perangkatDaerah.find(({ id }) => id === pd)?.sites ?? [];
  for (const { id } of sites.filter((site) => links.every((link) => link.site !== site.id))) {
    const never = { id: 'tidak dipantau dalam bulan ini', en: 'not watched in this month' };
    add({ id: 'Ketersediaan jaringan', en: 'Availability' }, siteName(view, pd, id), text(never));
  }
}

function addBackups(view: ReportView, { pd, datasets }: Department, add: Add): void {
  const { text } = view.scribe;
  const what = { id: 'Pencadangan', en: 'Backups' };
  if (datasets.length === 0) {
    const none = { id: 'belum ada himpunan data yang didaftarkan', en: 'no dataset is registered' };
    add(what, '', text(none));
  }
  for (const { dataset, unknownCount } of datasets.filter((each) => each.unknownCount > 0)) {
    const words = {
      id: `${unknownCount} jatuh tempo tidak diketahui hasilnya karena tidak ada laporan`,
      en: `the outcome of ${unknownCount} due times is unknown because nothing was reported`,
    };
    add(what, datasetName(view, pd, dataset), text(words));
  }
}

function addBandwidth(view: ReportView, { pd, bandwidth }: Department, add: Add): void {
  const sites = view.config.perangkatDaerah.find(({ id }) => id === pd)?.sites ?? [];
  for (const { id } of sites.filter((site) => bandwidth.every((each) => each.site !== site.id))) {
    const words = { id: 'tidak ada pengukuran dalam bulan ini', en: 'nothing was measured in this month' };
    add({ id: 'Lebar pita', en: 'Bandwidth' }, siteName(view, pd, id), view.scribe.text(words));
  }
}

function addVerdicts(view: ReportView, { pd, verdicts }: Department, add: Add): void {
  for (const verdict of verdicts.filter(({ status }) => status === 'no-evidence')) {
    const duty = dutyOf(verdict, view.config);
    const subject = subjectWords(view, pd, verdict.subject, duty);
    const law = lawWords(duty);
    add(
      { id: 'Bukti kewajiban', en: 'Evidence of a duty' },
      subject === '' ? law : `${law}: ${subject}`,
      reasonWords(verdict, duty, view.scribe),
    );
  }
}

const mostNames = 6;

/** The same for a page that is to be read: what is missing to several departments for the same reason stands once. */
export const missingByReasonTable: TableKind = {
  ...missingTable,
  columns: [
    textColumn('Data', 'Data', 1.4),
    textColumn('Keterangan', 'Remark', 3),
    textColumn('Perangkat Daerah', 'Departments', 2.4),
  ],
  note: {
    id: 'Rincian per objek ada pada lembar Data tidak tersedia.',
    en: 'Each subject is in the sheet Missing data.',
  },
  rows: (view, pd) => {
    const groups = Map.groupBy(missingTable.rows(view, pd), ([, data, , remark]) => `${data?.text}|${remark?.text}`);
    return [...groups.values()].map((group) => {
      const names = [...new Set(group.map(([name]) => name?.text ?? ''))];
      const moreCount = names.length - mostNames;
      const more = { id: `dan ${moreCount} lainnya`, en: `and ${moreCount} more` };
      const shown = [...names.slice(0, mostNames), ...(moreCount > 0 ? [view.scribe.text(more)] : [])];
      return [group[0]?.[1], group[0]?.[3], { text: shown.join(', ') }].map((cell) => cell ?? { text: '' });
    });
  },
};
