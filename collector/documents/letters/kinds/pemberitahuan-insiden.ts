import { otherEndingInWords } from '../../../incidents/ending.ts';
import type { Block, Letterhead } from '../../document.ts';
import { blanks, unknownSignature } from '../../office.ts';
import { correspondence } from '../frame.ts';
import { lastedInWords } from '../incident-blocks.ts';
import type { Letter, LetterFacts } from '../letter.ts';
import { lawOf, legalBases, timeInWords } from '../phrases.ts';

/**
 * A department tells Diskominfo and the owner of the data of a serious failure that somebody else caused, where a
 * regulation asks for it. Whether somebody else caused it is for people to say; as long as nobody has, the draft says so.
 */
export const pemberitahuanInsiden: Letter = {
  name: 'pemberitahuan-insiden',
  summary: 'written notice of a serious failure that another party caused, to Diskominfo and the owner of the data',
  about: 'incident',
  build(facts) {
    const { incident, noticeDuties, department } = facts;
    if (incident === undefined) return { refusal: 'no incident was named' };
    if (noticeDuties.length === 0) {
      return { refusal: 'none of the regulations that are configured asks for a written notice of an incident' };
    }
    if (!incident.isSerious) {
      return {
        refusal: `incident ${incident.id} is not serious (${incident.severity}); the duty speaks of serious failures only`,
      };
    }
    if (incident.byOtherParty === false) {
      return { refusal: `incident ${incident.id} was not caused by another party, of which alone the duty speaks` };
    }
    const letterhead: Letterhead = {
      pemda: facts.office.letterhead.pemda,
      office: department.name,
      lines: [blanks.text],
    };
    const letter = {
      nature: 'Segera',
      subject: 'Pemberitahuan Gangguan Sistem Berdampak Serius',
      to: [`1. Kepala ${facts.diskominfo.name}`, `2. Walidata: ${blanks.text}`],
      body: bodyOf(facts, incident),
      signature: unknownSignature(`Kepala ${department.name},`, []),
      copies: [facts.office.officials.sekretarisDaerah.title],
    };
    return correspondence(`pemberitahuan-insiden-${incident.id}`, facts, letter, letterhead);
  },
};

function bodyOf(facts: LetterFacts, incident: NonNullable<LetterFacts['incident']>): Block[] {
  const { timezone, nowMs, department, noticeDuties } = facts;
  const { sinceMs, resolvedAtMs, otherEnding, byOtherParty } = incident;
  const end =
    resolvedAtMs === undefined
      ? `belum pulih pada ${timeInWords(nowMs, timezone)}`
      : `${otherEnding === undefined ? 'pulih' : `${otherEndingInWords(otherEnding, 'id')},`} ${timeInWords(resolvedAtMs, timezone)}`;
  const party =
    byOtherParty === true
      ? 'dinyatakan akibat perbuatan pihak lain'
      : `belum ditetapkan apakah akibat perbuatan pihak lain; ${blanks.text}`;
  return [
    {
      kind: 'paragraph',
      align: 'justify',
      text: `Dengan ini dilaporkan kegagalan atau gangguan sistem yang berdampak serius pada ${department.name} sebagai berikut.`,
    },
    { kind: 'paragraph', text: '1. Dasar:' },
    { kind: 'list', numbered: false, items: legalBases(noticeDuties) },
    { kind: 'paragraph', text: '2. Keadaan menurut pemantauan:' },
    {
      kind: 'facts',
      rows: [
        { label: 'Yang terganggu', value: incident.part ?? department.name },
        { label: 'Kewajiban terkait', value: `${incident.duty} (${lawOf(incident)})` },
        { label: 'Sejak', value: timeInWords(sinceMs, timezone) },
        { label: 'Diketahui', value: timeInWords(incident.openedAtMs, timezone) },
        { label: 'Keadaan', value: end },
        { label: 'Durasi', value: lastedInWords(incident, nowMs) },
        { label: 'Penyebab', value: incident.cause ?? `belum diketahui; ${blanks.text}` },
        { label: 'Pihak lain', value: party },
        { label: 'Nomor insiden', value: incident.id },
      ],
    },
    { kind: 'paragraph', text: `3. Data yang terdampak dan pengamanan yang sudah dilakukan: ${blanks.text}` },
    { kind: 'paragraph', text: `4. Bantuan yang diperlukan: ${blanks.text}` },
    {
      kind: 'paragraph',
      align: 'justify',
      text: 'Demikian dilaporkan, atas perhatian Saudara diucapkan terima kasih.',
    },
  ];
}
