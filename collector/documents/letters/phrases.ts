import { formatLocalTime } from '../../../shared/local-time.ts';
import { dayAt } from '../../obligations/backup-history/local-days.ts';
import { nameOfCitation } from '../../obligations/citation.ts';
import type { Grade } from '../../../shared/states.ts';
import type { Finding } from './letter.ts';

/** What a letter calls a breach, never more than its grade. */
export const gradePhrases: Record<Grade, string> = {
  violation: 'belum memenuhi ketentuan',
  indication: 'indikasi belum memenuhi ketentuan',
  finding: 'temuan',
  note: 'catatan',
};

export function timeInWords(atMs: number, timezone: string): string {
  return formatLocalTime(atMs, timezone, 'id');
}

export function yearOf(atMs: number, timezone: string): string {
  return dayAt(atMs, timezone).slice(0, 4);
}

/** `Pasal 19 ayat (1) Peraturan Bupati Lebong Nomor 22 Tahun 2022` */
export function lawOf({ citation, regulation }: Pick<Finding, 'citation' | 'regulation'>): string {
  return `${nameOfCitation(citation)} ${regulation.shortTitle}`;
}

/** Each regulation once, with the provisions that are cited of it. */
export function legalBases(cited: readonly Pick<Finding, 'citation' | 'regulation'>[]): string[] {
  const provisions = new Map<string, { title: string; names: Set<string> }>();
  for (const { citation, regulation } of cited) {
    const known = provisions.get(regulation.id) ?? { title: regulation.title, names: new Set<string>() };
    known.names.add(nameOfCitation(citation));
    provisions.set(regulation.id, known);
  }
  return [...provisions.values()].map(({ title, names }) => `${title}, ${[...names].join(', ')}`);
}

/** The grade that all of them have; undefined when they differ: then nothing is said of all that holds of some only. */
export function commonGrade(findings: readonly Pick<Finding, 'grade'>[]): Grade | undefined {
  const first = findings[0]?.grade;
  return findings.every(({ grade }) => grade === first) ? first : undefined;
}

const topics: Record<Finding['kind'], string> = {
  backup: 'Pencadangan Data',
  link: 'Jaringan',
  service: 'Layanan dan Server',
  register: 'Administrasi SPBE',
};

/** What the letter is about, in the words of its subject line. */
export function topicOf(findings: readonly Pick<Finding, 'kind'>[]): string {
  const kinds = new Set(findings.map(({ kind }) => kind));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? topics[kind] : 'Infrastruktur SPBE';
}

/** That a number is ours and not the law's is never left out. */
export function numbersNote(findings: readonly Finding[]): string | undefined {
  const ours = findings.flatMap(({ numbers }, index) => (numbers === 'ours' ? [String(index + 1)] : []));
  if (ours.length === 0) return undefined;
  const which = ours.length === findings.length ? 'di atas' : `pada nomor ${ours.join(', ')}`;
  return `Angka batas ${which} adalah bawaan aplikasi, bukan angka dari peraturan, dan dapat ditetapkan lain oleh Pemerintah Daerah.`;
}
