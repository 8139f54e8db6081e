import { choice, column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const report = {
  name: 'report',
  title: { id: 'Laporan yang Disampaikan', en: 'Reports handed in' },
  docs: {
    id: 'Laporan supervisi, meja layanan, aset, insiden, dan koordinasi yang telah disampaikan.',
    en: 'Reports on supervision, service desk, assets, incidents and coordination that were handed in.',
  },
  pd: 'optional',
  columns: [
    choice('kind', 'required', ['Jenis', 'Kind'], {
      supervisi: ['Supervisi', 'Supervision'],
      'supervisi-pencadangan': ['Supervisi pencadangan', 'Supervision of backups'],
      'meja-layanan': ['Meja layanan', 'Service desk'],
      aset: ['Aset', 'Assets'],
      insiden: ['Insiden', 'Incident'],
      koordinasi: ['Koordinasi', 'Coordination'],
    }),
    column('date', 'day', 'required', ['Tanggal', 'Date']),
    column('recipient', 'text', 'required', ['Disampaikan Kepada', 'Handed in to']),
    column('number', 'text', 'optional', ['Nomor Surat', 'Number of the letter']),
    column('incident', 'incident', 'optional', ['Insiden', 'Incident']),
  ],
} satisfies RegisterKind;
