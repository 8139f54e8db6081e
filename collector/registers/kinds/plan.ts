import { choice, column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const plan = {
  name: 'plan',
  title: { id: 'Dokumen Perencanaan', en: 'Plans' },
  docs: {
    id: 'Rencana induk, arsitektur, peta rencana, dan rencana pemulihan beserta masa berlakunya.',
    en: 'Master plan, architecture, road map and recovery plans, and how long they hold.',
  },
  pd: 'optional',
  columns: [
    choice('kind', 'required', ['Jenis', 'Kind'], {
      'rencana-induk': ['Rencana Induk SPBE', 'SPBE master plan'],
      arsitektur: ['Arsitektur SPBE', 'SPBE architecture'],
      'peta-rencana': ['Peta Rencana SPBE', 'SPBE road map'],
      'rencana-aksi': ['Rencana aksi', 'Plan of action'],
      'pemulihan-bencana': ['Rencana pemulihan bencana', 'Disaster recovery plan'],
      keberlangsungan: ['Rencana keberlangsungan layanan', 'Plan for continuity of services'],
    }),
    column('title', 'text', 'required', ['Judul', 'Title']),
    column('number', 'text', 'optional', ['Nomor Penetapan', 'Number of the decree']),
    column('validFrom', 'day', 'required', ['Berlaku Sejak', 'Valid from']),
    column('validUntil', 'day', 'required', ['Berlaku Sampai', 'Valid until']),
    column('reviewedOn', 'day', 'optional', ['Tanggal Reviu', 'Reviewed on']),
  ],
  order: [['validFrom', 'validUntil']],
} satisfies RegisterKind;
