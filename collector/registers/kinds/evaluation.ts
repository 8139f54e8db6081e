import { choice, column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const evaluation = {
  name: 'evaluation',
  title: { id: 'Evaluasi dan Pemantauan SPBE', en: 'Evaluations of SPBE' },
  docs: {
    id: 'Evaluasi mandiri, penilaian asesor, dan pemantauan yang telah dilaksanakan.',
    en: 'Self-evaluations, assessments and monitoring that were carried out.',
  },
  pd: 'optional',
  columns: [
    choice('kind', 'required', ['Jenis', 'Kind'], {
      mandiri: ['Evaluasi mandiri', 'Self-evaluation'],
      asesor: ['Penilaian asesor', 'Assessment'],
      eksternal: ['Evaluasi eksternal', 'External evaluation'],
      pemantauan: ['Pemantauan', 'Monitoring'],
      'kinerja-keamanan': ['Kinerja keamanan informasi', 'Performance of information security'],
    }),
    column('date', 'day', 'required', ['Tanggal', 'Date']),
    column('by', 'text', 'required', ['Pelaksana', 'Carried out by']),
    column('score', 'number', 'optional', ['Nilai', 'Score']),
    column('number', 'text', 'optional', ['Nomor Dokumen', 'Number of the document']),
    column('reportedTo', 'text', 'optional', ['Dilaporkan Kepada', 'Reported to']),
    column('reportedOn', 'day', 'optional', ['Tanggal Dilaporkan', 'Reported on']),
  ],
  order: [['date', 'reportedOn']],
} satisfies RegisterKind;
