import type { IntervalSeconds } from '../../shared/agent-config-schema.ts';
import { type PdName, perangkatDaerahNames } from './perangkat-daerah-names.ts';

export interface KabupatenOptions {
  /** 1 to 1000; Diskominfo is the first. */
  pdCount: number;
  /** 0 to 64. */
  datasetPerPd: number;
  intervalSeconds: IntervalSeconds;
  /** 0 takes a free one. */
  port: number;
  /** Channels as they stand under `notify`. */
  notify?: readonly Readonly<Record<string, unknown>>[];
  /** Departments that have registered no dataset. */
  withoutDatasets?: readonly string[];
  /** Whether a vault in the Pusat Data is read; without one a department's word is enough for every dataset. */
  vault?: boolean;
  /** Bound on each agent's requests while its spool drains; the collector's default when absent. */
  drainBatchesPerMinute?: number;
}

/** A `pantau.yaml` of a whole Kabupaten: every department has one site with a router, its datasets and a contact. */
export function kabupatenConfig(options: KabupatenOptions): string {
  const names = perangkatDaerahNames(options.pdCount);
  const { drainBatchesPerMinute } = options;
  return [
    '# A Kabupaten that exists only in the simulation.',
    'pemda:',
    '  name: Pemerintah Kabupaten Lebong (simulasi)',
    '  diskominfo:',
    '    pd: diskominfo',
    `    name: ${names[0]?.name}`,
    '    contacts:',
    '      - { name: Petugas Pusat Data, role: Operator jaga, phone: "+62 800 0000 0000", email: noc@example.go.id }',
    'timezone: Asia/Jakarta',
    'language: id',
    'regulations: [lebong-perbup-22-2022]',
    `listen: { host: 127.0.0.1, port: ${options.port} }`,
    'jaringanIntra: [10.0.0.0/8, 127.0.0.0/8]',
    'pusatData:',
    '  name: Pusat Data Pemerintah Kabupaten Lebong',
    '  location: { lat: -3.1167, lon: 102.1833 }',
    ...(options.vault === true ? ['  vaults: [{ id: brankas, root: /srv/brankas, scanEvery: 1m }]'] : []),
    'agents:',
    `  intervalSeconds: ${options.intervalSeconds}`,
    ...(drainBatchesPerMinute === undefined ? [] : [`  drainBatchesPerMinute: ${drainBatchesPerMinute}`]),
    ...(options.notify === undefined ? [] : [`notify: ${JSON.stringify(options.notify)}`]),
    'perangkatDaerah:',
    ...names.flatMap((name, index) => departmentLines(name, index, options)),
    '',
  ].join('\n');
}

const contactNames = (
  'Siti Rahmawati,Budi Santoso,Dewi Anggraini,Ahmad Fauzi,Rina Marlina,Hendra Saputra,' +
  'Yuliana Sari,Agus Setiawan,Fitri Handayani,Rahmat Hidayat,Nurhayati,Eko Prasetyo'
).split(',');

/** Where the router of the site of department `index` is; no packet is ever sent to it. */
function network(index: number): string {
  return `10.${20 + Math.floor(index / 250)}.${index % 250}`;
}

function departmentLines({ id, name, datasets }: PdName, index: number, options: KabupatenOptions): string[] {
  const contact = contactNames[index % contactNames.length];
  const site = index === 0 ? 'pusat-data' : 'kantor';
  const datasetCount = options.withoutDatasets?.includes(id) === true ? 0 : options.datasetPerPd;
  const minute = (index * 7) % 60;
  const proof = options.vault === true ? '' : ' proof: claimed,';
  return [
    `  - id: ${id}`,
    `    name: ${JSON.stringify(name)}`,
    `    contacts: [{ name: ${contact}, role: Pengelola TIK, email: ${id}@example.go.id }]`,
    '    sites:',
    `      - { id: ${site}, name: ${index === 0 ? 'Pusat Data' : 'Kantor'}, subnets: [${network(index)}.0/24],` +
      ` router: { address: ${network(index)}.1 }, approvedBandwidth: { down: 20, up: 20 } }`,
    datasetCount === 0 ? '    datasets: []' : '    datasets:',
    ...Array.from({ length: datasetCount }, (_, place) => {
      const dataset = datasets[place] ?? `data-${place + 1}`;
      return (
        `      - { id: ${dataset}, schedule: "${minute} 1 * * *", grace: 6h,${proof}` +
        ` source: { kind: files, path: "/srv/cadangan/${dataset}/*" } }`
      );
    }),
  ];
}
