import { choice, column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const software = {
  name: 'software',
  title: { id: 'Perangkat Lunak', en: 'Software' },
  docs: {
    id: 'Aplikasi dan perangkat lunak yang digunakan, beserta lisensi dan pendaftarannya.',
    en: 'Applications and software in use, with licence and registration.',
  },
  pd: 'required',
  columns: [
    column('name', 'text', 'required', ['Nama', 'Name']),
    column('version', 'text', 'optional', ['Versi', 'Version']),
    choice('kind', 'optional', ['Jenis', 'Kind'], {
      umum: ['Aplikasi Umum', 'Shared application'],
      khusus: ['Aplikasi Khusus', 'Special application'],
      infrastruktur: ['Perangkat lunak infrastruktur', 'Infrastructure software'],
    }),
    column('vendor', 'text', 'optional', ['Pembuat', 'Vendor']),
    column('licence', 'text', 'optional', ['Lisensi', 'Licence']),
    column('registrationNumber', 'text', 'optional', ['Nomor Pendaftaran', 'Registration number']),
    column('registeredOn', 'day', 'optional', ['Tanggal Pendaftaran', 'Registered on']),
    column('node', 'node', 'optional', ['Server', 'Server']),
  ],
} satisfies RegisterKind;
