import type { Row } from '../../layout.ts';
import { colours } from '../../panels/colours.ts';
import { datasetLabels } from '../../panels/backup-table.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { withDatasetName, withPdName } from '../../promql.ts';
import { chosen, of } from './chosen.ts';

const size = of('size_bytes');
const largest = `max by (pd, dataset) (max_over_time(pantau_backup_size_bytes{${chosen}}[$__range]))`;
const smallest = `max by (pd, dataset) (min_over_time(pantau_backup_size_bytes{${chosen}}[$__range]))`;

/** How the sizes go: a backup that has shrunk is often a broken one. */
export const sizeRow = (): Row => ({
  title: 'Ukuran dan perubahannya',
  panels: [
    timeSeries(
      {
        title: 'Ukuran cadangan',
        description: 'Ukuran cadangan terakhir yang terbukti, sepanjang waktu; dua puluh yang terbesar.',
        width: 12,
        height: 10,
        unit: 'bytes',
        min: 0,
        stepped: true,
      },
      { expr: `topk(20, ${withDatasetName(withPdName(size))})`, legend: '{{name}}: {{dataset_name}}' },
    ),
    table({
      title: 'Perubahan ukuran',
      description:
        'Ukuran sekarang dibandingkan dengan yang terbesar dan terkecil dalam rentang waktu yang ditampilkan; yang paling menyusut di atas. Batas warna 20% dan 50%: bawaan aplikasi.',
      width: 12,
      height: 10,
      labels: datasetLabels.filter(({ label }) => label !== 'schedule'),
      values: [
        { title: 'Ukuran', expr: withDatasetName(withPdName(size)), unit: 'bytes' },
        {
          title: 'Terhadap yang terbesar',
          expr: `${size} / (${largest} > 0) - 1`,
          unit: 'percentunit',
          steps: [
            [-1, colours.bad],
            [-0.5, colours.warning],
            [-0.2, colours.good],
          ],
        },
        { title: 'Terhadap yang terkecil', expr: `${size} / (${smallest} > 0) - 1`, unit: 'percentunit' },
        { title: 'Salinan', expr: `${of('copies')} and on (pd, dataset) ${size}`, decimals: 0 },
      ],
      sort: [{ by: 'Terhadap yang terbesar' }],
    }),
  ],
});
