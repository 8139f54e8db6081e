import type { Row } from '../../layout.ts';
import { backupCalendar } from '../../panels/backup-calendar.ts';
import { backupsAgainstDue } from '../../panels/backup-table.ts';
import { chosenPd } from '../../promql.ts';

export const backupRow = (): Row => ({
  title: 'Pencadangan',
  panels: [backupsAgainstDue(chosenPd, { width: 24, height: 7 }), backupCalendar(chosenPd, { width: 24, height: 7 })],
});
