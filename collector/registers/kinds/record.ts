import { choice, column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';
import { topics } from '../topics.ts';

const topicWords = Object.fromEntries(topics.map(({ name, title }) => [name, [title.id, title.en] as const]));

export const record = {
  name: 'record',
  title: { id: 'Catatan Lain', en: 'Other records' },
  docs: {
    id: 'Segala bukti lain yang dicatat menurut pokoknya.',
    en: 'Everything else that is kept as evidence, by its topic.',
  },
  pd: 'optional',
  columns: [
    choice('topic', 'required', ['Pokok', 'Topic'], topicWords),
    column('title', 'text', 'required', ['Judul', 'Title']),
    column('date', 'day', 'required', ['Tanggal', 'Date']),
    column('validUntil', 'day', 'optional', ['Berlaku Sampai', 'Valid until']),
    column('number', 'text', 'optional', ['Nomor', 'Number']),
    column('by', 'text', 'optional', ['Oleh', 'By']),
    choice('result', 'optional', ['Hasil', 'Result'], {
      sesuai: ['Sesuai', 'In order'],
      'tidak-sesuai': ['Tidak sesuai', 'Not in order'],
      belum: ['Belum', 'Not yet'],
    }),
  ],
  order: [['date', 'validUntil']],
} satisfies RegisterKind;
