import { CustomVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { colours } from '../../panels/colours.ts';
import { named, unknownText } from '../../panels/mappings.ts';
import { siteStates } from './link-expressions.ts';

/** Layers as DESIGN.md has them, and what they are called. */
export const layerNames = [
  ['lan', 'LAN'],
  ['wan', 'WAN'],
  ['internet', 'Internet'],
  ['spl', 'SPL'],
  ['jip', 'JIP'],
] as const;

/** Which layer the counts, the shares of time, the latency and the loss are of. */
export const layerVariable = (): CustomVariableBuilder =>
  new CustomVariableBuilder('layer')
    .label('Lapisan')
    .description(
      'Lapisan jaringan pada panel jumlah, ketersediaan, waktu tempuh, dan paket hilang: LAN di dalam Perangkat Daerah, WAN antar-Perangkat Daerah, internet, Sistem Penghubung Layanan (SPL), atau Jaringan Intra Pemerintah (JIP).',
    )
    .values(layerNames.map(([layer, name]) => `${name} : ${layer}`).join(','))
    .current({ text: 'WAN', value: 'wan' })
    .multi(false)
    .includeAll(false);

export const siteStateNames = named([
  [siteStates.down, 'Terputus', colours.bad],
  [siteStates.unknown, unknownText, colours.unknown],
  [siteStates.partly, 'Sebagian', colours.warning],
  [siteStates.up, 'Tersambung', colours.good],
]);

export const layerTitles = named([...layerNames, ['pdn', 'PDN'], ['website', 'Situs web']]);

export const mediumNames = named([
  ['fiber', 'Serat optik'],
  ['radio', 'Radio'],
  ['cellular', 'Seluler'],
  ['satellite', 'Satelit'],
]);
