import { choice, column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const hostingApproval = {
  name: 'hosting-approval',
  title: { id: 'Persetujuan Penempatan', en: 'Approvals of hosting' },
  docs: {
    id: 'Persetujuan tempat situs, server, VPS, dan data.',
    en: 'Where websites, servers, VPS and data were approved to stand.',
  },
  pd: 'required',
  columns: [
    choice('kind', 'required', ['Jenis', 'Kind'], {
      situs: ['Situs web', 'Website'],
      server: ['Server', 'Server'],
      vps: ['VPS', 'VPS'],
      data: ['Data', 'Data'],
    }),
    column('name', 'text', 'required', ['Nama', 'Name']),
    choice('place', 'required', ['Tempat', 'Place'], {
      'pusat-data': ['Pusat Data daerah', 'Data centre of the Pemda'],
      'pusat-data-nasional': ['Pusat Data Nasional', 'National data centre'],
      luar: ['Di luar Pusat Data', 'Outside a data centre'],
    }),
    column('number', 'text', 'required', ['Nomor Persetujuan', 'Number of the approval']),
    column('from', 'day', 'required', ['Berlaku Sejak', 'Valid from']),
    column('until', 'day', 'optional', ['Berlaku Sampai', 'Valid until']),
  ],
  order: [['from', 'until']],
} satisfies RegisterKind;
