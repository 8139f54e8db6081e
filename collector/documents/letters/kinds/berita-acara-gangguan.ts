import { signatureOf, unknownSignature } from '../../office.ts';
import { minutes } from '../frame.ts';
import { incidentBlocks } from '../incident-blocks.ts';
import type { Letter } from '../letter.ts';

/** What went wrong, put down by both sides. */
export const beritaAcaraGangguan: Letter = {
  name: 'berita-acara-gangguan',
  summary: 'record of a disruption: what, since when, what is affected, cause, handling',
  about: 'incident',
  build(facts) {
    const { incident, office } = facts;
    if (incident === undefined) return { refusal: 'no incident was named' };
    return minutes(`berita-acara-gangguan-${incident.id}`, facts, {
      about: `Gangguan pada ${facts.department.name}`,
      body: incidentBlocks(incident, facts),
      signatures: [
        unknownSignature('PIHAK KEDUA,', []),
        unknownSignature('PIHAK PERTAMA,', []),
        signatureOf(office, 'kepalaBidang', ['Mengetahui,']),
      ],
    });
  },
};
