import type { Row } from '../../layout.ts';
import { colours } from '../../panels/colours.ts';
import { linkStates } from '../../panels/mappings.ts';
import type { Steps } from '../../panels/panel.ts';
import { stat } from '../../panels/stat.ts';
import { text } from '../../panels/text.ts';
import { chosenPd, everyNode, heardNode, linkState } from '../../promql.ts';

const silentCount = `count(${everyNode(chosenPd)} unless on (pd, site, node) ${heardNode(chosenPd)})`;
const wan = linkState(`${chosenPd}, layer="wan"`, 'pd, site, target, probe');
/** None is overdue only where of all it is known; otherwise the sum is not. */
const overdue = `max by (pd, dataset) (pantau_backup_overdue{${chosenPd}})`;
const duties = (status: string): string =>
  `sum(max by (pd, obligation, subject, regulation) (pantau_obligation_status{${chosenPd}, status="${status}"}))`;

const size = { width: 4, height: 4, decimals: 0 };
const noneIsGood: Steps = [
  [0, colours.good],
  [1, colours.bad],
];
const noneIsKnown: Steps = [
  [0, colours.good],
  [1, colours.unknown],
];

const name = () =>
  text(
    {
      title: 'Perangkat Daerah',
      description: 'Nama Perangkat Daerah yang ditampilkan pada papan ini.',
      width: 24,
      height: 2,
    },
    '# ${pd:text}',
  );

const network = () => [
  stat(
    {
      title: 'Jalur WAN',
      description: 'Keadaan terburuk dari semua jalur antara Perangkat Daerah ini dan Pusat Data.',
      ...size,
      mappings: [linkStates],
    },
    { expr: `min(${wan})`, legend: 'WAN' },
  ),
  stat(
    {
      title: 'Server tidak melapor',
      description: 'Server yang agennya tidak melapor tepat waktu; keadaannya tidak diketahui.',
      ...size,
      steps: noneIsKnown,
    },
    { expr: `${silentCount} or count(${everyNode(chosenPd)}) * 0`, legend: 'Tidak melapor' },
  ),
  stat(
    {
      title: 'Cadangan terlambat',
      description:
        'Himpunan data yang melewati jadwal dan tenggang tanpa cadangan yang terbukti (tenggang: bawaan aplikasi bila tidak diatur).',
      ...size,
      steps: noneIsGood,
    },
    { expr: `count(${overdue} == 1) or sum(${overdue})`, legend: 'Terlambat' },
  ),
];

const work = () => [
  stat(
    {
      title: 'Insiden terbuka (jumlah)',
      description:
        'Insiden Perangkat Daerah ini yang belum selesai, semua tingkat; satu gangguan menurut beberapa peraturan dihitung sekali untuk tiap peraturan.',
      ...size,
      steps: [
        [0, colours.good],
        [1, colours.warning],
      ],
    },
    { expr: `sum(max by (pd, severity) (pantau_incidents_open{${chosenPd}}))`, legend: 'Terbuka' },
  ),
  stat(
    {
      title: 'Kewajiban belum dipenuhi',
      description:
        'Penilaian yang menemukan kewajiban belum dipenuhi, dari semua bobot. Bobotnya (pelanggaran, indikasi pelanggaran, temuan, catatan) ada pada tabel kewajiban.',
      ...size,
      steps: noneIsGood,
    },
    { expr: duties('breached'), legend: 'Belum dipenuhi' },
  ),
  stat(
    {
      title: 'Kewajiban yang belum ada buktinya',
      description: 'Kewajiban yang belum dapat dinilai karena belum ada bukti. Belum ada bukti bukan berarti patuh.',
      ...size,
      steps: noneIsKnown,
    },
    { expr: duties('no-evidence'), legend: 'Belum ada bukti' },
  ),
];

export const nowRow = (): Row => ({ title: 'Keadaan sekarang', panels: [name(), ...network(), ...work()] });
