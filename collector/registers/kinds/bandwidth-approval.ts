import { column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const bandwidthApproval = {
  name: 'bandwidth-approval',
  title: { id: 'Persetujuan Bandwidth', en: 'Approvals of bandwidth' },
  docs: {
    id: 'Bandwidth yang disetujui untuk setiap lokasi.',
    en: 'The bandwidth that is approved for each site.',
  },
  pd: 'required',
  columns: [
    column('site', 'site', 'required', ['Lokasi', 'Site']),
    column('downMbps', 'number', 'required', ['Unduh (Mbit/s)', 'Down (Mbit/s)']),
    column('upMbps', 'number', 'required', ['Unggah (Mbit/s)', 'Up (Mbit/s)']),
    column('number', 'text', 'required', ['Nomor Persetujuan', 'Number of the approval']),
    column('from', 'day', 'required', ['Berlaku Sejak', 'Valid from']),
    column('until', 'day', 'optional', ['Berlaku Sampai', 'Valid until']),
  ],
  order: [['from', 'until']],
} satisfies RegisterKind;
