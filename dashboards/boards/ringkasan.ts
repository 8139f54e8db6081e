import { makeBoard } from '../board.ts';
import { incidentMarks } from '../panels/incident-marks.ts';
import { backupRow } from './ringkasan/backup-row.ts';
import { coverageRow } from './ringkasan/coverage-row.ts';
import { linkRow } from './ringkasan/link-row.ts';
import { nowRow } from './ringkasan/now-row.ts';
import { redRow } from './ringkasan/red-row.ts';

/** The whole Pemda in a minute. */
export const ringkasan = makeBoard({
  name: 'ringkasan',
  title: 'Ringkasan Pemda',
  description:
    'Perangkat Daerah yang bermasalah, pencadangan malam ini, jaringan, insiden terbuka, dan cakupan pemantauan.',
  annotations: [incidentMarks('severity="critical"')],
  rows: () => [nowRow(), redRow(), backupRow(), linkRow(), coverageRow()],
});
