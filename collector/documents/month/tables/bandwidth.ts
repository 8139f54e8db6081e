import type { Cell } from '../../document.ts';
import { departmentName, siteName } from '../report-view.ts';
import { amountColumn, pdColumn, siteColumn } from './columns.ts';
import { asked, type TableKind } from './table.ts';

/** How much of what was approved was used. */
export const bandwidthTable: TableKind = {
  name: { id: 'Lebar pita', en: 'Bandwidth' },
  title: { id: 'Pemanfaatan lebar pita per lokasi', en: 'Use of bandwidth by site' },
  columns: [
    pdColumn,
    siteColumn,
    amountColumn('Disetujui, unduh (Mbps)', 'Approved, down (Mbps)', 1.2),
    amountColumn('P95 unduh (Mbps)', 'P95 down (Mbps)'),
    amountColumn('P95 unduh dari persetujuan (%)', 'P95 down of approval (%)', 1.3),
    { ...amountColumn('Disetujui, unggah (Mbps)', 'Approved, up (Mbps)', 1.2), sheetOnly: true },
    { ...amountColumn('P95 unggah (Mbps)', 'P95 up (Mbps)'), sheetOnly: true },
    amountColumn('P95 unggah dari persetujuan (%)', 'P95 up of approval (%)', 1.3),
    amountColumn('Jenuh (jam)', 'Saturated (hours)'),
    amountColumn('Terukur (%)', 'Measured (%)'),
    { ...amountColumn('Revisi', 'Revisions', 0.8), sheetOnly: true },
  ],
  note: {
    id: 'P95 adalah nilai yang tidak dilampaui oleh 95 dari 100 rerata lima menit. Waktu yang tidak terukur tidak dihitung nol.',
    en: 'P95 is the value that 95 of 100 five-minute means do not exceed. Time that was not measured does not count as zero.',
  },
  rows: (view, pd) =>
    asked(view, pd).flatMap((department) =>
      department.bandwidth.map((site) => {
        const { cell, percent, hours, count, megabits, text } = view.scribe;
        const none: Cell = { text: text({ id: 'belum ada persetujuan', en: 'not approved yet' }) };
        const approved = (rate: number | undefined) => (rate === undefined ? none : megabits(rate));
        const share = (rate: number | undefined, limit: number | undefined): Cell => {
          if (limit === undefined) return none;
          const ratio = rate === undefined ? undefined : rate / limit;
          return percent(ratio, ratio !== undefined && ratio > 1 ? 'bad' : undefined);
        };
        const monthSeconds = (view.figures.untilMs - view.figures.fromMs) / 1000;
        return [
          cell(departmentName(view, department.pd)),
          cell(siteName(view, department.pd, site.site)),
          approved(site.approvedDown),
          megabits(site.p95Down),
          share(site.p95Down, site.approvedDown),
          approved(site.approvedUp),
          megabits(site.p95Up),
          share(site.p95Up, site.approvedUp),
          site.saturatedSeconds === undefined ? none : hours(site.saturatedSeconds),
          percent(site.measuredSeconds / monthSeconds),
          count(site.revision),
        ];
      }),
    ),
};
