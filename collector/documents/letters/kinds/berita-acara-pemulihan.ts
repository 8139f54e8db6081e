import { otherEndingInWords } from '../../../incidents/ending.ts';
import { signatureOf, unknownSignature } from '../../office.ts';
import { minutes } from '../frame.ts';
import { incidentBlocks } from '../incident-blocks.ts';
import type { Letter } from '../letter.ts';

/** That a disruption is over, put down by both sides. */
export const beritaAcaraPemulihan: Letter = {
  name: 'berita-acara-pemulihan',
  summary: 'record of a recovery: a disruption that is over, how long it took, what was done',
  about: 'incident',
  build(facts) {
    const { incident, office } = facts;
    if (incident === undefined) return { refusal: 'no incident was named' };
    if (incident.resolvedAtMs === undefined) return { refusal: `incident ${incident.id} is not over yet` };
    if (incident.otherEnding !== undefined) {
      const ending = otherEndingInWords(incident.otherEnding, 'en');
      return { refusal: `nothing shows that incident ${incident.id} recovered. ${ending}` };
    }
    return minutes(`berita-acara-pemulihan-${incident.id}`, facts, {
      about: `Pemulihan Gangguan pada ${facts.department.name}`,
      body: incidentBlocks(incident, facts),
      signatures: [
        unknownSignature('PIHAK KEDUA,', []),
        unknownSignature('PIHAK PERTAMA,', []),
        signatureOf(office, 'kepalaBidang', ['Mengetahui,']),
      ],
    });
  },
};
