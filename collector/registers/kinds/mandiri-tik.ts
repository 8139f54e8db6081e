import { column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const mandiriTik = {
  name: 'mandiri-tik',
  title: { id: 'Perangkat Daerah Mandiri TIK', en: 'Departments that run their own ICT' },
  docs: {
    id: 'Penetapan Perangkat Daerah Mandiri TIK.',
    en: 'Decrees by which a department runs its own ICT.',
  },
  pd: 'required',
  columns: [
    column('number', 'text', 'required', ['Nomor Penetapan', 'Number of the decree']),
    column('from', 'day', 'required', ['Berlaku Sejak', 'Valid from']),
    column('until', 'day', 'optional', ['Berlaku Sampai', 'Valid until']),
  ],
  order: [['from', 'until']],
} satisfies RegisterKind;
