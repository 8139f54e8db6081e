import type { Block } from '../../document.ts';
import { endWords } from '../end-words.ts';
import { departmentName, type ReportView } from '../report-view.ts';
import { availabilityTable } from '../tables/availability.ts';
import { backupsTable, restoreTestsTable } from '../tables/backups.ts';
import { bandwidthTable } from '../tables/bandwidth.ts';
import { incidentGroupsTable } from '../tables/incident-groups.ts';
import { pathsTable } from '../tables/paths.ts';
import { tableBlock, type TableKind } from '../tables/table.ts';
import { verdictsTable } from '../tables/verdicts.ts';
import { bandwidthCharts, calendarChart, linkStrips } from './charts.ts';

/** What the head of one department has to know, on a page of its own. */
export function departmentPage(view: ReportView, pd: string): Block[] {
  const department = view.figures.departments.find((each) => each.pd === pd);
  if (department === undefined) return [];
  const { text } = view.scribe;
  const end = endWords(view.figures);
  const none = (id: string, en: string) => ({ pd, hidePd: true as const, otherwise: { id, en } });
  const table = (kind: TableKind, id: string, en: string) => tableBlock(kind, view, none(id, en));
  return [
    { kind: 'page-break' },
    { kind: 'heading', level: 2, text: departmentName(view, pd) },
    ...linkStrips(view, department),
    ...table(availabilityTable, 'Ketersediaan: tidak diketahui, tidak ada pengukuran.', 'Availability: unknown.'),
    ...calendarChart(view, department),
    ...table(
      backupsTable,
      'Pencadangan: belum ada himpunan data yang didaftarkan.',
      'Backups: no dataset is registered.',
    ),
    ...table(restoreTestsTable, 'Uji pemulihan: tidak ada dalam bulan ini.', 'Restore tests: none in this month.'),
    ...bandwidthCharts(view, department),
    ...table(bandwidthTable, 'Lebar pita: tidak diketahui, tidak diukur.', 'Bandwidth: unknown, not measured.'),
    ...table(pathsTable, 'Jaringan Intra: jalur laporan tidak diketahui.', 'Jaringan Intra: way of reports unknown.'),
    ...table(verdictsTable, 'Kepatuhan: belum ada yang dinilai.', 'Compliance: nothing was judged.'),
    ...table(incidentGroupsTable, 'Gangguan: tidak ada dalam bulan ini.', 'Incidents: none in this month.'),
    {
      kind: 'paragraph',
      small: true,
      text: text({
        id: `Status menurut keadaan ${end.id}. Yang belum ada buktinya tidak dinyatakan patuh.`,
        en: `Statuses as they stood ${end.en}. What has no evidence is not called compliant.`,
      }),
    },
  ];
}
