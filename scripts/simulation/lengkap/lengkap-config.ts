import { stringify } from 'yaml';
import type { IntervalSeconds } from '../../../shared/agent-config-schema.ts';
import { type LengkapDataset, type LengkapDepartment, lengkapDepartments, type LengkapSite } from './departments.ts';

export interface LengkapOptions {
  /** 1 to 900: no more routers than 1 000 can be watched, and some departments have two. */
  pdCount: number;
  intervalSeconds: IntervalSeconds;
  /** 0 takes a free one. */
  port: number;
  drainBatchesPerMinute?: number;
  /** Channels as they stand under `notify`. */
  notify?: readonly Readonly<Record<string, unknown>>[];
  /** Receivers as they stand under `remoteWrite`. */
  remoteWrite?: readonly Readonly<Record<string, unknown>>[];
}

/** The agents' requests come with the addresses that they would have: see SpoolingAgent.comeFrom. */
const listen = { host: '127.0.0.1', trustedProxies: ['127.0.0.0/8'] };

/** A `pantau.yaml` in which everything is set that Pantau can watch, so that no family of its metrics is without series. */
export function lengkapConfig(options: LengkapOptions): string {
  const { pdCount, intervalSeconds, port, drainBatchesPerMinute = 30, notify = [], remoteWrite = [] } = options;
  const departments = lengkapDepartments(pdCount);
  const [diskominfo] = departments;
  const contacts = [{ name: 'Petugas Pusat Data', role: 'Operator jaga', phone: '+62 800 0000 0000' }];
  return stringify({
    pemda: {
      name: 'Pemerintah Kabupaten Lebong (simulasi)',
      diskominfo: { pd: diskominfo?.id, name: diskominfo?.name, contacts },
    },
    timezone: 'Asia/Jakarta',
    language: 'id',
    // No Pemda is bound by two; here the second one brings the duties that the first does not know.
    regulations: ['lebong-perbup-22-2022', 'sigi-perbup-27-2019'],
    listen: { ...listen, port },
    jaringanIntra: ['10.0.0.0/8'],
    egress: { registered: ['198.51.100.0/24'] },
    probeTargets,
    pusatData: {
      name: 'Pusat Data Pemerintah Kabupaten Lebong',
      location: { lat: -3.1167, lon: 102.1833 },
      vaults: [{ id: 'brankas', root: '/srv/brankas', scanEvery: '1m' }],
    },
    drc: {
      name: 'Pusat Pemulihan Bengkulu',
      location: { lat: -3.7956, lon: 102.2592 },
      vaults: [{ id: 'brankas-drc', root: '/srv/brankas-drc', scanEvery: '1m' }],
    },
    agents: { intervalSeconds, drainBatchesPerMinute },
    obligations: obligationsOf(departments),
    ...(notify.length === 0 ? {} : { notify }),
    ...(remoteWrite.length === 0 ? {} : { remoteWrite }),
    perangkatDaerah: departments.map((pd, index) => departmentOf(pd, index, intervalSeconds)),
  });
}

const probeTargets = [
  { id: 'spl', kind: 'http', layer: 'spl', host: 'spl.lebongkab.example', tls: true, path: '/sehat' },
  { id: 'situs-pemda', kind: 'http', layer: 'internet', host: 'www.lebongkab.example', tls: true, from: 'vantage' },
  { id: 'surel', kind: 'tls', layer: 'internet', host: 'surel.lebongkab.example', port: 993, from: 'vantage' },
  { id: 'dns-publik', kind: 'icmp', layer: 'internet', host: '192.0.2.53' },
  { id: 'gerbang', kind: 'icmp', layer: 'jip', host: '10.250.0.1' },
  { id: 'srikandi', kind: 'tls', layer: 'jip', host: 'srikandi.layanan.example', port: 443 },
  { id: 'pdn', kind: 'tcp', layer: 'pdn', host: '10.251.0.1', port: 443, from: 'vantage' },
  { id: 'nama', kind: 'dns', layer: 'wan', host: '10.20.0.53', query: 'lebongkab.example' },
  { id: 'jalan', kind: 'path', layer: 'wan', host: '10.20.0.5', from: 'sites' },
];

/** A way outside is told of at once, and one department need not yet try its restores. */
function obligationsOf(departments: readonly LengkapDepartment[]): Record<string, unknown> {
  const waiver = { number: '800/12/2026', reason: 'Server sedang diganti.', until: '2030-12-31' };
  const waived = departments.slice(2, 3).map(({ id: pd }) => ({ pd, ...waiver }));
  return {
    'lebong-21-1-penggunaan-jaringan-intra': { params: { flagAfterSeconds: 5 } },
    ...(waived.length === 0 ? {} : { 'sigi-14-11-uji-pemulihan': { waived } }),
  };
}

function departmentOf(
  { id, name, mandiriTik, sites, datasets }: LengkapDepartment,
  index: number,
  everySeconds: number,
) {
  return {
    id,
    name,
    mandiriTik,
    contacts: [{ name: 'Pengelola TIK', role: 'Pengelola TIK', email: `${id}@example.go.id` }],
    // No simulated agent asks for it; its name is what the regulation demands.
    website: `https://${id}.lebongkab.go.id/`,
    sites: sites.map((site) => siteOf(site, everySeconds)),
    datasets: datasets.map((dataset) => datasetOf(dataset, (index * 7) % 60)),
  };
}

function siteOf({ id, name, network, medium, area, hasRouter, approvedMbps }: LengkapSite, everySeconds: number) {
  const snmp = { credential: 'umum', every: `${everySeconds}s` };
  return {
    id,
    name,
    subnets: [`${network}.0/24`],
    ...(area === undefined ? {} : { area }),
    link: medium,
    ...(hasRouter ? { router: { address: `${network}.1`, wanInterfaces: ['ether1'], snmp } } : {}),
    approvedBandwidth: approvedMbps,
  };
}

function datasetOf({ id, restoreTest }: LengkapDataset, minute: number) {
  return {
    id,
    name: `Data ${id}`,
    schedule: `${minute} 1 * * *`,
    grace: '6h',
    source: { kind: 'files', path: `/srv/cadangan/${id}/*` },
    ...(restoreTest === undefined ? {} : { restoreTestEvery: '30d', proof: 'restorable' }),
  };
}
