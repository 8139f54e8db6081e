import type { Row } from '../../layout.ts';
import { colours } from '../../panels/colours.ts';
import { stat } from '../../panels/stat.ts';
import { countOf, everyPd, linkState } from '../../promql.ts';
import { redState } from './red.ts';

const size = { width: 4, height: 4, decimals: 0 };
const noneIsGood = [
  [0, colours.good],
  [1, colours.bad],
] as const;
const wan = linkState('layer="wan"', 'pd, site, target, probe');

const departments = () => [
  stat(
    {
      title: 'Perangkat Daerah yang bermasalah',
      description:
        'Banyaknya Perangkat Daerah yang sekurang-kurangnya satu bidangnya bermasalah: WAN, pencadangan, insiden kritis, atau pelanggaran kewajiban.',
      ...size,
      steps: noneIsGood,
    },
    { expr: countOf(redState, '>= 1', '== 0'), legend: 'Bermasalah' },
  ),
  stat(
    {
      title: 'Perangkat Daerah terdaftar',
      description: 'Banyaknya Perangkat Daerah dalam konfigurasi Pantau.',
      ...size,
    },
    { expr: `count(${everyPd()})`, legend: 'Terdaftar' },
  ),
];

const wanLinks = () => [
  stat(
    {
      title: 'Jalur WAN terputus',
      description: 'Jalur antara Perangkat Daerah dan Pusat Data yang diketahui terputus.',
      ...size,
      steps: noneIsGood,
    },
    { expr: countOf(wan, '== 0', '== 1'), legend: 'Terputus' },
  ),
  stat(
    {
      title: 'Jalur WAN tidak diketahui',
      description:
        'Jalur yang sekarang tidak dapat dinilai, karena pengukurnya tidak melapor. Tidak diketahui bukan berarti baik.',
      ...size,
      steps: [
        [0, colours.good],
        [1, colours.unknown],
      ],
    },
    { expr: `sum(${wan} == bool 0.5)`, legend: 'Tidak diketahui' },
  ),
];

const work = () => [
  stat(
    {
      title: 'Pencadangan terlambat',
      description:
        'Himpunan data yang cadangannya melewati jadwal dan tenggang (tenggang: bawaan aplikasi bila tidak diatur), juga yang kewajibannya dikecualikan.',
      ...size,
      steps: noneIsGood,
    },
    { expr: countOf('max by (pd, dataset) (pantau_backup_overdue)', '== 1', '== 0'), legend: 'Terlambat' },
  ),
  stat(
    {
      title: 'Insiden terbuka (jumlah)',
      description:
        'Insiden yang belum selesai, semua tingkat; satu gangguan menurut beberapa peraturan dihitung sekali untuk tiap peraturan.',
      ...size,
      steps: [
        [0, colours.good],
        [1, colours.warning],
      ],
    },
    { expr: 'sum(max by (pd, severity) (pantau_incidents_open))', legend: 'Terbuka' },
  ),
];

/** The numbers that a head of department reads first. */
export const nowRow = (): Row => ({ title: 'Keadaan sekarang', panels: [...departments(), ...wanLinks(), ...work()] });
