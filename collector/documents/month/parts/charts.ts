import type { DayStatus } from '../../../obligations/backup-history/calendar.ts';
import { backupCalendar } from '../../charts/backup-calendar.ts';
import { barChart } from '../../charts/bar-chart.ts';
import { columnChart } from '../../charts/column-chart.ts';
import { lineChart } from '../../charts/line-chart.ts';
import { stateStrips } from '../../charts/state-strips.ts';
import type { Block, Colour } from '../../document.ts';
import type { DepartmentFigures, MonthFigures } from '../figures.ts';
import { datasetName, departmentName, type ReportView, siteName } from '../report-view.ts';
import { unknownWords } from '../scribe.ts';
import { layerWords } from '../tables/availability.ts';

const mostBars = 25;
const nearRatio = 0.9;
const dayMs = 86_400_000;

/** The departments whose WAN fared worst. */
export function availabilityChart(view: ReportView): Block[] {
  const { text } = view.scribe;
  const wans = view.figures.departments.flatMap(({ pd, links }) =>
    links
      .filter(({ layer }) => layer === 'wan')
      .map(({ site, availabilityRatio, coverageRatio = 0 }) => ({
        label: `${departmentName(view, pd)}, ${siteName(view, pd, site)}`,
        value: availabilityRatio,
        text: availabilityRatio === undefined ? text(unknownWords) : shareOf(view, availabilityRatio, coverageRatio),
        colour: (availabilityRatio === 1 && coverageRatio >= wellKnownRatio ? 'good' : 'warning') as Colour,
      })),
  );
  if (wans.length === 0) return [];
  const worst = wans.toSorted((a, b) => (a.value ?? -1) - (b.value ?? -1)).slice(0, mostBars);
  // Near 100% the bars would all look alike from zero.
  const isNear = worst.every(({ value = 1 }) => value >= nearRatio);
  const [axisId, axisEn] = isNear ? ['; sumbu mulai dari 90%', '; the axis begins at 90%'] : ['', ''];
  const caption = {
    id: `Ketersediaan WAN, ${worst.length} terendah dari ${wans.length} lokasi${axisId}; dalam kurung bagian waktu yang datanya tersedia`,
    en: `Availability of the WAN, the lowest ${worst.length} of ${wans.length} sites${axisEn}; in brackets the share of time that is known`,
  };
  return [barChart({ caption: text(caption), bars: worst, minValue: isNear ? nearRatio : 0, maxValue: 1 })];
}

/** A bar of which so much of the time is known may be called good. */
const wellKnownRatio = 0.9;

/** No availability without how much of the time it speaks for. */
function shareOf({ scribe }: ReportView, availabilityRatio: number, coverageRatio: number): string {
  return `${scribe.percent(availabilityRatio).text} (${scribe.percent(coverageRatio).text})`;
}

const metStatuses = new Set<DayStatus>(['arrived', 'claimed', 'partial']);
const lostStatuses = new Set<DayStatus>(['failed', 'missed']);

/** Day by day, how many datasets were backed up of those whose outcome is known. */
export function backupChart({ figures, scribe }: ReportView): Block[] {
  const datasets = figures.departments.flatMap((each) => each.datasets);
  const dayCount = Math.max(0, ...datasets.map(({ days }) => days.length));
  const bars = Array.from({ length: dayCount }, (_, day) => {
    const statuses = datasets.map(({ days }) => days[day]);
    const met = statuses.filter((status) => status !== undefined && metStatuses.has(status)).length;
    const lost = statuses.filter((status) => status !== undefined && lostStatuses.has(status)).length;
    const value = met + lost === 0 ? undefined : met / (met + lost);
    const colour: Colour = lost === 0 ? 'good' : 'warning';
    return { label: String(day + 1), value, text: '', colour };
  });
  if (bars.every(({ value }) => value === undefined)) return [];
  const caption = {
    id: 'Bagian himpunan data yang dicadangkan, per hari, dari yang diketahui hasilnya',
    en: 'Share of datasets that were backed up, by day, of those whose outcome is known',
  };
  return [columnChart({ caption: scribe.text(caption), bars, maxValue: 1, limit: { value: 1, text: '100%' } })];
}

/** The states of each link of a department through the month. */
export function linkStrips(view: ReportView, { pd, links }: DepartmentFigures): Block[] {
  const { text } = view.scribe;
  if (links.length === 0) return [];
  const { fromMs, untilMs } = view.figures;
  const strips = links.map(({ site, layer, states, availabilityRatio, coverageRatio = 0 }) => ({
    label: `${siteName(view, pd, site)}, ${text(layerWords[layer])}`,
    spans: states,
    text: availabilityRatio === undefined ? text(unknownWords) : shareOf(view, availabilityRatio, coverageRatio),
  }));
  return [
    stateStrips({
      caption: text({
        id: 'Keadaan jaringan dalam bulan ini; ketersediaan (data tersedia)',
        en: 'State of the networks in this month; availability (share known)',
      }),
      fromMs,
      untilMs,
      strips,
      ticks: ticksOf(view.figures),
      words: {
        up: text({ id: 'terhubung', en: 'up' }),
        down: text({ id: 'terputus', en: 'down' }),
        unknown: text(unknownWords),
      },
    }),
  ];
}

const marks: Record<DayStatus, { mark: string; colour: Colour } | undefined> = {
  arrived: { mark: 'B', colour: 'good' },
  claimed: { mark: 'K', colour: 'warning' },
  partial: { mark: 'S', colour: 'warning' },
  failed: { mark: 'G', colour: 'bad' },
  missed: { mark: 'T', colour: 'bad' },
  unknown: { mark: '?', colour: 'unknown' },
  pending: { mark: '…', colour: 'none' },
  'not-due': undefined,
};

const markWords = {
  arrived: { id: 'B berhasil, ada di Pusat Data', en: 'B made and in the Pusat Data' },
  claimed: { id: 'K berhasil, belum terlihat di Pusat Data', en: 'K made, not seen in the Pusat Data' },
  partial: { id: 'S sebagian', en: 'S in part' },
  failed: { id: 'G gagal', en: 'G failed' },
  missed: { id: 'T tidak ada', en: 'T missed' },
  unknown: { id: '? tidak diketahui', en: '? unknown' },
  pending: { id: '… menunggu', en: '… pending' },
} as const;

/** A calendar of the backups of a department. */
export function calendarChart(view: ReportView, { pd, datasets }: DepartmentFigures): Block[] {
  const { text } = view.scribe;
  if (datasets.length === 0) return [];
  const statuses = Object.keys(markWords) as (keyof typeof markWords)[];
  return [
    backupCalendar({
      caption: text({ id: 'Kalender pencadangan', en: 'Calendar of the backups' }),
      dayCount: Math.max(...datasets.map(({ days }) => days.length)),
      rows: datasets.map(({ dataset, days }) => ({
        label: datasetName(view, pd, dataset),
        days: days.map((status) => marks[status]),
      })),
      legend: statuses
        .filter((status) => datasets.some(({ days }) => days.includes(status)))
        .map((status) => ({ colour: marks[status]?.colour ?? 'none', text: text(markWords[status]) })),
    }),
  ];
}

const mostBandwidthCharts = 3;

/** The daily 95th percentile of downloads against what was approved, of the first sites. */
export function bandwidthCharts(view: ReportView, { pd, bandwidth }: DepartmentFigures): Block[] {
  const { megabits, text } = view.scribe;
  const { fromMs, untilMs } = view.figures;
  return bandwidth.slice(0, mostBandwidthCharts).map(({ site, dailyP95Down, approvedDown }) => {
    const limit = approvedDown === undefined ? undefined : { value: approvedDown, text: text(approvalWords) };
    const name = siteName(view, pd, site);
    const caption = {
      id: `Lebar pita ${name}: P95 unduh per hari terhadap persetujuan (Mbps)`,
      en: `Bandwidth of ${name}: daily P95 down against the approval (Mbps)`,
    };
    const points = dailyP95Down.map((value, day) => ({
      atMs: fromMs + (day + 0.5) * dayMs,
      value: value ?? undefined,
    }));
    return lineChart({
      caption: text(caption),
      fromMs,
      untilMs,
      lines: [{ name: 'P95', points: points.filter(({ atMs }) => atMs < untilMs) }],
      ...(limit === undefined ? {} : { limit }),
      ticks: ticksOf(view.figures),
      inWords: (value) => megabits(value).text,
    });
  });
}

const approvalWords = { id: 'persetujuan', en: 'approved' };

function ticksOf({ fromMs, untilMs }: MonthFigures): { atMs: number; text: string }[] {
  return [1, 5, 10, 15, 20, 25, 30]
    .map((day) => ({ atMs: fromMs + (day - 1) * dayMs, text: String(day) }))
    .filter(({ atMs }) => atMs < untilMs);
}
