import { type Board, makeBoard } from '../board.ts';
import { bandwidthPanels } from './jaringan-intra/bandwidth.ts';
import { layerVariable } from './jaringan-intra/layers.ts';
import { exceptionPanels, statePanels, timelinePanels } from './jaringan-intra/now.ts';
import { availabilityPanels, qualityPanels } from './jaringan-intra/quality.ts';
import { routerPanels } from './jaringan-intra/routers.ts';
import { chosen } from './jaringan-intra/sites.ts';
import { incidentMarks } from '../panels/incident-marks.ts';
import { labelVariable, pdVariable } from '../panels/variables.ts';

const siteVariable = () =>
  labelVariable('site', 'Lokasi', 'Batasi papan ini pada lokasi tertentu.', {
    selector: 'pantau_site_info{pd=~"$pd"}',
    label: 'site',
  });

export const jaringanIntra: Board = makeBoard({
  name: 'jaringan-intra',
  title: 'Jaringan Intra',
  description:
    'LAN dan WAN tiap lokasi, ketersediaan, waktu tempuh, paket hilang, lebar pita terhadap persetujuan, router, dan server di luar Jaringan Intra.',
  variables: [pdVariable.any, siteVariable, layerVariable],
  annotations: [incidentMarks(chosen)],
  rows: () => [
    { title: 'Keadaan sekarang', panels: statePanels },
    { title: 'Gangguan', panels: exceptionPanels },
    { title: 'Dari waktu ke waktu', panels: timelinePanels },
    { title: 'Ketersediaan', panels: availabilityPanels },
    { title: 'Mutu sambungan', panels: qualityPanels },
    { title: 'Lebar pita', panels: bandwidthPanels },
    { title: 'Router', panels: routerPanels },
  ],
});
