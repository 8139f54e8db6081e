import { datasetName, departmentName } from '../report-view.ts';
import { amountColumn, datasetColumn, pdColumn, textColumn } from './columns.ts';
import { asked, type TableKind } from './table.ts';

/** How each dataset was backed up when it was due. */
export const backupsTable: TableKind = {
  name: { id: 'Pencadangan', en: 'Backups' },
  title: { id: 'Pencadangan per himpunan data', en: 'Backups by dataset' },
  columns: [
    pdColumn,
    datasetColumn,
    amountColumn('Jatuh tempo', 'Due', 0.9),
    amountColumn('Terpenuhi', 'Met', 0.9),
    { ...amountColumn('Sebagian', 'In part', 0.8), sheetOnly: true },
    { ...amountColumn('Tidak terlihat di Pusat Data', 'Not seen in the Pusat Data', 1.1), sheetOnly: true },
    amountColumn('Gagal', 'Failed', 0.7),
    amountColumn('Tidak ada', 'Missed', 0.7),
    amountColumn('Tidak diketahui', 'Unknown', 0.9),
    { ...amountColumn('Menunggu', 'Pending', 0.8), sheetOnly: true },
    amountColumn('Berhasil (%)', 'Met (%)'),
    amountColumn('Jeda terlama (jam)', 'Longest gap (hours)', 1),
    { ...textColumn('Pencadangan terakhir', 'Last backup', 1.6), sheetOnly: true },
    { ...amountColumn('Ukuran (MB)', 'Bytes (MB)', 0.9), sheetOnly: true },
  ],
  note: {
    id: 'Persentase dihitung dari jatuh tempo yang diketahui hasilnya; yang tidak diketahui tidak dihitung berhasil dan tidak dihitung gagal.',
    en: 'The share is of due times whose outcome is known; those of which nobody knows count neither as met nor as failed.',
  },
  rows: (view, pd) =>
    asked(view, pd).flatMap((department) =>
      department.datasets.map((dataset) => {
        const { cell, percent, hours, count, megabytes, moment } = view.scribe;
        const bad = (value: number) => count(value, value > 0 ? 'bad' : undefined);
        return [
          cell(departmentName(view, department.pd)),
          cell(datasetName(view, department.pd, dataset.dataset)),
          count(dataset.dueCount),
          count(dataset.metCount),
          count(dataset.partialCount, dataset.partialCount > 0 ? 'warning' : undefined),
          count(dataset.claimedCount, dataset.claimedCount > 0 ? 'warning' : undefined),
          bad(dataset.failedCount),
          bad(dataset.missedCount),
          count(dataset.unknownCount, dataset.unknownCount > 0 ? 'unknown' : undefined),
          count(dataset.pendingCount),
          percent(dataset.successRatio),
          hours(dataset.longestGapSeconds),
          moment(dataset.lastSuccessAtMs, { id: 'belum pernah', en: 'never' }),
          megabytes(dataset.sizeBytes),
        ];
      }),
    ),
};

/** What was restored to prove that it can be. */
export const restoreTestsTable: TableKind = {
  name: { id: 'Uji pemulihan', en: 'Restore tests' },
  title: { id: 'Uji pemulihan', en: 'Restore tests' },
  columns: [
    pdColumn,
    datasetColumn,
    { ...textColumn('Selesai', 'Completed', 1.8), isKey: true },
    textColumn('Cara uji', 'Drill', 1),
    textColumn('Hasil', 'Outcome', 1),
    amountColumn('Durasi (jam)', 'Took (hours)'),
    { ...amountColumn('Ukuran (MB)', 'Bytes (MB)'), sheetOnly: true },
    textColumn('Keterangan', 'Remark', 1.5),
  ],
  rows: (view, pd) =>
    asked(view, pd).flatMap((department) =>
      department.datasets.flatMap(({ dataset, restoreTests }) =>
        restoreTests.map((test) => {
          const { cell, hours, megabytes, moment, text } = view.scribe;
          const isOk = test.outcome === 'ok';
          return [
            cell(departmentName(view, department.pd)),
            cell(datasetName(view, department.pd, dataset)),
            moment(test.completedAtMs),
            cell(test.drill),
            cell(text(isOk ? { id: 'Berhasil', en: 'Passed' } : { id: 'Gagal', en: 'Failed' }), isOk ? 'good' : 'bad'),
            hours(test.durationSeconds),
            megabytes(test.sizeBytes),
            cell(test.reason ?? ''),
          ];
        }),
      ),
    ),
};
