import { stringify } from 'yaml';

export interface TestConfig {
  intervalSeconds?: number;
  port?: number;
  datasets?: Record<string, unknown>[];
  /** Router of the department's site `kantor`, probed from the Pusat Data. */
  routerAddress?: string;
  notify?: Record<string, unknown>[];
  tls?: boolean;
}

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
    regulations: ['lebong-perbup-22-2022'],
    listen: { host: '127.0.0.1', port: options.port ?? 0 },
    tls: { enabled: options.tls ?? false },
    agents: { intervalSeconds: options.intervalSeconds ?? 1, drainBatchesPerMinute: 1200 },
    perangkatDaerah: [
      { id: 'diskominfo', name: 'Dinas Komunikasi dan Informatika', sites: [{ id: 'pusat-data' }] },
      {
        id: 'dinkes',
        name: 'Dinas Kesehatan',
        contacts: [{ name: 'Ibu Sari', role: 'Pengelola data', phone: '0812-0000-0002' }],
        sites: [{ id: 'kantor', ...router }],
        datasets: options.datasets ?? [],
      },
    ],
    notify: options.notify ?? [],
  });
}
