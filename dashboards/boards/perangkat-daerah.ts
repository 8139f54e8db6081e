import { makeBoard } from '../board.ts';
import { incidentMarks } from '../panels/incident-marks.ts';
import { pdVariable } from '../panels/variables.ts';
import { chosenPd } from '../promql.ts';
import { backupRow } from './perangkat-daerah/backup-row.ts';
import { dutyRow } from './perangkat-daerah/duty-row.ts';
import { linkRow } from './perangkat-daerah/link-row.ts';
import { nodeRow } from './perangkat-daerah/node-row.ts';
import { nowRow } from './perangkat-daerah/now-row.ts';
import { trafficRow } from './perangkat-daerah/traffic-row.ts';

/** One department whole. */
export const perangkatDaerah = makeBoard({
  name: 'perangkat-daerah',
  title: 'Perangkat Daerah',
  description:
    'Satu Perangkat Daerah seutuhnya: kewajiban, pencadangan, jaringan, server, router, insiden, dan sertifikat.',
  variables: [pdVariable.one],
  annotations: [incidentMarks(chosenPd)],
  rows: () => [nowRow(), dutyRow(), backupRow(), linkRow(), nodeRow(), trafficRow()],
});
