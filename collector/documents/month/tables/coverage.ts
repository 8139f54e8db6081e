import type { CoverageState, IndicatorCoverage } from '../../../coverage/coverage.ts';
import type { Cell, Colour } from '../../document.ts';
import { departmentName, type ReportView } from '../report-view.ts';
import type { Words } from '../scribe.ts';
import { statusWords } from '../status-words.ts';
import { amountColumn, pdColumn, textColumn } from './columns.ts';
import type { TableKind } from './table.ts';

export const coverageWords: Record<CoverageState, Words> = {
  counted: { id: 'Terhitung', en: 'Counted' },
  'not-counted': { id: 'Tidak terhitung', en: 'Not counted' },
  waived: { id: 'Dikecualikan dari kewajiban', en: 'Exempt from the duty' },
  unknown: { id: 'Tidak diketahui', en: 'Unknown' },
};

const colours: Record<CoverageState, Colour> = {
  counted: 'good',
  'not-counted': 'bad',
  waived: 'warning',
  unknown: 'unknown',
};

/** `Ind. 16`, as the instrument numbers it; nothing while that is not known. */
function numbersOf({ indicator }: IndicatorCoverage): string {
  return indicator.numbers.map((number) => `Ind. ${number}`).join(', ');
}

/** "n dari N PD" of each indicator. */
export const coverageTable: TableKind = {
  name: { id: 'Cakupan', en: 'Coverage' },
  title: {
    id: 'Cakupan Perangkat Daerah untuk evaluasi SPBE',
    en: 'Coverage of departments for the evaluation of SPBE',
  },
  columns: [
    textColumn('Indikator', 'Indicator', 0.9),
    { ...textColumn('Uraian', 'Description', 2.4), isKey: true },
    textColumn('Cakupan', 'Coverage', 1.2),
    amountColumn('Terhitung', 'Counted', 0.9),
    amountColumn('Tidak terhitung', 'Not counted', 0.9),
    amountColumn('Dikecualikan', 'Exempt', 1),
    amountColumn('Tidak diketahui', 'Unknown', 1),
  ],
  rows: ({ coverage, scribe }) =>
    (coverage?.indicators ?? []).map((each) => {
      const { cell, count, text } = scribe;
      const of = (state: CoverageState) => each.departments.filter((department) => department.state === state).length;
      return [
        cell(numbersOf(each)),
        cell(
          `${text(each.indicator.title)}: ${text({ id: 'Perangkat Daerah', en: 'a department' })} ${text(each.indicator.counts)}`,
        ),
        cell(coverageInWords(each, scribe)),
        count(of('counted')),
        count(of('not-counted')),
        count(of('waived')),
        count(of('unknown')),
      ];
    }),
};

export function coverageInWords(
  { countedCount, totalCount }: IndicatorCoverage,
  { text }: ReportView['scribe'],
): string {
  return text({ id: `${countedCount} dari ${totalCount} PD`, en: `${countedCount} of ${totalCount} departments` });
}

/** Which departments count and which verdicts say so. */
export const coverageEvidenceTable: TableKind = {
  name: { id: 'Bukti cakupan', en: 'Coverage evidence' },
  title: { id: 'Bukti dukung cakupan', en: 'Evidence behind the coverage' },
  columns: [
    pdColumn,
    { ...textColumn('Indikator', 'Indicator', 2), isKey: true },
    textColumn('Keadaan', 'State', 1.2),
    textColumn('Putusan yang mendasari', 'Verdicts behind it', 3),
  ],
  rows: (view) =>
    (view.coverage?.indicators ?? []).flatMap((each) =>
      each.departments.map((department): Cell[] => {
        const { cell, text } = view.scribe;
        const verdicts = department.verdicts.map(
          ({ obligation, subject, status }) => `${obligation} (${subject}): ${text(statusWords[status])}`,
        );
        const none = { id: 'tidak ada kewajiban yang dinilai', en: 'no duty is judged' };
        return [
          cell(departmentName(view, department.pd)),
          cell(text(each.indicator.title)),
          { text: text(coverageWords[department.state]), colour: colours[department.state] },
          cell(verdicts.length === 0 ? text(none) : verdicts.join('; ')),
        ];
      }),
    ),
};
