import type { Block, Cell, FormalDocument, Signature } from '../document.ts';
import { blanks, placeAndDay } from '../office.ts';
import type { Finding, LetterFacts } from './letter.ts';
import { gradePhrases, lawOf, timeInWords, yearOf } from './phrases.ts';

export interface Correspondence {
  nature: string;
  subject: string;
  enclosure?: string;
  to: string[];
  body: Block[];
  signature: Signature;
  copies: string[];
}

/** A letter: head, number and subject, addressee, text, signature, copies. */
export function correspondence(
  name: string,
  facts: Pick<LetterFacts, 'office' | 'timezone' | 'nowMs'>,
  letter: Correspondence,
  letterhead: FormalDocument['letterhead'] = facts.office.letterhead,
): FormalDocument {
  const { nature, subject, enclosure = '-', to, body, signature, copies } = letter;
  const year = yearOf(facts.nowMs, facts.timezone);
  return framed(name, facts, subject, letterhead, [
    { kind: 'paragraph', text: placeAndDay(facts.office, year), align: 'right' },
    {
      kind: 'facts',
      rows: [
        { label: 'Nomor', value: blanks.number },
        { label: 'Sifat', value: nature },
        { label: 'Lampiran', value: enclosure },
        { label: 'Hal', value: subject },
      ],
    },
    { kind: 'paragraph', text: ['Yth.', ...to, 'di', 'Tempat'].join('\n') },
    ...body,
    { kind: 'signatures', signatures: [signature] },
    { kind: 'paragraph', text: 'Tembusan:' },
    { kind: 'list', numbered: true, items: copies },
  ]);
}

export interface MinutesFrame {
  about: string;
  body: Block[];
  signatures: Signature[];
}

const party = (ordinal: string): Block => ({
  kind: 'facts',
  rows: [
    { label: 'Nama', value: blanks.text },
    { label: 'NIP', value: blanks.text },
    { label: 'Jabatan', value: `${blanks.text}, selanjutnya disebut ${ordinal}` },
  ],
});

/** A berita acara: title in the middle, no addressee, both parties, both signatures. */
export function minutes(
  name: string,
  facts: Pick<LetterFacts, 'office' | 'timezone' | 'nowMs'>,
  { about, body, signatures }: MinutesFrame,
): FormalDocument {
  const year = yearOf(facts.nowMs, facts.timezone);
  const opening = `Pada hari ini, ${blanks.day} tanggal ${blanks.day} bulan ${blanks.day} tahun ${year}, bertempat di ${blanks.text}, kami yang bertanda tangan di bawah ini:`;
  return framed(name, facts, `Berita Acara ${about}`, facts.office.letterhead, [
    { kind: 'heading', level: 1, text: 'BERITA ACARA' },
    { kind: 'paragraph', text: `NOMOR ${blanks.number}`, align: 'centre' },
    { kind: 'paragraph', text: `TENTANG\n${about.toUpperCase()}`, align: 'centre', bold: true },
    { kind: 'paragraph', text: opening },
    { kind: 'paragraph', text: '1.' },
    party('PIHAK PERTAMA'),
    { kind: 'paragraph', text: '2.' },
    party('PIHAK KEDUA'),
    ...body,
    {
      kind: 'paragraph',
      align: 'justify',
      text: 'Demikian Berita Acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.',
    },
    { kind: 'signatures', signatures },
  ]);
}

function framed(
  name: string,
  { timezone, nowMs }: Pick<LetterFacts, 'timezone' | 'nowMs'>,
  title: string,
  letterhead: FormalDocument['letterhead'],
  blocks: Block[],
): FormalDocument {
  const footer = `Disusun oleh Pantau pada ${timeInWords(nowMs, timezone)}`;
  return { name, title, language: 'id', letterhead, footer, isDraft: true, blocks, sheets: [] };
}

/** What was found, each with its law, since when, and what it rests on. */
export function findingsTable(findings: readonly Finding[], timezone: string): Block {
  return {
    kind: 'table',
    columns: [
      { title: 'No', weight: 0.45, align: 'right' },
      { title: 'Objek', weight: 1.4 },
      { title: 'Kewajiban', weight: 2.3 },
      { title: 'Kondisi', weight: 3 },
      { title: 'Sejak', weight: 1.5 },
      { title: 'Bukti', weight: 1.6 },
    ],
    rows: findings.map((finding, index): Cell[] => [
      { text: String(index + 1), number: index + 1 },
      { text: finding.part ?? 'Perangkat Daerah' },
      { text: `${finding.duty}\n(${lawOf(finding)})` },
      { text: `${sentence(gradePhrases[finding.grade])}: ${finding.reason}` },
      { text: timeInWords(finding.sinceMs, timezone) },
      { text: evidenceOf(finding.evidence) },
    ]),
  };
}

const shownEvidence = 2;

function evidenceOf(evidence: readonly string[]): string {
  if (evidence.length === 0) return 'tidak ada data yang masuk';
  const more = evidence.length - shownEvidence;
  return [...evidence.slice(0, shownEvidence), ...(more > 0 ? [`dan ${more} lainnya`] : [])].join('; ');
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function contactLines(facts: Pick<LetterFacts, 'diskominfo'>): string {
  const people = facts.diskominfo.contacts.map(({ name, role, phone, email }) =>
    [role === undefined ? name : `${name} (${role})`, phone, email].filter((part) => part !== undefined).join(', '),
  );
  return people.length === 0 ? blanks.text : people.join('; ');
}

export function closing(): Block {
  const text = 'Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.';
  return { kind: 'paragraph', text, align: 'justify' };
}
