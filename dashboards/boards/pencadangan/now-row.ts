import type { Row } from '../../layout.ts';
import { colours } from '../../panels/colours.ts';
import type { Steps } from '../../panels/panel.ts';
import { stat } from '../../panels/stat.ts';
import { countOf } from '../../promql.ts';
import { chosen, of } from './chosen.ts';

const size = { width: 4, height: 4, decimals: 0 };
const noneIsGood: Steps = [
  [0, colours.good],
  [1, colours.bad],
];

const overdue = of('overdue');

const whole = () => [
  stat(
    {
      title: 'Himpunan data',
      description: 'Himpunan data yang wajib dicadangkan menurut konfigurasi, sesuai pilihan di atas.',
      ...size,
    },
    { expr: `count(max by (pd, dataset) (pantau_dataset_info{${chosen}}))`, legend: 'Himpunan data' },
  ),
  stat(
    {
      title: 'Tepat waktu',
      description: 'Himpunan data yang diketahui tidak terlambat.',
      ...size,
      steps: [[0, colours.neutral]],
    },
    { expr: `sum(${overdue} == bool 0)`, legend: 'Tepat waktu' },
  ),
  stat(
    {
      title: 'Terlambat',
      description:
        'Himpunan data yang melewati jadwal dan tenggang tanpa cadangan yang terbukti (tenggang: bawaan aplikasi bila tidak diatur), juga yang kewajibannya dikecualikan.',
      ...size,
      steps: noneIsGood,
    },
    { expr: countOf(overdue, '== 1', '== 0'), legend: 'Terlambat' },
  ),
];

const doubts = () => [
  stat(
    {
      title: 'Tidak diketahui',
      description: 'Himpunan data yang belum dapat dinilai. Tidak diketahui bukan berarti baik.',
      ...size,
      steps: [
        [0, colours.good],
        [1, colours.unknown],
      ],
    },
    { expr: `count(${overdue}) - sum((${overdue} == bool 0) + (${overdue} == bool 1))`, legend: 'Tidak diketahui' },
  ),
  stat(
    {
      title: 'Bukti kurang dari yang diminta',
      description:
        'Himpunan data yang cadangan terakhirnya belum terbukti sampai tingkat yang diminta, misalnya baru klaim padahal harus tiba di Pusat Data.',
      ...size,
      steps: noneIsGood,
    },
    { expr: `sum(${of('proof_level')} < bool ${of('demanded_proof_level')})`, legend: 'Kurang bukti' },
  ),
  stat(
    {
      title: 'Pekerjaan terakhir gagal',
      description: 'Himpunan data yang pekerjaan cadangan terakhirnya melaporkan gagal.',
      ...size,
      steps: noneIsGood,
    },
    { expr: `sum(${of('last_run_success')} == bool 0)`, legend: 'Gagal' },
  ),
];

export const nowRow = (): Row => ({ title: 'Keadaan sekarang', panels: [...whole(), ...doubts()] });
