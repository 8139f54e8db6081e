import { formatLocalTime } from '../../../../shared/local-time.ts';
import type { Block } from '../../document.ts';
import { blanks, signatureOf } from '../../office.ts';
import { closing, correspondence, findingsTable } from '../frame.ts';
import type { Finding, Letter, LetterFacts } from '../letter.ts';
import { legalBases, numbersNote, commonGrade, timeInWords, topicOf } from '../phrases.ts';

const ordinals = ['Pertama', 'Kedua', 'Ketiga'];

/** The Sekretaris Daerah reprimands a department that has not acted on a notice. */
export const suratTeguran: Letter = {
  name: 'surat-teguran',
  summary: 'reprimand of the Sekretaris Daerah to the head of a department that was given notice before',
  about: 'department',
  build(facts) {
    const { department, office, timezone, nowMs, order } = facts;
    const findings = reprimandable(facts);
    if (findings.length === 0) {
      return {
        refusal: `nothing was found at ${department.name} that bears a reprimand: notes and what is not breached do not`,
      };
    }
    const isBreach = commonGrade(findings) === 'violation';
    const subject = `Teguran ${ordinals[order - 1] ?? blanks.day}`;
    const note = numbersNote(findings);
    const body: Block[] = [
      {
        kind: 'paragraph',
        align: 'justify',
        text: `${referenceOf(facts, findings)} hasil pemantauan sampai dengan ${timeInWords(nowMs, timezone)} Saudara ${isBreach ? 'belum memenuhi kewajiban' : 'belum menindaklanjuti hasil pemantauan'} sebagai berikut.`,
      },
      { kind: 'paragraph', text: '1. Dasar:' },
      { kind: 'list', numbered: false, items: legalBases(findings) },
      {
        kind: 'paragraph',
        text: isBreach ? '2. Kewajiban yang belum dipenuhi:' : '2. Hal yang belum ditindaklanjuti:',
      },
      findingsTable(findings, timezone),
      ...(note === undefined ? [] : [{ kind: 'paragraph' as const, text: note, small: true }]),
      {
        kind: 'paragraph',
        align: 'justify',
        text: `3. Saudara diminta menyelesaikan hal tersebut dan melaporkan hasilnya secara tertulis kepada ${office.officials.sekretarisDaerah.title} paling lambat ${blanks.day} hari kerja sejak surat ini diterima.`,
      },
      {
        kind: 'paragraph',
        align: 'justify',
        text: `4. Akibat apabila tidak dipenuhi: ${blanks.text} (diisi oleh pejabat, hanya apabila diatur dalam peraturan).`,
      },
      { kind: 'paragraph', text: draftersNote(facts, findings), small: true },
      closing(),
    ];
    const letterhead = { pemda: office.letterhead.pemda, office: 'Sekretariat Daerah', lines: [blanks.text] };
    const letter = {
      nature: 'Penting',
      subject,
      to: [`Kepala ${department.name}`],
      body,
      signature: signatureOf(office, 'sekretarisDaerah', []),
      copies: [
        `${facts.kepalaDaerah} (sebagai laporan)`,
        'Inspektur Daerah',
        ...(isDiskominfo(facts) ? [] : [office.officials.kepalaDiskominfo.title]),
      ],
    };
    return correspondence(`surat-teguran-${department.id}-${order}`, facts, letter, letterhead);
  },
  caution(facts) {
    const { timezone, order } = facts;
    const before = order === 1 ? 'no notice' : 'neither a notice nor a reprimand';
    const since = formatLocalTime(earliestMs(reprimandable(facts)), timezone, 'en');
    return `Pantau knows of ${before} that was sent before: a letter that is drafted is not recorded. What was found stands since ${since}`;
  },
};

/** What the law's verb makes a mere note bears no reprimand. */
function reprimandable({ findings }: LetterFacts): Finding[] {
  return findings.filter(({ grade }) => grade !== 'note');
}

function isDiskominfo({ department, diskominfo }: LetterFacts): boolean {
  return department.id === diskominfo.pd;
}

function earliestMs(findings: readonly Finding[]): number {
  return Math.min(...findings.map(({ sinceMs }) => sinceMs));
}

/** Diskominfo gives no notice to itself, so that none can be referred to. */
function referenceOf(facts: LetterFacts, findings: readonly Finding[]): string {
  if (isDiskominfo(facts)) return 'Berdasarkan';
  const { title } = facts.office.officials.kepalaDiskominfo;
  return `Menindaklanjuti surat ${title} Nomor ${blanks.number} tanggal ${blanks.day} hal Pemberitahuan Hasil Pemantauan ${topicOf(findings)}, menurut`;
}

/** Whoever signs must know that nothing here shows that notice was given before, and how old the matter is. */
function draftersNote({ order, timezone }: LetterFacts, findings: readonly Finding[]): string {
  const before = order === 1 ? 'surat pemberitahuan' : 'surat pemberitahuan atau teguran';
  const since = timeInWords(earliestMs(findings), timezone);
  return `Catatan konsep (dihapus sebelum ditandatangani): Pantau tidak mengetahui adanya ${before} yang telah dikirim sebelumnya, karena surat yang dikonsep tidak dicatat; hal di atas berlangsung sejak ${since}.`;
}
