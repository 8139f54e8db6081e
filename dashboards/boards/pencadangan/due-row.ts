import type { Row } from '../../layout.ts';
import { backupCalendar } from '../../panels/backup-calendar.ts';
import { backupsAgainstDue, overdueState, overdueWords } from '../../panels/backup-table.ts';
import { barGauge } from '../../panels/bar-gauge.ts';
import { colours } from '../../panels/colours.ts';
import { toPdOfSeries } from '../../panels/links.ts';
import { stateTimeline } from '../../panels/timeline.ts';
import { withDatasetName, withPdName } from '../../promql.ts';
import { chosen, of, secondsSince } from './chosen.ts';

/** 1 when the age has reached the deadline with its grace. */
const shareOfDeadline = `(${secondsSince('last_success')}) / (${of('next_due_timestamp_seconds')} + ${of('grace_seconds')} - ${of('last_success_timestamp_seconds')})`;

const oldest = () =>
  barGauge(
    {
      title: 'Paling dekat dengan batas waktu',
      description:
        'Umur cadangan terakhir dibagi umur yang masih diizinkan (jadwal ditambah tenggang); lima belas yang tertinggi. Lebih dari 100% berarti terlambat. Batas warna 90%: bawaan aplikasi.',
      width: 12,
      height: 10,
      unit: 'percentunit',
      min: 0,
      max: 1.5,
      steps: [
        [0, colours.good],
        [0.9, colours.warning],
        [1, colours.bad],
      ],
      links: [toPdOfSeries],
    },
    { expr: `topk(15, ${withDatasetName(withPdName(shareOfDeadline))})`, legend: '{{name}}: {{dataset_name}}' },
  );

/** Those that were overdue at any time of what is shown; the worst fifteen. */
const worst = `topk(15, avg_over_time((${overdueState(chosen)})[$__range:15m] @ end()) > 0)`;

const late = () =>
  stateTimeline(
    {
      title: 'Kapan terlambat',
      interval: '5m',
      description:
        'Lima belas himpunan data yang paling lama terlambat atau tidak diketahui dalam rentang waktu yang ditampilkan. Mulai terisi pada seperempat jam penuh berikutnya setelah Pantau mulai mengukur.',
      width: 12,
      height: 10,
      mappings: [overdueWords],
      links: [toPdOfSeries],
      normallyEmpty: true,
    },
    {
      expr: withDatasetName(withPdName(`${overdueState(chosen)} and on (pd, dataset) ${worst}`)),
      legend: '{{name}}: {{dataset_name}}',
    },
  );

export const calendarRow = (): Row => ({
  title: 'Kalender',
  panels: [backupCalendar(chosen, { width: 24, height: 12 })],
});

export const dueRow = (): Row => ({
  title: 'Umur terhadap batas waktu',
  panels: [backupsAgainstDue(chosen, { width: 24, height: 10 }), oldest(), late()],
});
