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

export const incidentStates = named([
  ['open', 'Terbuka'],
  ['acknowledged', 'Diketahui'],
  ['handling', 'Ditangani'],
  ['reopened', 'Terjadi lagi'],
]);
