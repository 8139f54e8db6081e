import type { Row } from '../../layout.ts';
import { colours } from '../../panels/colours.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { countOf } from '../../promql.ts';

const perDataset = (metric: string): string => `max by (pd, dataset) (${metric})`;
const overdue = perDataset('pantau_backup_overdue');
const onTime = `(${overdue} == 0)`;
const ageSeconds = `(time() - ${perDataset('pantau_backup_last_success_timestamp_seconds')})`;
const untilDueSeconds = `(${perDataset('pantau_backup_next_due_timestamp_seconds')} - time())`;
const daySeconds = 86_400;
const halfDaySeconds = daySeconds / 2;

const done = `(count(${onTime} and on (pd, dataset) (${ageSeconds} < ${daySeconds})) or count(${overdue}) * 0)`;
const waiting = `(count(${onTime} and on (pd, dataset) (${untilDueSeconds} < ${halfDaySeconds}) unless on (pd, dataset) (${ageSeconds} < ${halfDaySeconds})) or count(${overdue}) * 0)`;
const late = countOf(overdue, '== 1', '== 0');
const all = `count(${perDataset('pantau_dataset_info')})`;
const failed = `sum(${perDataset('pantau_backup_last_run_success')} == bool 0)`;

const size = { width: 4, height: 4, decimals: 0 };

const wanted = () => [
  stat(
    {
      title: 'Selesai 24 jam terakhir',
      description: 'Himpunan data yang cadangannya selesai dan terbukti dalam 24 jam terakhir, dan tidak terlambat.',
      ...size,
      steps: [[0, colours.neutral]],
    },
    { expr: done, legend: 'Selesai' },
  ),
  stat(
    {
      title: 'Ditunggu 12 jam ke depan',
      description:
        'Himpunan data yang jadwalnya jatuh dalam 12 jam ke depan (atau masih dalam tenggang) dan belum terlambat.',
      ...size,
      steps: [[0, colours.neutral]],
    },
    { expr: waiting, legend: 'Ditunggu' },
  ),
];

const wrong = () => [
  stat(
    {
      title: 'Terlambat',
      description: 'Himpunan data yang melewati jadwal dan tenggang tanpa cadangan yang terbukti.',
      ...size,
      steps: [
        [0, colours.good],
        [1, colours.bad],
      ],
    },
    { expr: late, legend: 'Terlambat' },
  ),
  stat(
    {
      title: 'Gagal pada percobaan terakhir',
      description:
        'Himpunan data yang pekerjaan cadangan terakhirnya melaporkan gagal. Belum tentu terlambat: masih dapat diulang sebelum batas waktu.',
      ...size,
      steps: [
        [0, colours.good],
        [1, colours.serious],
      ],
    },
    { expr: failed, legend: 'Gagal' },
  ),
];

const whole = () => [
  stat(
    {
      title: 'Dari seluruh himpunan data',
      description: 'Himpunan data yang wajib dicadangkan menurut konfigurasi.',
      ...size,
    },
    { expr: all, legend: 'Seluruhnya' },
  ),
  stat(
    {
      title: 'Tepat waktu',
      description:
        'Bagian himpunan data yang diketahui tidak terlambat; yang tidak diketahui tidak dihitung tepat waktu. Batas warna: bawaan aplikasi.',
      ...size,
      decimals: 1,
      unit: 'percentunit',
      min: 0,
      max: 1,
      steps: [
        [0, colours.bad],
        [0.9, colours.warning],
        [1, colours.good],
      ],
    },
    { expr: `avg(${overdue} == bool 0)`, legend: 'Tepat waktu' },
  ),
];

const history = () => [
  timeSeries(
    {
      title: 'Pencadangan terlambat dan gagal',
      interval: '5m',
      description: 'Banyaknya himpunan data yang terlambat, dan yang percobaan terakhirnya gagal, sepanjang waktu.',
      width: 24,
      height: 6,
      decimals: 0,
      min: 0,
      unit: 'short',
      stepped: true,
      seriesColours: { Terlambat: colours.bad, Gagal: colours.serious },
    },
    { expr: late, legend: 'Terlambat' },
    { expr: failed, legend: 'Gagal' },
  ),
];

/** The night's backups in one line. */
export const backupRow = (): Row => ({
  title: 'Pencadangan malam ini',
  panels: [...wanted(), ...wrong(), ...whole(), ...history()],
});
