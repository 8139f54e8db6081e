import { type Board, makeBoard } from '../board.ts';
import { evidencePanels } from './kolektor/evidence.ts';
import { healthPanels } from './kolektor/health.ts';
import { intakePanels } from './kolektor/intake.ts';
import { loadPanels } from './kolektor/load.ts';
import { tellingPanels } from './kolektor/telling.ts';
import { writingPanels } from './kolektor/writing.ts';

export const kolektor: Board = makeBoard({
  name: 'kolektor',
  title: 'Kolektor',
  description:
    'Kesehatan Pantau sendiri: laporan yang masuk, penilaian, pemberitahuan, penulisan riwayat, buku besar, laporan bulanan, dan beban mesinnya.',
  from: 'now-6h',
  rows: () => [
    { title: 'Keadaan kolektor', panels: healthPanels },
    { title: 'Laporan dan agen', panels: intakePanels },
    { title: 'Pemberitahuan', panels: tellingPanels },
    { title: 'Penulisan riwayat (remote write)', panels: writingPanels },
    { title: 'Buku besar dan laporan bulanan', panels: evidencePanels },
    { title: 'Beban', panels: loadPanels },
  ],
});
