import { choice, column } from '../columns.ts';
import type { RegisterKind } from '../kind.ts';

export const hardware = {
  name: 'hardware',
  title: { id: 'Perangkat Keras', en: 'Hardware' },
  docs: {
    id: 'Perangkat keras yang terdaftar; isian awalnya diusulkan dari inventaris agen.',
    en: 'Hardware that is registered; first entries are proposed from what agents found.',
  },
  pd: 'required',
  columns: [
    column('node', 'node', 'optional', ['Node', 'Node']),
    column('name', 'text', 'required', ['Nama Perangkat', 'Name']),
    choice('kind', 'required', ['Jenis', 'Kind'], {
      server: ['Server', 'Server'],
      router: ['Router', 'Router'],
      switch: ['Switch', 'Switch'],
      ups: ['UPS', 'UPS'],
      lainnya: ['Lainnya', 'Other'],
    }),
    column('model', 'text', 'optional', ['Merek dan Tipe', 'Make and model']),
    column('serial', 'text', 'optional', ['Nomor Seri', 'Serial number']),
    column('assetNumber', 'text', 'optional', ['Nomor Aset Daerah', 'Number in the regional asset system']),
    column('site', 'site', 'optional', ['Lokasi', 'Site']),
    column('responsible', 'text', 'optional', ['Penanggung Jawab', 'Responsible']),
    column('condition', 'text', 'optional', ['Kondisi', 'Condition']),
    column('acquiredOn', 'day', 'optional', ['Tanggal Perolehan', 'Acquired on']),
  ],
} satisfies RegisterKind;
