import { named } from './mappings.ts';

/** Layers of the network (shared/states.ts). */
export const layers = named([
  ['lan', 'LAN (dalam Perangkat Daerah)'],
  ['wan', 'WAN (Jaringan Intra)'],
  ['internet', 'Internet'],
  ['spl', 'Sistem Penghubung Layanan'],
  ['jip', 'Jaringan Intra Pemerintah'],
  ['pdn', 'Pusat Data Nasional'],
  ['website', 'Situs web'],
]);
