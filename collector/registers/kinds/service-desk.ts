import { choice, column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const serviceDesk = {
  name: 'service-desk',
  title: { id: 'Meja Layanan', en: 'Service desk' },
  docs: {
    id: 'Keluhan, gangguan, masalah, dan permintaan; gangguan yang ditemukan Pantau tercatat sendiri.',
    en: 'Complaints, faults, problems and requests; faults that Pantau finds are recorded by themselves.',
  },
  pd: 'optional',
  columns: [
    column('openedAt', 'time', 'required', ['Waktu Masuk', 'Opened at']),
    choice('kind', 'required', ['Jenis', 'Kind'], {
      keluhan: ['Keluhan', 'Complaint'],
      gangguan: ['Gangguan', 'Fault'],
      masalah: ['Masalah', 'Problem'],
      permintaan: ['Permintaan', 'Request'],
      perubahan: ['Perubahan', 'Change'],
    }),
    column('reporter', 'text', 'required', ['Pelapor', 'Reporter']),
    column('summary', 'text', 'required', ['Uraian', 'Summary']),
    choice('status', 'required', ['Status', 'Status'], {
      terbuka: ['Terbuka', 'Open'],
      ditangani: ['Ditangani', 'In handling'],
      selesai: ['Selesai', 'Done'],
    }),
    column('closedAt', 'time', 'optional', ['Waktu Selesai', 'Closed at']),
    column('incident', 'incident', 'optional', ['Insiden', 'Incident']),
  ],
  order: [['openedAt', 'closedAt']],
} satisfies RegisterKind;
