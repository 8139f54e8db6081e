import { stateOf, unknownState, withDatasetName, withPdName } from '../promql.ts';
import { colours } from './colours.ts';
import { toPdOfRow } from './links.ts';
import { named, neverIsGrey, proofLevels, unknownText } from './mappings.ts';
import { type BoardPanel, lowest, type Steps } from './panel.ts';
import { type LabelColumn, table } from './table.ts';

/** Of one dataset, whoever tells it. */
export const perDataset = (metric: string, filter: string): string => `max by (pd, dataset) (${metric}{${filter}})`;

/** 0 on time, 1 overdue, 0.5 not known. */
export const overdueState = (filter: string): string => stateOf(`pantau_backup_overdue{${filter}}`, 'pd, dataset');

export const overdueWords = named([
  [0, 'Tepat waktu', colours.good],
  [unknownState, unknownText, colours.unknown],
  [1, 'Terlambat', colours.bad],
]);

/** Seconds that are left until the deadline with its grace; below zero it is over. */
export const secondsLeft = (filter: string): string =>
  `${perDataset('pantau_backup_next_due_timestamp_seconds', filter)} + ${perDataset('pantau_backup_grace_seconds', filter)} - time()`;

const overIsBad: Steps = [
  [lowest, colours.bad],
  [0, colours.warning],
  [2 * 3600, colours.good],
];

export const datasetLabels: readonly LabelColumn[] = [
  { label: 'name', title: 'Perangkat Daerah', link: toPdOfRow },
  { label: 'dataset_name', title: 'Himpunan data' },
  { label: 'schedule', title: 'Jadwal (cron)' },
  { label: 'pd', title: 'Kode PD', hidden: true },
  { label: 'dataset', title: 'Kode himpunan data', hidden: true },
];

/** Every dataset with its newest good backup against its deadline, the one that is most overdue first. */
export function backupsAgainstDue(filter: string, size: { width: number; height: number }): BoardPanel {
  const success = perDataset('pantau_backup_last_success_timestamp_seconds', filter);
  return table({
    title: 'Umur cadangan terhadap batas waktu',
    description:
      'Cadangan terakhir yang terbukti, jatuh tempo berikutnya, dan sisa waktu sampai tenggang habis (tenggang dan batas warna: bawaan aplikasi bila tidak diatur). Sisa waktu negatif berarti terlambat.',
    ...size,
    labels: datasetLabels,
    values: [
      { title: 'Keadaan', expr: withDatasetName(withPdName(overdueState(filter))), mappings: [overdueWords] },
      { title: 'Umur', expr: `time() - ${success}`, unit: 's', mappings: [neverIsGrey] },
      {
        title: 'Jatuh tempo',
        expr: `${perDataset('pantau_backup_next_due_timestamp_seconds', filter)} * 1000`,
        unit: 'dateTimeAsSystem',
      },
      { title: 'Tenggang', expr: perDataset('pantau_backup_grace_seconds', filter), unit: 's' },
      { title: 'Sisa waktu', expr: secondsLeft(filter), unit: 's', steps: overIsBad },
      { title: 'Bukti', expr: perDataset('pantau_backup_proof_level', filter), mappings: [proofLevels] },
      { title: 'Ukuran', expr: perDataset('pantau_backup_size_bytes', filter), unit: 'bytes' },
      { title: 'Salinan', expr: perDataset('pantau_backup_copies', filter), decimals: 0 },
    ],
    sort: [{ by: 'Keadaan', descending: true }, { by: 'Sisa waktu' }],
  });
}
