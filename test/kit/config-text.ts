import { stringify } from 'yaml';

export interface TestConfig {
  intervalSeconds?: number;
  port?: number;
  datasets?: Record<string, unknown>[];
  /** Router of the department's site `kantor`, probed from the Pusat Data. */
  routerAddress?: string;
  notify?: Record<string, unknown>[];
  remoteWrite?: Record<string, unknown>[];
  /** Vaults in the Pusat Data, read by agents with the role `vault`. */
  vaults?: Record<string, unknown>[];
  /** Vaults in the DRC, fifty kilometres away. */
  drcVaults?: Record<string, unknown>[];
  regulations?: string[];
  tls?: boolean;
  /** Whether the register of datasets is judged too; waived unless asked, so that a test hears of its own duty only. */
  isRegisterJudged?: boolean;
}

const coverageDuty = 'lebong-19-1-cakupan-data';
const waiver = { number: '800/1/2026', reason: 'uji coba', until: '2099-12-31' };

/** A small Pemda: Diskominfo at the Pusat Data, and one department with one office. */
export function configText(options: TestConfig = {}): string {
  const router = options.routerAddress === undefined ? {} : { router: { address: options.routerAddress } };
  return stringify({
    pemda: {
      name: 'Pemerintah Kabupaten Lebong',
      diskominfo: {
        pd: 'diskominfo',
        name: 'Dinas Komunikasi dan Informatika',
        contacts: [{ name: 'Petugas Jaga', phone: '0812-0000-0001' }],
      },
    },
    timezone: 'Asia/Jakarta',
    regulations: options.regulations ?? ['lebong-perbup-22-2022'],
    listen: { host: '127.0.0.1', port: options.port ?? 0 },
    tls: { enabled: options.tls ?? false },
    agents: { intervalSeconds: options.intervalSeconds ?? 1, drainBatchesPerMinute: 1200 },
    pusatData: { name: 'Pusat Data', location: { lat: -3.12, lon: 102.2 }, vaults: options.vaults ?? [] },
    ...(options.drcVaults === undefined
      ? {}
      : { drc: { name: 'DRC', location: { lat: -3.57, lon: 102.2 }, vaults: options.drcVaults } }),
    perangkatDaerah: [
      { id: 'diskominfo', name: 'Dinas Komunikasi dan Informatika', sites: [{ id: 'pusat-data' }] },
      {
        id: 'dinkes',
        name: 'Dinas Kesehatan',
        contacts: [{ name: 'Ibu Sari', role: 'Pengelola data', phone: '0812-0000-0002' }],
        sites: [{ id: 'kantor', ...router }],
        // Tests that are about arrival say so; for the others the word of the department is enough.
        datasets: (options.datasets ?? []).map((dataset) => ({ proof: 'claimed', ...dataset })),
      },
    ],
    obligations:
      options.isRegisterJudged === true
        ? {}
        : { [coverageDuty]: { waived: ['diskominfo', 'dinkes'].map((pd) => ({ pd, ...waiver })) } },
    notify: options.notify ?? [],
    remoteWrite: options.remoteWrite ?? [],
  });
}
