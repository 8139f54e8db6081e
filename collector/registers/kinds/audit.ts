import { choice, column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const audit = {
  name: 'audit',
  title: { id: 'Audit TIK', en: 'ICT audits' },
  docs: {
    id: 'Audit infrastruktur, aplikasi, dan keamanan yang telah dilaksanakan.',
    en: 'Audits of infrastructure, applications and security that were carried out.',
  },
  pd: 'optional',
  columns: [
    choice('scope', 'required', ['Cakupan', 'Scope'], {
      infrastruktur: ['Infrastruktur', 'Infrastructure'],
      aplikasi: ['Aplikasi', 'Applications'],
      keamanan: ['Keamanan', 'Security'],
    }),
    column('date', 'day', 'required', ['Tanggal', 'Date']),
    column('auditor', 'text', 'required', ['Auditor', 'Auditor']),
    choice('auditorKind', 'required', ['Jenis Auditor', 'Kind of auditor'], {
      internal: ['Internal', 'Internal'],
      eksternal: ['Eksternal', 'External'],
    }),
    column('result', 'text', 'optional', ['Hasil', 'Result']),
    column('number', 'text', 'optional', ['Nomor Laporan', 'Number of the report']),
    column('reportedTo', 'text', 'optional', ['Dilaporkan Kepada', 'Reported to']),
    column('reportedOn', 'day', 'optional', ['Tanggal Dilaporkan', 'Reported on']),
  ],
  order: [['date', 'reportedOn']],
} satisfies RegisterKind;
