import { withDatasetName, withPdName } from '../promql.ts';
import { perDataset } from './backup-table.ts';
import { colours } from './colours.ts';
import { toPdOfSeries } from './links.ts';
import { named } from './mappings.ts';
import type { BoardPanel } from './panel.ts';
import { statusHistory } from './timeline.ts';

const days = named([
  [0, 'Tidak ada cadangan baru, tidak terlambat', colours.notApplicable],
  [1, 'Terlambat, tanpa cadangan', colours.bad],
  [2, 'Selesai', colours.good],
  [3, 'Selesai, sempat terlambat', colours.warning],
]);

/**
 * The largest of the day that begins at each point, looked at once an hour. Grafana puts the points of a step of one day at
 * midnight of the reader; looking ahead from there shows the night that has just passed on the day that it belongs to.
 */
const ofTheDay = (metric: string, filter: string): string =>
  `max_over_time(${perDataset(metric, filter)}[1d:1h] offset -1d)`;

/** What one day was for a dataset: 1 when it was overdue at any hour, and 2 when a good backup was completed in it. */
function day(filter: string): string {
  const overdue = ofTheDay('pantau_backup_overdue', filter);
  const done = `(${ofTheDay('pantau_backup_last_success_timestamp_seconds', filter)} >= bool time())`;
  return `${overdue} + 2 * (${done} or ${overdue} * 0)`;
}

/** One box a day; a day of which nothing is known stays empty. */
export const backupCalendar = (filter: string, size: { width: number; height: number }): BoardPanel =>
  statusHistory(
    {
      title: 'Kalender pencadangan',
      description:
        'Satu kotak adalah satu hari, dari tengah malam ke tengah malam; hari ini di kanan, dan masih dapat berubah. Abu-abu tua: tidak ada cadangan baru, tetapi belum terlambat. Kotak kosong berarti tidak diketahui, bukan baik. Mulai terisi pada jam penuh berikutnya setelah Pantau mulai mengukur. Tenggang: bawaan aplikasi bila tidak diatur.',
      ...size,
      interval: '1d',
      timeFrom: '30d',
      mappings: [days],
      links: [toPdOfSeries],
    },
    { expr: withDatasetName(withPdName(day(filter))), legend: '{{name}}: {{dataset_name}}' },
  );
