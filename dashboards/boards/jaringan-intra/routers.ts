import { colours } from '../../panels/colours.ts';
import { routerStates } from '../../panels/mappings.ts';
import { type BoardPanel, lowest } from '../../panels/panel.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whose } from './columns.ts';
import { mostLines, withNames } from './sites.ts';
import * as asked from './use-expressions.ts';

const routers = table({
  title: 'Router',
  description:
    'Router yang dibaca lewat SNMP atau yang melapor sendiri, terburuk di atas; yang pembacanya tidak melapor tetap tampil selama satu hari. Batas warna suhu 60 °C dan 75 °C serta paket rusak 1 dan 60 per menit adalah bawaan aplikasi; nilai yang tidak dilaporkan router ditampilkan sebagai tidak diketahui.',
  labels: [...whose, { label: 'router', title: 'Router' }],
  values: [
    { expr: withNames(asked.routerState), title: 'Keadaan', mappings: [routerStates] },
    { expr: asked.routerUptime, title: 'Menyala selama', unit: 's' },
    {
      expr: asked.routerTemperature,
      title: 'Suhu',
      unit: 'celsius',
      decimals: 0,
      steps: [
        [lowest, colours.good],
        [60, colours.warning],
        [75, colours.bad],
      ],
    },
    { expr: asked.routerVoltage, title: 'Tegangan', unit: 'volt', decimals: 1 },
    {
      expr: asked.routerErrorsPerMinute,
      title: 'Paket rusak per menit',
      decimals: 1,
      steps: [
        [lowest, colours.good],
        [1, colours.warning],
        [60, colours.bad],
      ],
    },
  ],
  sort: [{ by: 'Keadaan' }],
  width: 14,
  height: 10,
});

const temperature = timeSeries(
  {
    title: `Suhu router (${mostLines} tertinggi)`,
    description:
      'Suhu yang dilaporkan router. Suhu yang terus naik sering berarti kipas atau pendingin ruangan mati. Garis batas 60 °C dan 75 °C adalah bawaan aplikasi.',
    unit: 'celsius',
    steps: [
      [lowest, colours.good],
      [60, colours.warning],
      [75, colours.bad],
    ],
    width: 10,
    height: 10,
  },
  { expr: asked.hottestRouters, legend: '{{pd}} / {{site}} / {{router}}' },
);

export const routerPanels: readonly BoardPanel[] = [routers, temperature];
