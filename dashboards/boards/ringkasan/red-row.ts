import type { Row } from '../../layout.ts';
import { colours } from '../../panels/colours.ts';
import { toPdOfRow, toPdOfSeries } from '../../panels/links.ts';
import { linkStates, named, unknownText } from '../../panels/mappings.ts';
import { table } from '../../panels/table.ts';
import { stateTimeline } from '../../panels/timeline.ts';
import { orZero, unknownState, withPdName } from '../../promql.ts';
import { breaches, incidents, overdueDatasets, redState, worstWan } from './red.ts';

const redWords = named([
  [0, 'Tidak bermasalah', colours.good],
  [unknownState, unknownText, colours.unknown],
  [1, '1 bidang bermasalah', colours.serious],
  [2, '2 bidang bermasalah', colours.bad],
  [3, '3 bidang bermasalah', colours.bad],
  [4, '4 bidang bermasalah', colours.bad],
]);

const noneIsGood = [
  [0, colours.good],
  [1, colours.bad],
] as const;
const noneIsPlain = [
  [0, colours.notApplicable],
  [1, colours.warning],
] as const;

const everyone = () =>
  table({
    title: 'Keadaan tiap Perangkat Daerah',
    description:
      'Semua Perangkat Daerah, yang terburuk di atas. Bermasalah: jalur WAN terputus, cadangan terlambat (juga yang kewajibannya dikecualikan), insiden kritis, atau pelanggaran. Klik nama untuk membuka papan Perangkat Daerah. Abu-abu berarti tidak diketahui, bukan baik.',
    width: 24,
    height: 12,
    labels: [
      { label: 'name', title: 'Perangkat Daerah', link: toPdOfRow },
      { label: 'pd', title: 'Kode PD', hidden: true },
    ],
    values: [
      { title: 'Keadaan', expr: withPdName(redState), mappings: [redWords] },
      { title: 'WAN', expr: worstWan, mappings: [linkStates] },
      { title: 'Cadangan terlambat', expr: overdueDatasets, steps: noneIsGood, decimals: 0 },
      { title: 'Insiden kritis', expr: incidents('critical'), steps: noneIsGood, decimals: 0 },
      { title: 'Insiden peringatan', expr: incidents('warning'), steps: noneIsPlain, decimals: 0 },
      { title: 'Pelanggaran', expr: orZero(breaches('violation')), steps: noneIsGood, decimals: 0 },
      { title: 'Indikasi pelanggaran', expr: orZero(breaches('indication')), steps: noneIsPlain, decimals: 0 },
    ],
    sort: [{ by: 'Keadaan', descending: true }],
  });

/** Over all the shown time, looked at every half hour; the worst fifteen, however many departments there are. */
const worst = `topk(15, max_over_time(${redState}[$__range:30m] @ end()) >= 1)`;

const timeline = () =>
  stateTimeline(
    {
      title: 'Kapan bermasalah',
      interval: '5m',
      description:
        'Lima belas Perangkat Daerah yang terburuk dalam rentang waktu yang ditampilkan, dan kapan bermasalah. Mulai terisi pada setengah jam penuh berikutnya setelah Pantau mulai mengukur.',
      width: 24,
      height: 9,
      mappings: [redWords],
      links: [toPdOfSeries],
      normallyEmpty: true,
    },
    { expr: withPdName(`${redState} and on (pd) ${worst}`), legend: '{{name}}' },
  );

export const redRow = (): Row => ({ title: 'Perangkat Daerah yang bermasalah', panels: [everyone(), timeline()] });
