import type { Row } from '../../layout.ts';
import { colours } from '../../panels/colours.ts';
import { routerStates } from '../../panels/mappings.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { chosenPd, stateOf, unknownState } from '../../promql.ts';

const router = 'pd, site, router';
const ofRouter = (metric: string): string => `max by (${router}) (${metric}{${chosenPd}})`;

/** Of a silent reader nothing is written any more: for a day its routers stay, unknown. */
const state = `${stateOf(`pantau_router_up{${chosenPd}}`, router)} or group by (${router}) (last_over_time(pantau_router_up{${chosenPd}}[1d])) * ${unknownState}`;

/** Bits, as lines are bought in them. */
const bitsPerSecond = (by: string, metric: string, filter = ''): string =>
  `topk(20, max by (${by}) (rate(${metric}{${chosenPd}${filter}}[$__rate_interval])) * 8)`;

interface Traffic {
  title: string;
  description: string;
  by: string;
  metric: string;
  filter?: string;
  legend: string;
}

/** Received above the line, sent below it. */
const traffic = ({ title, description, by, metric, filter, legend }: Traffic) =>
  timeSeries(
    { title, description, width: 12, height: 8, unit: 'bps' },
    { expr: bitsPerSecond(by, `${metric}_receive_bytes_total`, filter), legend: `${legend} terima` },
    { expr: `-${bitsPerSecond(by, `${metric}_transmit_bytes_total`, filter)}`, legend: `${legend} kirim` },
  );

const routers = () =>
  table({
    title: 'Router',
    description:
      'Router yang dibaca dengan SNMP atau yang melapor sendiri; yang pembacanya tidak melapor tetap tampil selama satu hari. Kosong bila tidak ada router yang dibaca. Batas warna suhu: bawaan aplikasi.',
    width: 24,
    height: 6,
    normallyEmpty: true,
    labels: [
      { label: 'router', title: 'Router' },
      { label: 'site', title: 'Lokasi' },
    ],
    values: [
      { title: 'Keadaan', expr: state, mappings: [routerStates] },
      {
        title: 'Menyala sejak',
        expr: `${ofRouter('pantau_router_boot_timestamp_seconds')} * 1000`,
        unit: 'dateTimeAsSystem',
      },
      {
        title: 'Suhu',
        expr: ofRouter('pantau_router_temperature_celsius'),
        unit: 'celsius',
        steps: [
          [-273, colours.good],
          [60, colours.warning],
          [75, colours.bad],
        ],
      },
      { title: 'Tegangan', expr: ofRouter('pantau_router_voltage_volts'), unit: 'volt', decimals: 1 },
    ],
    sort: [{ by: 'Keadaan' }],
  });

export const trafficRow = (): Row => ({
  title: 'Router dan lalu lintas',
  panels: [
    routers(),
    traffic({
      title: 'Lalu lintas antarmuka server',
      description: 'Terima di atas garis nol, kirim di bawahnya; dua puluh antarmuka yang tersibuk.',
      by: 'pd, site, node, interface',
      metric: 'pantau_interface',
      filter: ', interface!="lo"',
      legend: '{{node}} {{interface}}',
    }),
    traffic({
      title: 'Lalu lintas antarmuka router',
      description: 'Terima di atas garis nol, kirim di bawahnya; dua puluh antarmuka yang tersibuk.',
      by: 'pd, site, router, interface',
      metric: 'pantau_router_interface',
      legend: '{{router}} {{interface}}',
    }),
  ],
});
