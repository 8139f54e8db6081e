import { type Board, makeBoard } from '../board.ts';
import { gradePanels, statusPanels, trendPanels } from './kepatuhan/counts.ts';
import { matrixPanel } from './kepatuhan/matrix.ts';
import { listPanels, summaryPanels } from './kepatuhan/tables.ts';
import { incidentMarks } from '../panels/incident-marks.ts';
import { labelVariable, pdVariable } from '../panels/variables.ts';
import { chosenPd } from '../promql.ts';

const regulationVariable = () =>
  labelVariable('regulation', 'Peraturan', 'Batasi papan ini pada peraturan tertentu.', {
    selector: 'pantau_obligation_info',
    label: 'regulation',
  });

export const kepatuhan: Board = makeBoard({
  name: 'kepatuhan',
  title: 'Kepatuhan',
  description:
    'Kewajiban menurut peraturan dan Pasalnya: patuh, belum dipenuhi menurut bobotnya, belum ada bukti, dan dikecualikan, tiap Perangkat Daerah dan dari waktu ke waktu.',
  variables: [pdVariable.any, regulationVariable],
  annotations: [incidentMarks(chosenPd)],
  from: 'now-30d',
  rows: () => [
    { title: 'Status sekarang', panels: statusPanels },
    { title: 'Bobot yang belum dipenuhi', panels: gradePanels },
    { title: 'Kewajiban × Perangkat Daerah', panels: [matrixPanel] },
    { title: 'Rangkuman', panels: summaryPanels },
    { title: 'Perkembangan', panels: trendPanels },
    { title: 'Daftar', panels: listPanels },
  ],
});
