import type { Row } from '../../layout.ts';
import {
  gradeWeight,
  gradeWeights,
  noGrade,
  verdictWeight,
  verdictWeights,
  withDutyTitle,
} from '../../panels/duty-words.ts';
import { openIncidents } from '../../panels/incidents.ts';
import { boardLink } from '../../panels/links.ts';
import { table } from '../../panels/table.ts';
import { chosenPd } from '../../promql.ts';

const toCompliance = boardLink('Buka papan Kepatuhan', 'kepatuhan', { pd: '${pd}' });

const duties = () =>
  table({
    title: 'Kewajiban',
    description:
      'Semua kewajiban Perangkat Daerah ini beserta dasar hukum dan penilaiannya, yang memerlukan tindakan di atas. Bobotnya tidak pernah melebihi kata kerja peraturannya.',
    width: 24,
    height: 9,
    labels: [
      { label: 'title', title: 'Kewajiban', link: toCompliance, widthPixels: 420 },
      { label: 'subject', title: 'Hal yang dinilai' },
      { label: 'regulation', title: 'Peraturan' },
      { label: 'pasal', title: 'Pasal', widthPixels: 70 },
      { label: 'ayat', title: 'Ayat', widthPixels: 70 },
      { label: 'huruf', title: 'Huruf', widthPixels: 70 },
    ],
    values: [
      { title: 'Penilaian', expr: withDutyTitle(verdictWeight(chosenPd)), mappings: [verdictWeights] },
      { title: 'Bobot', expr: gradeWeight(chosenPd), mappings: [gradeWeights, noGrade] },
    ],
    sort: [
      { by: 'Penilaian', descending: true },
      { by: 'Bobot', descending: true },
    ],
  });

export const dutyRow = (): Row => ({
  title: 'Insiden dan kewajiban',
  panels: [openIncidents(chosenPd, { width: 24, height: 6 }), duties()],
});
