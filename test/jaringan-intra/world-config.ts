import { stringify } from 'yaml';
import { addressesOf } from './department.ts';

/** Where the collector is inside its namespace. */
export const collectorPort = 8420;
export const pusatData = { address: '10.77.200.2', gateway: '10.77.200.1', subnet: '10.77.200.0/24' };

/** The departments: the second runs its own network, the third has an internet line of its own. */
export const departments = [
  { number: 1, pd: 'dinkes', name: 'Dinas Kesehatan', mandiriTik: false },
  { number: 2, pd: 'disdik', name: 'Dinas Pendidikan', mandiriTik: true },
  { number: 3, pd: 'dukcapil', name: 'Dinas Kependudukan dan Pencatatan Sipil', mandiriTik: false },
] as const;

export function nameOf(pd: (typeof departments)[number]['pd']): string {
  return departments.find((department) => department.pd === pd)?.name ?? '';
}

export const diskominfo = 'Dinas Komunikasi dan Informatika';

const waiver = { number: '800/1/2026', reason: 'uji coba', until: '2099-12-31' };

/** `pantau.yaml` of the small kabupaten. */
export function worldConfig(options: {
  intervalSeconds: number;
  hookPort: number;
  /** As it stands in `pantau.yaml`. */
  obligations?: Record<string, unknown>;
  /** The department whose router is read by SNMP. */
  readPd?: string;
}): string {
  const { intervalSeconds, hookPort, obligations = {}, readPd } = options;
  const everybody = ['diskominfo', ...departments.map(({ pd }) => pd)];
  return stringify({
    pemda: { name: 'Pemerintah Kabupaten Lebong', diskominfo: { pd: 'diskominfo', name: diskominfo } },
    timezone: 'Asia/Jakarta',
    regulations: ['lebong-perbup-22-2022'],
    listen: {
      host: '0.0.0.0',
      port: collectorPort,
      publicUrl: `http://${pusatData.address}:${collectorPort}`,
      plainHttpBeyondLoopback: true,
    },
    jaringanIntra: ['10.77.0.0/16'],
    agents: { intervalSeconds, drainBatchesPerMinute: 1200 },
    pusatData: { name: 'Pusat Data', location: { lat: -3.12, lon: 102.2 } },
    perangkatDaerah: [
      { id: 'diskominfo', name: diskominfo, sites: [{ id: 'pusat-data', subnets: [pusatData.subnet] }] },
      ...departments.map(({ number, pd, name, mandiriTik }) => {
        const { wan, subnet } = addressesOf(number);
        const snmp = pd === readPd ? { wanInterfaces: ['wan'], snmp: { credential: 'baca', every: '5s' } } : {};
        return {
          id: pd,
          name,
          mandiriTik,
          sites: [{ id: 'kantor', subnets: [subnet], link: 'fiber', router: { address: wan.router, ...snmp } }],
        };
      }),
    ],
    // The register of datasets is not what is tested here.
    obligations: {
      'lebong-19-1-cakupan-data': { waived: everybody.map((pd) => ({ pd, ...waiver })) },
      ...obligations,
    },
    notify: [{ id: 'hook', kind: 'webhook', url: `http://127.0.0.1:${hookPort}/`, bodyFormat: 'json', timeout: '5s' }],
  });
}
