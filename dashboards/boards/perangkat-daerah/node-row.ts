import type { Row } from '../../layout.ts';
import { colours } from '../../panels/colours.ts';
import { nodeStates } from '../../panels/mappings.ts';
import type { Steps } from '../../panels/panel.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { chosenPd, everyNode, heardNode, unknownState } from '../../promql.ts';

const node = 'pd, site, node';
const of = (metric: string): string => `max by (${node}) (${metric}{${chosenPd}})`;
const ofDisk = (metric: string): string => `max by (${node}, mount) (${metric}{${chosenPd}})`;

const memoryUsed = `1 - ${of('pantau_node_memory_available_bytes')} / ${of('pantau_node_memory_size_bytes')}`;
/** What cannot be written to is full by nature. */
const diskUsed = `1 - ${ofDisk('pantau_node_filesystem_available_bytes')} / (${ofDisk('pantau_node_filesystem_size_bytes')} > 0) unless on (${node}, mount) ${ofDisk('pantau_node_filesystem_read_only')} == 1`;
const daySeconds = 86_400;

/** By the trend of the last day; only what shrinks has an end. */
const secondsUntilFull = `${ofDisk('pantau_node_filesystem_available_bytes')} / (-max by (${node}, mount) (deriv(pantau_node_filesystem_available_bytes{${chosenPd}}[1d])) > 0)`;

const filling = `(${secondsUntilFull}) < ${90 * daySeconds}`;

const fullness: Steps = [
  [0, colours.good],
  [0.8, colours.warning],
  [0.9, colours.bad],
];

const nodes = () =>
  table({
    title: 'Server',
    description:
      'Semua server Perangkat Daerah ini. Angka server yang tidak melapor tidak ditampilkan, karena tidak diketahui. Batas warna: bawaan aplikasi.',
    width: 24,
    height: 8,
    labels: [
      { label: 'node', title: 'Server' },
      { label: 'site', title: 'Lokasi' },
    ],
    values: [
      {
        title: 'Keadaan',
        expr: `(${heardNode(chosenPd)}) or ${everyNode(chosenPd)} * ${unknownState}`,
        mappings: [nodeStates],
      },
      {
        title: 'Prosesor',
        expr: of('pantau_node_cpu_busy_ratio'),
        unit: 'percentunit',
        min: 0,
        max: 1,
        steps: fullness,
        bar: true,
      },
      { title: 'Memori', expr: memoryUsed, unit: 'percentunit', min: 0, max: 1, steps: fullness, bar: true },
      {
        title: 'Disk terpenuh',
        expr: `max by (${node}) (${diskUsed})`,
        unit: 'percentunit',
        min: 0,
        max: 1,
        steps: fullness,
        bar: true,
      },
      { title: 'Menyala sejak', expr: `${of('pantau_node_boot_timestamp_seconds')} * 1000`, unit: 'dateTimeAsSystem' },
      {
        title: 'Laporan terakhir',
        expr: `${of('pantau_node_last_report_timestamp_seconds')} * 1000`,
        unit: 'dateTimeFromNow',
      },
      { title: 'Laporan menunggu', expr: of('pantau_node_spool_queued_reports'), decimals: 0 },
    ],
    sort: [{ by: 'Keadaan' }, { by: 'Disk terpenuh', descending: true }],
  });

const load = () => [
  timeSeries(
    {
      title: 'Prosesor terpakai',
      description: 'Bagian waktu prosesor yang terpakai; dua puluh server yang tertinggi.',
      width: 12,
      height: 8,
      unit: 'percentunit',
      min: 0,
      max: 1,
    },
    { expr: `topk(20, ${of('pantau_node_cpu_busy_ratio')})`, legend: '{{node}}' },
  ),
  timeSeries(
    {
      title: 'Memori terpakai',
      description: 'Bagian memori yang terpakai; dua puluh server yang tertinggi.',
      width: 12,
      height: 8,
      unit: 'percentunit',
      min: 0,
      max: 1,
    },
    { expr: `topk(20, ${memoryUsed})`, legend: '{{node}}' },
  ),
];

const disks = () => [
  timeSeries(
    {
      title: 'Disk terpakai',
      description: 'Bagian disk yang terpakai; dua puluh yang terpenuh. Garis batas 80% dan 90%: bawaan aplikasi.',
      width: 12,
      height: 8,
      unit: 'percentunit',
      min: 0,
      max: 1,
      steps: fullness,
    },
    { expr: `topk(20, ${diskUsed})`, legend: '{{node}} {{mount}}' },
  ),
  table({
    title: 'Perkiraan disk penuh',
    description:
      'Kapan disk penuh bila berkurang seperti 24 jam terakhir; hanya yang diperkirakan penuh dalam 90 hari. Perkiraan dan batas warna 7 dan 30 hari: bawaan aplikasi.',
    width: 12,
    height: 8,
    normallyEmpty: true,
    labels: [
      { label: 'node', title: 'Server' },
      { label: 'mount', title: 'Disk' },
    ],
    values: [
      {
        title: 'Penuh dalam',
        expr: filling,
        unit: 's',
        steps: [
          [0, colours.bad],
          [7 * daySeconds, colours.warning],
          [30 * daySeconds, colours.good],
        ],
      },
      {
        title: 'Terpakai',
        expr: `(${diskUsed}) and on (${node}, mount) (${filling})`,
        unit: 'percentunit',
        steps: fullness,
      },
    ],
    sort: [{ by: 'Penuh dalam' }],
  }),
];

export const nodeRow = (): Row => ({ title: 'Server', panels: [nodes(), ...load(), ...disks()] });
