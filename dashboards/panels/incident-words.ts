import { colours } from './colours.ts';
import { named } from './mappings.ts';

/** Weight of an incident: what is most urgent stands first. */
export const severityWeights = named([
  [3, 'Kritis', colours.bad],
  [2, 'Peringatan', colours.warning],
  [1, 'Informasi', colours.neutral],
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

/** What broke after all, as the reports told after recovery. Other causes are shown by their code. */
export const causes = named([
  ['power', 'Listrik padam'],
  ['wan', 'Jalur WAN terputus'],
  ['lan', 'Jaringan lokal terputus'],
  ['server', 'Server mati atau dinyalakan ulang'],
  ['agent', 'Agen pemantau berhenti'],
  ['backbone', 'Jaringan tulang punggung terputus'],
  ['pusat-data-uplink', 'Sambungan Pusat Data terputus'],
]);
