import type { Row } from '../../layout.ts';
import { datasetLabels } from '../../panels/backup-table.ts';
import { colours } from '../../panels/colours.ts';
import { named, neverIsGrey, proofLevels } from '../../panels/mappings.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { withDatasetName, withPdName } from '../../promql.ts';
import { of, secondsSince } from './chosen.ts';

const proof = of('proof_level');
const demanded = of('demanded_proof_level');
const at = (level: number): string => `sum(${proof} == bool ${level})`;

const levels = [
  ['Belum ada bukti', colours.unknown],
  ['Klaim saja', colours.serious],
  ['Tiba', colours.warning],
  ['Utuh', colours.neutral],
  ['Dapat dipulihkan', colours.good],
] as const;

const counts = () =>
  timeSeries(
    {
      title: 'Himpunan data menurut tingkat bukti',
      description:
        'Klaim belum berarti bukti: tiba (terlihat di Pusat Data), utuh (isinya dibaca ulang dan cocok), dapat dipulihkan (uji pemulihan berhasil).',
      width: 12,
      height: 9,
      unit: 'short',
      decimals: 0,
      min: 0,
      stacked: true,
      stepped: true,
      calcs: ['lastNotNull'],
      seriesColours: Object.fromEntries(levels),
    },
    ...levels.map(([legend], level) => ({ expr: at(level), legend })),
  );

const short = () =>
  table({
    title: 'Bukti terhadap yang diminta',
    description: 'Himpunan data yang cadangan terakhirnya belum terbukti sampai tingkat yang diminta.',
    width: 12,
    height: 9,
    normallyEmpty: true,
    labels: datasetLabels.filter(({ label }) => label !== 'schedule'),
    values: [
      { title: 'Bukti', expr: withDatasetName(withPdName(`${proof} < ${demanded}`)), mappings: [proofLevels] },
      { title: 'Diminta', expr: `${demanded} > ${proof}`, mappings: [proofLevels], plain: true },
    ],
    sort: [{ by: 'Bukti' }],
  });

/** A job that says it succeeded proves nothing until its object is seen. */
const claimed = () =>
  table({
    title: 'Diklaim tetapi belum tiba',
    description:
      'Cadangan yang dinyatakan selesai oleh Perangkat Daerah lebih dari satu jam lalu, tetapi belum terlihat di Pusat Data; hanya yang diminta tiba di sana. Satu jam: bawaan aplikasi.',
    width: 12,
    height: 8,
    normallyEmpty: true,
    labels: datasetLabels.filter(({ label }) => label !== 'schedule'),
    values: [
      {
        title: 'Diklaim sejak',
        expr: withDatasetName(
          withPdName(
            `((${secondsSince('last_claim')}) > 3600) and on (pd, dataset) (${demanded} >= 2) unless on (pd, dataset) (${of('last_arrival_timestamp_seconds')} >= ${of('last_claim_timestamp_seconds')} - 3600)`,
          ),
        ),
        unit: 's',
        steps: [[0, colours.serious]],
      },
    ],
    sort: [{ by: 'Diklaim sejak', descending: true }],
  });

const failed = () =>
  table({
    title: 'Pekerjaan terakhir yang gagal',
    description:
      'Himpunan data yang pekerjaan cadangan terakhirnya melaporkan gagal, dan umur cadangan terakhirnya yang masih terbukti.',
    width: 12,
    height: 8,
    normallyEmpty: true,
    labels: datasetLabels.filter(({ label }) => label !== 'schedule'),
    values: [
      {
        title: 'Pekerjaan terakhir',
        expr: withDatasetName(withPdName(`${of('last_run_success')} == 0`)),
        mappings: [named([[0, 'Gagal', colours.bad]])],
      },
      {
        title: 'Umur cadangan terakhir',
        expr: `(${secondsSince('last_success')}) and on (pd, dataset) (${of('last_run_success')} == 0)`,
        unit: 's',
        mappings: [neverIsGrey],
      },
    ],
    sort: [{ by: 'Umur cadangan terakhir', descending: true }],
  });

export const proofRow = (): Row => ({ title: 'Bukti', panels: [counts(), short(), claimed(), failed()] });
