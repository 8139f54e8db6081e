import type { Grade } from '../../../../shared/states.ts';
import type { Block } from '../../document.ts';
import { blanks, signatureOf } from '../../office.ts';
import { closing, contactLines, correspondence, findingsTable } from '../frame.ts';
import type { Letter } from '../letter.ts';
import { legalBases, numbersNote, commonGrade, timeInWords, topicOf } from '../phrases.ts';

/** What is asked for depends on what was found: nobody is told to mend what is only a note. */
const requests: Record<Grade, string> = {
  violation:
    'Saudara dimohon segera memenuhi kewajiban sebagaimana tersebut di atas dan menyampaikan hasilnya secara tertulis',
  indication:
    'Saudara dimohon memeriksa keadaan tersebut, menindaklanjutinya, dan menyampaikan penjelasan secara tertulis',
  finding: 'Saudara dimohon menindaklanjuti temuan tersebut dan menyampaikan hasilnya secara tertulis',
  note: 'Hal tersebut disampaikan sebagai bahan perhatian; tanggapan tertulis dapat disampaikan',
};

const mixedRequest =
  'Saudara dimohon menindaklanjuti hasil pemantauan tersebut sesuai dengan kondisinya masing-masing dan menyampaikan hasilnya secara tertulis';

/** Diskominfo tells a department what was found. */
export const suratPemberitahuan: Letter = {
  name: 'surat-pemberitahuan',
  summary: 'notice of Diskominfo to the head of a department on what was found there',
  about: 'department',
  build(facts) {
    const { findings, department, office, timezone, nowMs } = facts;
    if (findings.length === 0) {
      return {
        refusal: `nothing that ${department.name} must act on is breached, so there is nothing to give notice of`,
      };
    }
    if (department.id === facts.diskominfo.pd) {
      return {
        refusal: `${department.name} would give notice to itself; what it must mend is recorded by berita-acara-gangguan, and the Sekretaris Daerah writes to it by surat-teguran`,
      };
    }
    const note = numbersNote(findings);
    const grade = commonGrade(findings);
    const body: Block[] = [
      {
        kind: 'paragraph',
        align: 'justify',
        text: `Dalam rangka pemantauan infrastruktur Sistem Pemerintahan Berbasis Elektronik di lingkungan ${facts.pemda}, bersama ini disampaikan hal-hal sebagai berikut.`,
      },
      { kind: 'paragraph', text: '1. Dasar:' },
      { kind: 'list', numbered: false, items: legalBases(findings) },
      { kind: 'paragraph', text: `2. Hasil pemantauan sampai dengan ${timeInWords(nowMs, timezone)}:` },
      findingsTable(findings, timezone),
      ...(note === undefined ? [] : [{ kind: 'paragraph' as const, text: note, small: true }]),
      {
        kind: 'paragraph',
        align: 'justify',
        text: `3. ${grade === undefined ? mixedRequest : requests[grade]} paling lambat ${blanks.day} hari kerja sejak surat ini diterima.`,
      },
      { kind: 'paragraph', text: `4. Narahubung: ${contactLines(facts)}.` },
      closing(),
    ];
    return correspondence(`surat-pemberitahuan-${department.id}`, facts, {
      nature: 'Segera',
      subject: `Pemberitahuan Hasil Pemantauan ${topicOf(findings)}`,
      to: [`Kepala ${department.name}`],
      body,
      signature: signatureOf(office, 'kepalaDiskominfo', []),
      copies: [`${office.officials.sekretarisDaerah.title} (sebagai laporan)`],
    });
  },
};
