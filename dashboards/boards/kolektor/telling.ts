import { colours } from '../../panels/colours.ts';
import { type BoardPanel, lowest } from '../../panels/panel.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';
import * as asked from './expressions.ts';

/** Whether those who must act are told. */
export const tellingPanels: readonly BoardPanel[] = [
  stat(
    {
      title: 'Pemberitahuan menunggu',
      description:
        'Pemberitahuan yang sudah dibuat tetapi belum terkirim. Batas warna adalah bawaan aplikasi; bila terus bertambah, periksa saluran pengiriman.',
      unit: 'short',
      steps: [
        [lowest, colours.good],
        [1, colours.warning],
        [20, colours.bad],
      ],
      height: 4,
      width: 4,
    },
    { expr: asked.alertsWaiting, legend: 'menunggu' },
  ),
  stat(
    {
      title: 'Pemberitahuan gagal terkirim',
      description: 'Pemberitahuan yang tidak dicoba lagi karena terus gagal. Setiap satu di antaranya perlu dilihat.',
      unit: 'short',
      steps: [
        [lowest, colours.good],
        [1, colours.bad],
      ],
      height: 4,
      width: 4,
    },
    { expr: asked.alertsGivenUp, legend: 'gagal' },
  ),
  timeSeries(
    {
      title: 'Pengiriman pemberitahuan',
      description: 'Percobaan mengirim pemberitahuan menurut saluran dan hasil; kosong selama belum ada yang dikirim.',
      unit: 'short',
      normallyEmpty: true,
      height: 8,
      width: 16,
    },
    { expr: asked.deliveries, legend: '{{channel}} · {{outcome}}' },
  ),
];
