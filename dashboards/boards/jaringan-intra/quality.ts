import { colours } from '../../panels/colours.ts';
import { toPdOfSeries } from '../../panels/links.ts';
import { lossLimit, lossSteps, roundTripLimits, roundTripSteps } from '../../panels/judged-limits.ts';
import { type BoardPanel, lowest, type Steps } from '../../panels/panel.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { place } from './columns.ts';
import * as asked from './link-expressions.ts';
import { mostLines, siteLegend, withNames } from './sites.ts';

const share = { unit: 'percentunit', min: 0, max: 1, decimals: 2 };

const availabilitySteps: Steps = [
  [lowest, colours.bad],
  [0.95, colours.warning],
  [0.99, colours.good],
];

const availability = table({
  title: 'Ketersediaan selama rentang terpilih',
  description:
    'Bagian dari waktu yang ditampilkan ketika lapisan terpilih tersambung, terputus, dan tidak diketahui; ketiganya berjumlah 100 %. "Ketersediaan" dihitung dari waktu yang diketahui saja. Keadaan dilihat tiap lima menit. Batas warna 95 % dan 99 % adalah bawaan aplikasi.',
  labels: place,
  values: [
    { expr: withNames(asked.downShare), title: 'Terputus', ...share, steps: [[lowest, colours.bad]], bar: true },
    { expr: asked.upShare, title: 'Tersambung', ...share, steps: [[lowest, colours.good]], bar: true },
    { expr: asked.unknownShare, title: 'Tidak diketahui', ...share, steps: [[lowest, colours.unknown]], bar: true },
    { expr: asked.availability, title: 'Ketersediaan', ...share, steps: availabilitySteps },
  ],
  sort: [{ by: 'Terputus', descending: true }],
  width: 24,
  height: 12,
});

const roundTrip = timeSeries(
  {
    title: `Waktu tempuh (${mostLines} lokasi tertinggi)`,
    description: `Waktu tempuh pulang-pergi rata-rata tiap putaran pemeriksaan pada lapisan terpilih, bagi lokasi yang puncaknya tertinggi. ${roundTripLimits}`,
    unit: 's',
    min: 0,
    steps: roundTripSteps,
    links: [toPdOfSeries],
    width: 12,
    height: 10,
  },
  { expr: asked.roundTrip, legend: siteLegend },
);

const loss = timeSeries(
  {
    title: `Paket hilang (${mostLines} lokasi tertinggi)`,
    description: `Bagian paket yang hilang pada tiap putaran pemeriksaan pada lapisan terpilih, bagi lokasi yang puncaknya tertinggi. ${lossLimit}`,
    unit: 'percentunit',
    min: 0,
    steps: lossSteps,
    links: [toPdOfSeries],
    width: 12,
    height: 10,
  },
  { expr: asked.loss, legend: siteLegend },
);

export const availabilityPanels: readonly BoardPanel[] = [availability];
export const qualityPanels: readonly BoardPanel[] = [roundTrip, loss];
