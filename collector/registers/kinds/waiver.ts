import { column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const waiver = {
  name: 'waiver',
  title: { id: 'Pengecualian', en: 'Waivers' },
  docs: {
    id: 'Kewajiban yang dikecualikan bagi suatu Perangkat Daerah, dengan nomor, alasan, dan tanggal berakhir.',
    en: 'Duties that a department is released from, with number, reason and end.',
  },
  pd: 'required',
  columns: [
    column('obligation', 'obligation', 'required', ['Kewajiban', 'Duty']),
    column('number', 'text', 'required', ['Nomor', 'Number']),
    column('reason', 'text', 'required', ['Alasan', 'Reason']),
    column('from', 'day', 'optional', ['Berlaku Sejak', 'Valid from']),
    column('until', 'day', 'required', ['Berlaku Sampai', 'Valid until']),
  ],
  order: [['from', 'until']],
} satisfies RegisterKind;
