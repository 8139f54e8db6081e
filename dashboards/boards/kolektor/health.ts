import { colours } from '../../panels/colours.ts';
import { type BoardPanel, lowest } from '../../panels/panel.ts';
import { stat } from '../../panels/stat.ts';
import { table } from '../../panels/table.ts';
import { named } from '../../panels/mappings.ts';
import * as asked from './expressions.ts';

const working = (good: string, bad: string) =>
  named([
    [1, good, colours.good],
    [0, bad, colours.bad],
  ]);

/** Whether Pantau itself works: everything else on these boards rests on it. */
export const healthPanels: readonly BoardPanel[] = [
  stat(
    {
      title: 'Kolektor',
      description:
        'Apakah Prometheus dapat mengambil /metrics dari kolektor. "Tidak diketahui" berarti Prometheus belum pernah mengambilnya.',
      mappings: [working('Berjalan', 'Tidak terjangkau')],
      height: 4,
      width: 4,
    },
    { expr: asked.isUp, legend: 'kolektor' },
  ),
  table({
    title: 'Versi',
    description: 'Versi kolektor, Pemda yang dipantaunya, dan lama berjalan sejak dimulai terakhir kali.',
    labels: [
      { label: 'pemda', title: 'Pemda' },
      { label: 'version', title: 'Versi' },
    ],
    values: [{ expr: asked.runningSeconds, title: 'Lama berjalan', unit: 's' }],
    sort: [{ by: 'Pemda' }],
    height: 4,
    width: 8,
  }),
  stat(
    {
      title: 'Penilaian terakhir',
      description:
        'Waktu sejak putaran penilaian kewajiban yang terakhir. Batas warna 2 dan 10 menit adalah bawaan aplikasi: bila lebih lama, status pada papan lain tidak lagi diperbarui.',
      unit: 's',
      steps: [
        [lowest, colours.good],
        [120, colours.warning],
        [600, colours.bad],
      ],
      height: 4,
      width: 4,
    },
    { expr: asked.sinceJudging, legend: 'sejak penilaian' },
  ),
  stat(
    {
      title: 'Muat ulang konfigurasi',
      description:
        'Hasil pemuatan konfigurasi yang terakhir. Bila gagal, kolektor tetap memakai konfigurasi sebelumnya.',
      mappings: [working('Berhasil', 'Gagal')],
      height: 4,
      width: 4,
    },
    { expr: asked.reloadSucceeded, legend: 'konfigurasi' },
  ),
  stat(
    {
      title: 'Penyimpanan',
      description: 'Apakah basis data dapat ditulisi. Selama tidak, laporan ditolak dan menunggu di agen.',
      mappings: [working('Dapat ditulisi', 'Tidak dapat ditulisi')],
      height: 4,
      width: 4,
    },
    { expr: asked.storeWritable, legend: 'basis data' },
  ),
];
