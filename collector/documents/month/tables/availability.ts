import type { Layer } from '../../../../shared/states.ts';
import { departmentName, siteName } from '../report-view.ts';
import type { Words } from '../scribe.ts';
import { amountColumn, pdColumn, siteColumn } from './columns.ts';
import { asked, type TableKind } from './table.ts';

export const layerWords: Record<Layer, Words> = {
  lan: { id: 'LAN', en: 'LAN' },
  wan: { id: 'WAN', en: 'WAN' },
  internet: { id: 'Internet', en: 'Internet' },
  spl: { id: 'Sistem Penghubung Layanan', en: 'Service bus (SPL)' },
  pdn: { id: 'Pusat Data Nasional', en: 'National data centre' },
  website: { id: 'Situs web', en: 'Website' },
  jip: { id: 'Jaringan Intra Pemerintah', en: 'Government intra network' },
};

/** How long each link was up, in three colours. */
export const availabilityTable: TableKind = {
  name: { id: 'Ketersediaan', en: 'Availability' },
  title: { id: 'Ketersediaan jaringan per lokasi', en: 'Availability of networks by site' },
  columns: [
    pdColumn,
    siteColumn,
    { title: { id: 'Jaringan', en: 'Layer' }, weight: 1, isKey: true, widthCharacters: 16 },
    amountColumn('Ketersediaan (%)', 'Availability (%)', 1.45),
    { ...amountColumn('Waktu aktif (jam)', 'Up (hours)'), sheetOnly: true },
    amountColumn('Waktu henti (jam)', 'Down (hours)'),
    amountColumn('Tidak diketahui (jam)', 'Unknown (hours)', 1.2),
    amountColumn('Pemeliharaan (jam)', 'Maintenance (hours)', 1.45),
    amountColumn('Data tersedia (%)', 'Known (%)'),
    { ...amountColumn('Paket hilang (%)', 'Packet loss (%)'), sheetOnly: true },
    { ...amountColumn('Latensi (ms)', 'Round trip (ms)', 0.9), sheetOnly: true },
    { ...amountColumn('Revisi', 'Revisions', 0.8), sheetOnly: true },
  ],
  note: {
    id: 'Ketersediaan dihitung dari waktu yang diketahui; waktu yang tidak diketahui tidak dihitung aktif dan tidak dihitung henti.',
    en: 'Availability is of the time that is known; time of which nobody knows counts neither as up nor as down.',
  },
  rows: (view, pd) =>
    asked(view, pd).flatMap((department) =>
      department.links.map((link) => {
        const { cell, percent, hours, count, milliseconds, text } = view.scribe;
        return [
          cell(departmentName(view, department.pd)),
          cell(siteName(view, department.pd, link.site)),
          cell(text(layerWords[link.layer])),
          percent(link.availabilityRatio),
          hours(link.upSeconds),
          hours(link.downSeconds, link.downSeconds > 0 ? 'bad' : undefined),
          hours(link.unknownSeconds, link.unknownSeconds > 0 ? 'unknown' : undefined),
          hours(link.maintenanceSeconds),
          percent(link.coverageRatio),
          percent(link.lossRatio),
          milliseconds(link.roundTripMeanSeconds),
          count(link.revision),
        ];
      }),
    ),
};
