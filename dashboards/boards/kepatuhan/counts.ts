import { type Colour, colours } from '../../panels/colours.ts';
import { type BoardPanel, lowest } from '../../panels/panel.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';
import * as asked from './expressions.ts';

/** @param colour from one on; none is always well */
function counted(title: string, description: string, expr: string, colour: Colour): BoardPanel {
  const steps = [
    [lowest, colours.good],
    [1, colour],
  ] as const;
  return stat({ title, description, steps, decimals: 0, width: 4, height: 4 }, { expr, legend: title });
}

const share = { unit: 'percentunit', decimals: 1, width: 4, height: 4 };

export const statusPanels: readonly BoardPanel[] = [
  counted('Patuh', 'Penilaian yang bukti dan ketentuannya terpenuhi sekarang.', asked.count('compliant'), colours.good),
  counted(
    'Belum dipenuhi',
    'Penilaian yang menemukan kewajiban belum dipenuhi (breached), dari semua bobot: pelanggaran, indikasi pelanggaran, temuan, dan catatan. Bobotnya dirinci di bawah.',
    asked.count('breached'),
    colours.serious,
  ),
  counted(
    'Belum ada bukti',
    'Penilaian yang buktinya belum ada. Belum ada bukti bukan berarti patuh dan bukan berarti belum dipenuhi.',
    asked.count('no-evidence'),
    colours.unknown,
  ),
  counted(
    'Dikecualikan',
    'Penilaian yang dikecualikan dari kewajiban dengan persetujuan yang terdaftar. Daftarnya ada di bawah.',
    asked.count('waived'),
    colours.neutral,
  ),
  stat(
    {
      title: 'Persentase patuh',
      description:
        'Bagian yang patuh dari penilaian yang terbukti (patuh atau belum dipenuhi). Penilaian yang belum ada buktinya tidak dihitung; lihat "Persentase terbukti". Batas warna adalah bawaan aplikasi.',
      steps: [
        [lowest, colours.bad],
        [0.8, colours.warning],
        [0.95, colours.good],
      ],
      ...share,
    },
    { expr: asked.compliantShare, legend: 'patuh' },
  ),
  stat(
    {
      title: 'Persentase terbukti',
      description:
        'Bagian penilaian yang ada buktinya dari semua yang seharusnya dinilai. Persentase patuh hanya berbicara tentang bagian ini. Batas warna adalah bawaan aplikasi.',
      steps: [
        [lowest, colours.unknown],
        [0.5, colours.warning],
        [0.9, colours.good],
      ],
      ...share,
    },
    { expr: asked.provenShare, legend: 'terbukti' },
  ),
];

export const gradePanels: readonly BoardPanel[] = [
  counted(
    'Pelanggaran',
    'Kewajiban yang diwajibkan peraturan ("wajib", "harus") dan terbukti tidak dipenuhi.',
    asked.countOfGrade('violation'),
    colours.bad,
  ),
  counted(
    'Indikasi pelanggaran',
    'Yang terlampaui hanya angka bawaan aplikasi atau angka yang ditetapkan Pemda, bukan angka peraturan.',
    asked.countOfGrade('indication'),
    colours.serious,
  ),
  counted(
    'Temuan',
    'Peraturan memakai kata "menjamin" atau tugas biasa: keadaannya perlu ditindaklanjuti.',
    asked.countOfGrade('finding'),
    colours.warning,
  ),
  counted(
    'Catatan',
    'Peraturan memakai kata "dapat", atau ketentuannya hanya sebagian menyangkut hal ini.',
    asked.countOfGrade('note'),
    colours.note,
  ),
];

export const trendPanels: readonly BoardPanel[] = [
  timeSeries(
    {
      title: 'Status penilaian dari waktu ke waktu',
      description: 'Banyaknya penilaian menurut status. Yang tidak berlaku tidak digambar.',
      interval: '15m',
      stacked: true,
      stepped: true,
      decimals: 0,
      min: 0,
      seriesColours: {
        Patuh: colours.good,
        'Belum dipenuhi': colours.serious,
        'Belum ada bukti': colours.unknown,
        Dikecualikan: colours.neutral,
      },
      width: 14,
      height: 10,
    },
    { expr: asked.trendOf('compliant'), legend: 'Patuh' },
    { expr: asked.trendOf('no-evidence'), legend: 'Belum ada bukti' },
    { expr: asked.trendOf('waived'), legend: 'Dikecualikan' },
    { expr: asked.trendOf('breached'), legend: 'Belum dipenuhi' },
  ),
  timeSeries(
    {
      title: 'Bobot dari waktu ke waktu',
      description: 'Penilaian yang belum dipenuhi menurut bobotnya.',
      interval: '15m',
      stacked: true,
      stepped: true,
      decimals: 0,
      min: 0,
      seriesColours: {
        Pelanggaran: colours.bad,
        'Indikasi pelanggaran': colours.serious,
        Temuan: colours.warning,
        Catatan: colours.note,
      },
      width: 10,
      height: 10,
    },
    { expr: asked.countOfGrade('violation'), legend: 'Pelanggaran' },
    { expr: asked.countOfGrade('indication'), legend: 'Indikasi pelanggaran' },
    { expr: asked.countOfGrade('finding'), legend: 'Temuan' },
    { expr: asked.countOfGrade('note'), legend: 'Catatan' },
  ),
];
