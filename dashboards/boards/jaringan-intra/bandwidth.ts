import { MappingType, SpecialValueMatch, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { colours } from '../../panels/colours.ts';
import { toPdOfSeries } from '../../panels/links.ts';
import { named } from '../../panels/mappings.ts';
import { type BoardPanel, lowest, type Steps } from '../../panels/panel.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { place } from './columns.ts';
import { mostLines, siteLegend, withNames } from './sites.ts';
import * as asked from './use-expressions.ts';

/** Of what Diskominfo approved. */
const shareSteps: Steps = [
  [lowest, colours.good],
  [0.8, colours.warning],
  [1, colours.bad],
];

const notRegistered: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text: 'Belum didaftarkan', color: colours.unknown } },
};

const measured = named([
  [1, 'Terukur', colours.good],
  [0, 'Belum terukur', colours.unknown],
]);

const share = { unit: 'percentunit', decimals: 1, steps: shareSteps };
const rate = { unit: 'Bps', decimals: 1 };

const approvals = table({
  title: 'Lebar pita terhadap persetujuan',
  description:
    'Persentil ke-95 dari rata-rata lima menit. Kolom "24 jam" adalah angka yang dipakai Pantau untuk menilai, selama 24 jam terakhir, setelah sedikitnya enam jam terukur; kolom "rentang" dihitung Prometheus atas rentang waktu yang ditampilkan, tanpa laporan yang datang terlambat. Persentil ke-95, 24 jam, enam jam, dan batas warna 80 % dan 100 % adalah bawaan aplikasi. Unduh = menuju lokasi, unggah = dari lokasi.',
  labels: place,
  values: [
    { expr: withNames(asked.isMeasured), title: 'Antarmuka WAN', mappings: [measured] },
    { expr: asked.approved('down'), title: 'Disetujui unduh', ...rate, mappings: [notRegistered] },
    { expr: asked.judgedUse('down'), title: 'Unduh 24 jam', ...rate },
    { expr: asked.judgedShare('down'), title: 'Terpakai unduh 24 jam', ...share },
    { expr: asked.shareOfShownTime('down'), title: 'Terpakai unduh rentang', ...share },
    { expr: asked.approved('up'), title: 'Disetujui unggah', ...rate, mappings: [notRegistered] },
    { expr: asked.judgedUse('up'), title: 'Unggah 24 jam', ...rate },
    { expr: asked.judgedShare('up'), title: 'Terpakai unggah 24 jam', ...share },
    { expr: asked.shareOfShownTime('up'), title: 'Terpakai unggah rentang', ...share },
  ],
  sort: [{ by: 'Terpakai unduh 24 jam', descending: true }],
  width: 24,
  height: 10,
});

const useOverTime = (direction: asked.Direction, name: string, way: string): BoardPanel =>
  timeSeries(
    {
      title: `Pemakaian ${name} terhadap persetujuan (${mostLines} lokasi tertinggi)`,
      description: `Lalu lintas antarmuka WAN ${way} dibandingkan dengan lebar pita yang disetujui Diskominfo, bagi lokasi yang sekarang terpakai paling penuh. Lonjakan singkat wajar; yang dinilai adalah persentil ke-95. Garis batas adalah bawaan aplikasi.`,
      unit: 'percentunit',
      min: 0,
      interval: '5m',
      steps: shareSteps,
      links: [toPdOfSeries],
      width: 12,
      height: 10,
    },
    { expr: asked.shareNow(direction), legend: siteLegend },
  );

export const bandwidthPanels: readonly BoardPanel[] = [
  approvals,
  useOverTime('down', 'unduh', 'menuju lokasi'),
  useOverTime('up', 'unggah', 'dari lokasi'),
];
