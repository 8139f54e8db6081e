import { colours } from './colours.ts';
import { named } from './mappings.ts';

/** Weight of an incident: what is most urgent stands first. */
export const severityWeights = named([
  [3, 'Kritis', colours.bad],
  [2, 'Peringatan', colours.warning],
  [1, 'Informasi', colours.neutral],
]);

/** What an incident is about. */
export const kinds = named([
  ['backup', 'Pencadangan'],
  ['link', 'Jaringan'],
  ['service', 'Layanan dan server'],
  ['register', 'Pendaftaran data'],
]);

/** Who must act (shared/states.ts). */
export const owners = named([
  ['perangkat-daerah', 'Perangkat Daerah'],
  ['diskominfo', 'Diskominfo'],
  ['lan-operator', 'Pengelola jaringan lokal'],
  ['server-operator', 'Pengelola server'],
  ['joint', 'Perangkat Daerah bersama Diskominfo'],
]);

export const incidentStates = named([
  ['open', 'Terbuka'],
  ['acknowledged', 'Ditangani'],
]);
