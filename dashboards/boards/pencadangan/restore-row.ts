import type { Row } from '../../layout.ts';
import { datasetLabels } from '../../panels/backup-table.ts';
import { colours } from '../../panels/colours.ts';
import { named, neverIsGrey } from '../../panels/mappings.ts';
import { lowest } from '../../panels/panel.ts';
import { stat } from '../../panels/stat.ts';
import { table } from '../../panels/table.ts';
import { withDatasetName, withPdName } from '../../promql.ts';
import { of } from './chosen.ts';

const period = of('restore_test_period_seconds');
/** Of those datasets only whose period is set. */
const last = `(${of('last_restore_test_timestamp_seconds')} and on (pd, dataset) ${period})`;
const age = `(time() - ${last})`;
const lapsed = `(${age} > ${period})`;
const inTime = `(${age} <= ${period})`;
/** 2 in time, 1 over its period, 0 never tested. */
const state = `((${inTime} * 0 + 2) or (${lapsed} * 0 + 1) or (${period} * 0))`;

const states = named([
  [0, 'Belum pernah diuji', colours.bad],
  [1, 'Lewat waktu', colours.serious],
  [2, 'Masih berlaku', colours.good],
]);

const size = { width: 6, height: 4, decimals: 0 };

const counts = () => [
  stat(
    {
      title: 'Uji pemulihan masih berlaku',
      description: 'Himpunan data yang uji pemulihannya berhasil dalam jangka waktu yang diatur.',
      ...size,
      steps: [[0, colours.neutral]],
    },
    { expr: `sum(${state} == bool 2)`, legend: 'Masih berlaku' },
  ),
  stat(
    {
      title: 'Uji pemulihan lewat waktu atau belum pernah',
      description: 'Himpunan data dengan jangka waktu uji pemulihan yang sudah lewat, atau yang belum pernah diuji.',
      ...size,
      steps: [
        [0, colours.good],
        [1, colours.serious],
      ],
    },
    { expr: `sum(${state} < bool 2)`, legend: 'Lewat atau belum pernah' },
  ),
];

const tests = () =>
  table({
    title: 'Uji pemulihan',
    description:
      'Uji pemulihan terakhir yang berhasil, umurnya, dan jangka waktunya; hanya himpunan data yang jangka waktunya diatur (restoreTestEvery). Peraturan tidak menyebut angka. Batas warna 14 hari: bawaan aplikasi.',
    width: 24,
    height: 8,
    labels: datasetLabels.filter(({ label }) => label !== 'schedule'),
    values: [
      { title: 'Keadaan', expr: withDatasetName(withPdName(state)), mappings: [states] },
      {
        title: 'Terakhir berhasil',
        expr: `${last} * 1000`,
        unit: 'dateTimeAsSystem',
        mappings: [neverIsGrey],
      },
      { title: 'Umur', expr: age, unit: 's', mappings: [neverIsGrey] },
      { title: 'Jangka waktu', expr: period, unit: 's' },
      {
        title: 'Sisa waktu',
        expr: `${period} - ${age}`,
        unit: 's',
        steps: [
          [lowest, colours.bad],
          [0, colours.warning],
          [14 * 86_400, colours.good],
        ],
      },
    ],
    sort: [{ by: 'Keadaan' }, { by: 'Sisa waktu' }],
  });

export const restoreRow = (): Row => ({ title: 'Uji pemulihan', panels: [...counts(), tests()] });
