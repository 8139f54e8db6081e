import type { Row } from '../../layout.ts';
import {
  certificateLimit,
  certificateSteps,
  lossLimit,
  lossSteps,
  roundTripLimits,
  roundTripSteps,
} from '../../panels/judged-limits.ts';
import { layers } from '../../panels/layer-words.ts';
import { linkStates } from '../../panels/mappings.ts';
import { table } from '../../panels/table.ts';
import { stateTimeline } from '../../panels/timeline.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { chosenPd, linkState } from '../../promql.ts';

const by = 'pd, site, layer, target, probe';
const legend = '{{layer}} {{site}} → {{target}} ({{probe}})';

const states = () =>
  stateTimeline(
    {
      title: 'Jalur menurut lapisan',
      description:
        'Tersambung, terputus, atau tidak diketahui, untuk tiap jalur yang diukur dari atau ke Perangkat Daerah ini.',
      width: 24,
      height: 9,
      mappings: [linkStates],
    },
    { expr: linkState(chosenPd, by), legend },
  );

const quality = () => [
  timeSeries(
    {
      title: 'Waktu tempuh',
      description: `Waktu tempuh pulang-pergi rata-rata pada putaran terakhir; dua puluh jalur yang paling lambat. ${roundTripLimits}`,
      width: 12,
      height: 8,
      unit: 's',
      min: 0,
      steps: roundTripSteps,
    },
    { expr: `topk(20, max by (${by}) (pantau_link_round_trip_seconds{${chosenPd}}))`, legend },
  ),
  timeSeries(
    {
      title: 'Paket hilang',
      description: `Bagian paket yang hilang pada putaran terakhir; dua puluh jalur yang terburuk. ${lossLimit}`,
      width: 12,
      height: 8,
      unit: 'percentunit',
      min: 0,
      max: 1,
      steps: lossSteps,
    },
    { expr: `topk(20, max by (${by}) (pantau_link_loss_ratio{${chosenPd}}))`, legend },
  ),
];

const expiry = `min by (pd, site, layer, target) (pantau_link_certificate_expiry_timestamp_seconds{${chosenPd}})`;

const certificates = () =>
  table({
    title: 'Sertifikat',
    description: `Kapan sertifikat yang ditunjukkan tiap layanan berakhir, yang paling dekat di atas. ${certificateLimit}`,
    width: 24,
    height: 6,
    normallyEmpty: true,
    labels: [
      { label: 'target', title: 'Layanan' },
      { label: 'layer', title: 'Lapisan', mappings: [layers] },
      { label: 'site', title: 'Lokasi' },
    ],
    values: [
      { title: 'Berakhir', expr: `${expiry} * 1000`, unit: 'dateTimeAsSystem' },
      {
        title: 'Sisa waktu',
        expr: `${expiry} - time()`,
        unit: 's',
        steps: certificateSteps,
      },
    ],
    sort: [{ by: 'Sisa waktu' }],
  });

export const linkRow = (): Row => ({ title: 'Jaringan', panels: [states(), ...quality(), certificates()] });
