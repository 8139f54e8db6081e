import type { Row } from '../../layout.ts';
import { barGauge } from '../../panels/bar-gauge.ts';
import { colours } from '../../panels/colours.ts';
import { stat } from '../../panels/stat.ts';
import { everyNode, everyPd, heardNode } from '../../promql.ts';

/** None is a known number where servers are enrolled. */
const heardCount = `(count(${heardNode()}) or count(${everyNode()}) * 0)`;
/** Departments that `metric` has anything of: none is a known number, for the configuration is known. */
const pdsWith = (metric: string): string => `(count(group by (pd) (${metric})) or count(${everyPd()}) * 0)`;

/** How much of the Pemda is seen at all. */
export const coverageRow = (): Row => ({
  title: 'Cakupan pemantauan',
  panels: [
    stat(
      {
        title: 'Server melapor',
        description: 'Server yang agennya melapor tepat waktu.',
        width: 4,
        height: 6,
        decimals: 0,
        steps: [[0, colours.neutral]],
      },
      { expr: heardCount, legend: 'Melapor' },
    ),
    stat(
      {
        title: 'Server terdaftar',
        description: 'Server yang agennya terdaftar di Pantau.',
        width: 4,
        height: 6,
        decimals: 0,
      },
      { expr: `count(${everyNode()})`, legend: 'Terdaftar' },
    ),
    barGauge(
      {
        title: 'Cakupan',
        description:
          'Bagian server yang melapor, serta bagian Perangkat Daerah yang sudah mempunyai agen dan himpunan data yang dicadangkan. Batas warna: bawaan aplikasi.',
        width: 16,
        height: 6,
        unit: 'percentunit',
        min: 0,
        max: 1,
        steps: [
          [0, colours.bad],
          [0.8, colours.warning],
          [1, colours.good],
        ],
      },
      { expr: `${heardCount} / count(${everyNode()})`, legend: 'Server yang melapor' },
      { expr: `${pdsWith('pantau_node_info')} / count(${everyPd()})`, legend: 'Perangkat Daerah dengan agen' },
      {
        expr: `${pdsWith('pantau_dataset_info')} / count(${everyPd()})`,
        legend: 'Perangkat Daerah dengan himpunan data',
      },
    ),
  ],
});
