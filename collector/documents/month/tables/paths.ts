import { departmentName, siteName } from '../report-view.ts';
import { amountColumn, nodeColumn, pdColumn, siteColumn } from './columns.ts';
import { asked, type TableKind } from './table.ts';

/** Which way the reports of each machine arrived. */
export const pathsTable: TableKind = {
  name: { id: 'Jaringan Intra', en: 'Jaringan Intra' },
  title: { id: 'Jalur laporan per simpul', en: 'Way of the reports by node' },
  columns: [
    pdColumn,
    siteColumn,
    nodeColumn,
    amountColumn('Melalui Jaringan Intra (hari)', 'Through the Jaringan Intra (days)', 1.4),
    amountColumn('Ada dari luar (hari)', 'Some from outside (days)', 1.4),
    amountColumn('Tidak diketahui (hari)', 'Unknown (days)', 1.4),
  ],
  note: {
    id: 'Yang terlihat adalah jalur laporan agen pada saat dilaporkan, bukan seluruh lalu lintas simpul.',
    en: 'What is seen is the way of the agent’s reports at the times told, not all traffic of the node.',
  },
  rows: (view, pd) =>
    asked(view, pd).flatMap((department) =>
      department.paths.map((path) => {
        const { cell, count } = view.scribe;
        return [
          cell(departmentName(view, department.pd)),
          cell(siteName(view, department.pd, path.site)),
          cell(path.node),
          count(path.intraDayCount),
          count(path.outsideDayCount, path.outsideDayCount > 0 ? 'bad' : undefined),
          count(path.unknownDayCount, path.unknownDayCount > 0 ? 'unknown' : undefined),
        ];
      }),
    ),
};

/** In how many hours each machine was heard. */
export const nodesTable: TableKind = {
  name: { id: 'Simpul', en: 'Nodes' },
  title: { id: 'Daftar simpul', en: 'Nodes' },
  columns: [
    pdColumn,
    siteColumn,
    nodeColumn,
    amountColumn('Jam terdengar', 'Hours heard', 1.1),
    amountColumn('Jam dalam bulan', 'Hours of the month', 1.1),
    amountColumn('Terdengar (%)', 'Heard (%)', 1),
  ],
  note: {
    id: 'Jam dihitung dari awal bulan, juga sebelum simpul didaftarkan, sampai simpul dicabut; yang tidak terdengar tidak diketahui.',
    en: 'Hours count from the beginning of the month, also before the node was enrolled, until it was revoked; hours not heard are unknown.',
  },
  rows: (view, pd) =>
    asked(view, pd).flatMap((department) =>
      department.nodes.map((node) => {
        const { cell, count, percent } = view.scribe;
        const { heardHourCount, hourCount } = node;
        return [
          cell(departmentName(view, department.pd)),
          cell(siteName(view, department.pd, node.site)),
          cell(node.node),
          count(heardHourCount, heardHourCount === 0 ? 'unknown' : undefined),
          count(hourCount),
          percent(heardHourCount / hourCount),
        ];
      }),
    ),
};
