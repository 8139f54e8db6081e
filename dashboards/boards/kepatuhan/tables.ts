import { colours } from '../../panels/colours.ts';
import { gradeNames } from '../../panels/duty-words.ts';
import { toPdOfRow } from '../../panels/links.ts';
import { type BoardPanel, lowest, type Steps } from '../../panels/panel.ts';
import { type LabelColumn, table } from '../../panels/table.ts';
import { withPdName } from '../../promql.ts';
import * as asked from './expressions.ts';
import { wholeDepartment } from './words.ts';

const department: readonly LabelColumn[] = [
  { label: 'pd', title: 'Kode', hidden: true },
  { label: 'name', title: 'Perangkat Daerah', link: toPdOfRow },
];

const duty: readonly LabelColumn[] = [
  { label: 'title', title: 'Kewajiban' },
  { label: 'pasal', title: 'Pasal', widthPixels: 70 },
  { label: 'ayat', title: 'Ayat', widthPixels: 60 },
  { label: 'huruf', title: 'Huruf', widthPixels: 65 },
  { label: 'regulation', title: 'Peraturan' },
];

const fromOne = (colour: (typeof colours)[keyof typeof colours]): Steps => [
  [lowest, colours.notApplicable],
  [1, colour],
];

const whole = { decimals: 0, widthPixels: 125 };

const perObligation = table({
  title: 'Menurut kewajiban',
  description: 'Banyaknya penilaian tiap kewajiban menurut status, yang paling banyak belum dipenuhi di atas.',
  labels: duty,
  values: [
    {
      expr: asked.withTitle(asked.countOfObligation('breached')),
      title: 'Belum dipenuhi',
      ...whole,
      steps: fromOne(colours.serious),
    },
    {
      expr: asked.countOfObligation('no-evidence'),
      title: 'Belum ada bukti',
      ...whole,
      steps: fromOne(colours.unknown),
    },
    { expr: asked.countOfObligation('waived'), title: 'Dikecualikan', ...whole, steps: fromOne(colours.neutral) },
    { expr: asked.countOfObligation('compliant'), title: 'Patuh', ...whole, steps: fromOne(colours.good) },
    { expr: asked.countOfObligation('not-applicable'), title: 'Tidak berlaku', ...whole },
  ],
  sort: [{ by: 'Belum dipenuhi', descending: true }],
  width: 24,
  height: 10,
});

const perDepartment = table({
  title: 'Menurut Perangkat Daerah',
  description: 'Banyaknya penilaian tiap Perangkat Daerah menurut bobot dan status, pelanggaran terbanyak di atas.',
  labels: department,
  values: [
    {
      expr: withPdName(asked.gradeOfPd('violation')),
      title: 'Pelanggaran',
      ...whole,
      steps: fromOne(colours.bad),
    },
    {
      expr: asked.gradeOfPd('indication'),
      title: 'Indikasi pelanggaran',
      ...whole,
      widthPixels: 160,
      steps: fromOne(colours.serious),
    },
    { expr: asked.gradeOfPd('finding'), title: 'Temuan', ...whole, steps: fromOne(colours.warning) },
    { expr: asked.gradeOfPd('note'), title: 'Catatan', ...whole, steps: fromOne(colours.note) },
    { expr: asked.countOfPd('no-evidence'), title: 'Belum ada bukti', ...whole, steps: fromOne(colours.unknown) },
    { expr: asked.countOfPd('waived'), title: 'Dikecualikan', ...whole, steps: fromOne(colours.neutral) },
    { expr: asked.countOfPd('compliant'), title: 'Patuh', ...whole, steps: fromOne(colours.good) },
  ],
  sort: [
    { by: 'Pelanggaran', descending: true },
    { by: 'Indikasi pelanggaran', descending: true },
  ],
  width: 24,
  height: 12,
});

const subject: LabelColumn = { label: 'subject', title: 'Hal yang dinilai', mappings: [wholeDepartment] };

const list = (title: string, description: string, expr: string, labels: readonly LabelColumn[]): BoardPanel =>
  table({
    title,
    description,
    labels: [...department, ...duty, ...labels],
    values: [{ expr, title: 'Penilaian', hidden: true }],
    sort: [{ by: 'Perangkat Daerah' }],
    normallyEmpty: true,
    width: 24,
    height: 10,
  });

export const summaryPanels: readonly BoardPanel[] = [perObligation, perDepartment];

export const listPanels: readonly BoardPanel[] = [
  list(
    'Yang belum dipenuhi',
    'Setiap penilaian yang belum dipenuhi dengan bobot, Pasal, dan hal yang dinilai. Alasan dan buktinya ada pada Pantau sendiri.',
    asked.breaches,
    [subject, { label: 'grade', title: 'Bobot', mappings: [gradeNames] }],
  ),
  list(
    'Yang belum ada buktinya',
    'Setiap penilaian yang buktinya belum ada: agen belum dipasang, data belum didaftarkan, atau laporan belum datang.',
    asked.verdictsWith('no-evidence'),
    [subject],
  ),
  list(
    'Yang dikecualikan',
    'Setiap penilaian yang dikecualikan dari kewajiban. Persetujuan dan masa berlakunya ada pada konfigurasi Pantau.',
    asked.verdictsWith('waived'),
    [subject],
  ),
];
