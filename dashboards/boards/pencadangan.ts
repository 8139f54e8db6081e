import { makeBoard } from '../board.ts';
import { incidentMarks } from '../panels/incident-marks.ts';
import { labelVariable, pdVariable } from '../panels/variables.ts';
import { chosenPd } from '../promql.ts';
import { calendarRow, dueRow } from './pencadangan/due-row.ts';
import { nowRow } from './pencadangan/now-row.ts';
import { proofRow } from './pencadangan/proof-row.ts';
import { restoreRow } from './pencadangan/restore-row.ts';
import { sizeRow } from './pencadangan/size-row.ts';
import { vaultRow } from './pencadangan/vault-row.ts';

const datasetVariable = () =>
  labelVariable('dataset', 'Himpunan data', 'Batasi papan ini pada himpunan data tertentu.', {
    selector: `pantau_dataset_info{${chosenPd}}`,
    label: 'dataset',
  });

/** What is backed up, when, how large, and how far it is proven. */
export const pencadangan = makeBoard({
  name: 'pencadangan',
  title: 'Pencadangan',
  description:
    'Kalender pencadangan, umur terhadap batas waktu, ukuran, tingkat bukti, uji pemulihan, dan tempat penyimpanan.',
  variables: [pdVariable.any, datasetVariable],
  annotations: [incidentMarks(`${chosenPd}, kind="backup"`)],
  from: 'now-7d',
  rows: () => [nowRow(), calendarRow(), dueRow(), sizeRow(), proofRow(), restoreRow(), vaultRow()],
});
