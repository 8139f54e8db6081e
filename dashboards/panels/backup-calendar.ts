import { withDatasetName, withPdName } from '../promql.ts';
import { perDataset } from './backup-table.ts';
import { colours } from './colours.ts';
import { toPdOfSeries } from './links.ts';
import { named } from './mappings.ts';
import type { BoardPanel } from './panel.ts';
import { statusHistory } from './timeline.ts';

const days = named([
  [0, 'Terlambat, tanpa cadangan', colours.bad],
  [1, 'Terlambat, lalu selesai', colours.warning],
  [2, 'Selesai tepat waktu', colours.good],
  [3, 'Tidak jatuh tempo', colours.notApplicable],
]);

const daySeconds = 86_400;

/** What one day was for a dataset: whether a good backup was completed in it, and whether it was overdue at any hour. */
function day(filter: string): string {
  const done = `((time() - ${perDataset('pantau_backup_last_success_timestamp_seconds', filter)}) < ${daySeconds})`;
  const overdue = `max_over_time(${perDataset('pantau_backup_overdue', filter)}[1d:1h])`;
  const onTime = `(${overdue} == 0)`;
  const late = `(${overdue} == 1)`;
  return [
    `(${late} * 0 unless on (pd, dataset) ${done})`,
    `(${late} * 0 + 1)`,
    `(${onTime} * 0 + 2 and on (pd, dataset) ${done})`,
    `(${onTime} * 0 + 3)`,
  ].join(' or ');
}

/** One box a day; a day of which nothing is known stays empty. */
export const backupCalendar = (filter: string, size: { width: number; height: number }): BoardPanel =>
  statusHistory(
    {
      title: 'Kalender pencadangan',
      description:
        'Satu kotak adalah 24 jam yang berakhir pukul 00.00 UTC (07.00 WIB, 08.00 WITA, 09.00 WIT), sehingga memuat malam sebelumnya. Kotak kosong berarti tidak diketahui, bukan baik. Tenggang: bawaan aplikasi bila tidak diatur.',
      ...size,
      interval: '1d',
      timeFrom: '30d',
      mappings: [days],
      links: [toPdOfSeries],
    },
    { expr: withDatasetName(withPdName(day(filter))), legend: '{{name}}: {{dataset_name}}' },
  );
