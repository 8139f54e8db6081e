import type { Block } from '../../document.ts';
import { blanks, signatureOf } from '../../office.ts';
import { closing, correspondence, findingsTable } from '../frame.ts';
import type { Letter } from '../letter.ts';
import { legalBases, numbersNote, commonGrade, timeInWords, topicOf } from '../phrases.ts';

const ordinals = ['Pertama', 'Kedua', 'Ketiga'];

/** The Sekretaris Daerah reprimands a department that has not acted on a notice. */
export const suratTeguran: Letter = {
  name: 'surat-teguran',
  summary: 'reprimand of the Sekretaris Daerah to the head of a department that was given notice before',
  about: 'department',
  build(facts) {
    const { department, office, timezone, nowMs, order } = facts;
    // What the law's verb makes a mere note bears no reprimand.
    const findings = facts.findings.filter(({ grade }) => grade !== 'note');
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
        text: `Menindaklanjuti surat ${office.officials.kepalaDiskominfo.title} Nomor ${blanks.number} tanggal ${blanks.day} hal Pemberitahuan Hasil Pemantauan ${topicOf(findings)}, menurut hasil pemantauan sampai dengan ${timeInWords(nowMs, timezone)} Saudara ${isBreach ? 'belum memenuhi kewajiban' : 'belum menindaklanjuti hasil pemantauan'} sebagai berikut.`,
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
      closing(),
    ];
    return correspondence(`surat-teguran-${department.id}`, facts, {
      nature: 'Penting',
      subject,
      to: [`Kepala ${department.name}`],
      body,
      signature: signatureOf(office, 'sekretarisDaerah', []),
      copies: [`${facts.kepalaDaerah} (sebagai laporan)`, 'Inspektur Daerah', office.officials.kepalaDiskominfo.title],
    });
  },
};
