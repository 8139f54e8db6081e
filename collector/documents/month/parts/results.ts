import type { Block } from '../../document.ts';
import type { ReportView } from '../report-view.ts';
import { availabilityTable } from '../tables/availability.ts';
import { backupsTable, restoreTestsTable } from '../tables/backups.ts';
import { bandwidthTable } from '../tables/bandwidth.ts';
import { pathsTable } from '../tables/paths.ts';
import { tableBlock } from '../tables/table.ts';
import type { MonthTotals } from '../totals.ts';
import { availabilityChart, backupChart } from './charts.ts';
import { heading, paragraph } from './lines.ts';

/** C. Hasil Pemantauan. */
export function results(view: ReportView, totals: MonthTotals): Block[] {
  const { scribe } = view;
  const none = { id: 'Tidak ada data dalam bulan ini.', en: 'There is no data in this month.' };
  return [
    heading(scribe, 1, { id: 'C. Hasil Pemantauan', en: 'C. Results' }),
    heading(scribe, 2, { id: '1. Ketersediaan Layanan (uptime)', en: '1. Availability (uptime)' }),
    ...availabilityChart(view),
    ...tableBlock(availabilityTable, view, { otherwise: none }),
    heading(scribe, 2, { id: '2. Pencadangan dan Uji Pemulihan', en: '2. Backups and restore tests' }),
    ...backupChart(view),
    ...tableBlock(backupsTable, view, { otherwise: none }),
    ...tableBlock(restoreTestsTable, view, {
      otherwise: { id: 'Tidak ada uji pemulihan dalam bulan ini.', en: 'There was no restore test in this month.' },
    }),
    heading(scribe, 2, { id: '3. Pemanfaatan Lebar Pita', en: '3. Use of bandwidth' }),
    ...tableBlock(bandwidthTable, view, {
      otherwise: { id: 'Pemakaian lebar pita tidak diukur dalam bulan ini.', en: 'No use of bandwidth was measured.' },
    }),
    heading(scribe, 2, { id: '4. Keterjangkauan LAN/WAN', en: '4. Reachability of LAN and WAN' }),
    reachability(view, totals),
    heading(scribe, 2, { id: '5. Keterhubungan Jaringan Intra', en: '5. Use of the Jaringan Intra' }),
    ...tableBlock(pathsTable, view, {
      otherwise: { id: 'Jalur laporan tidak diketahui dalam bulan ini.', en: 'The way of the reports is not known.' },
    }),
  ];
}

function reachability({ scribe }: ReportView, { links }: MonthTotals): Block {
  const { hours } = scribe;
  const down = (layer: 'lan' | 'wan') => hours(links[layer]?.downSeconds).text;
  const unknown = (layer: 'lan' | 'wan') => hours(links[layer]?.unknownSeconds).text;
  return paragraph(scribe, {
    id: `LAN tidak terjangkau selama ${down('lan')} jam dan tidak diketahui selama ${unknown('lan')} jam; WAN tidak terjangkau selama ${down('wan')} jam dan tidak diketahui selama ${unknown('wan')} jam, dijumlahkan atas semua lokasi.`,
    en: `LANs could not be reached for ${down('lan')} hours and are unknown for ${unknown('lan')} hours; WANs could not be reached for ${down('wan')} hours and are unknown for ${unknown('wan')} hours, added up over all sites.`,
  });
}
