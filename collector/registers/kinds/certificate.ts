import { column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const certificate = {
  name: 'certificate',
  title: { id: 'Sertifikat Elektronik', en: 'Electronic certificates' },
  docs: {
    id: 'Sertifikat elektronik para penanda tangan dan masa berlakunya.',
    en: 'Electronic certificates of those who sign, and how long they hold.',
  },
  pd: 'required',
  columns: [
    column('holder', 'text', 'required', ['Pemilik', 'Holder']),
    column('issuer', 'text', 'optional', ['Penerbit', 'Issuer']),
    column('serial', 'text', 'optional', ['Nomor Seri', 'Serial number']),
    column('validFrom', 'day', 'optional', ['Berlaku Sejak', 'Valid from']),
    column('validUntil', 'day', 'required', ['Berlaku Sampai', 'Valid until']),
  ],
  order: [['validFrom', 'validUntil']],
} satisfies RegisterKind;
