import { judgingBench, type JudgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import {
  arrival,
  backup,
  holding,
  probe,
  restoreTest,
  routerReading,
  type TestAgent,
  testAgent,
  vaultScan,
} from '../../test/kit/test-agent.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Report } from '../../shared/report-schema.ts';

export const worldStartsAtMs = Date.parse('2026-11-22T03:00:00Z');

const source = { kind: 'files', path: '/x/*' };
const given = testConfig({
  intervalSeconds: 60,
  datasets: [
    { id: 'simpus', proof: 'arrived', restoreTestEvery: '30d', source },
    { id: 'gagal', source },
  ],
  routerAddress: '10.20.1.1',
  vaults: [{ id: 'brankas', root: '/srv/vault' }],
});

export const worldConfig: PantauConfig = {
  ...given,
  jaringanIntra: ['10.0.0.0/8'],
  perangkatDaerah: given.perangkatDaerah.map((pd) => ({
    ...pd,
    sites: pd.sites.map((site) => ({ ...site, approvedBandwidth: { down: 20, up: 10 } })),
  })),
};

const certificate = {
  notAfter: '2027-01-01T00:00:00Z',
  subject: 'CN=spl',
  issuer: 'CN=ca',
  fingerprint: 'a'.repeat(64),
  trust: 'trusted',
};

/** A round of every kind that agents know, good and bad ones. */
export const probesOfEveryKind = [
  probe('up', { name: 'lan', layer: 'lan', target: '192.168.1.1', roundTripSeconds: 0.001 }),
  probe('up', { name: 'tcp', kind: 'tcp', layer: 'internet', target: 'internet', roundTripSeconds: 0.02 }),
  probe('down', { name: 'closed', kind: 'tcp', target: 'closed', reason: 'refused' }),
  probe('unknown', { name: 'unseen', target: 'unseen', sentCount: 0, reason: 'own-link-down' }),
  probe('up', { name: 'http', kind: 'http', layer: 'spl', target: 'spl', roundTripSeconds: 0.2, httpStatus: 200, certificate }), // prettier-ignore
  probe('down', { name: 'silent', kind: 'http', layer: 'spl', target: 'silent', reason: 'timeout' }),
  probe('up', { name: 'tls', kind: 'tls', layer: 'jip', target: 'jip', roundTripSeconds: 0.1, certificate }),
  probe('up', { name: 'dns', kind: 'dns', target: 'ns', roundTripSeconds: 0.005, answers: ['10.0.0.1'] }),
  probe('up', { name: 'path', kind: 'path', target: 'ns', hops: [{ address: '10.0.0.1' }] }),
];

/** Everything that a machine can measure of itself. */
export const measuredWhole: Partial<Report> = {
  cpu: { count: 2, busyRatio: 0.25, load1: 0.5, load5: 0.4, load15: 0.3 },
  memory: { sizeBytes: 1000, availableBytes: 400, swapSizeBytes: 200, swapFreeBytes: 100 },
  filesystems: [
    { mount: '/', device: '/dev/vda1', type: 'ext4', sizeBytes: 5000, availableBytes: 3000, readOnly: false },
  ],
  interfaces: [
    {
      name: 'eth0',
      up: true,
      receiveBytes: 5,
      transmitBytes: 7,
      receiveErrors: 1,
      transmitErrors: 2,
      speedBitsPerSecond: 1e9,
    },
  ],
};

export const routerWhole = routerReading(worldStartsAtMs, {
  pd: 'dinkes',
  site: 'kantor',
  bootedAt: '2026-11-01T00:00:00Z',
  temperatureCelsius: 41.5,
  voltageVolts: 24,
  interfaces: [
    {
      name: 'ether1',
      up: true,
      epoch: 1,
      isWan: true,
      receiveBytes: 9,
      transmitBytes: 8,
      receiveErrors: 1,
      transmitErrors: 0,
      speedBitsPerSecond: 1e8,
      receiveGrowthBytes: 3_000_000,
      transmitGrowthBytes: 300_000,
    },
    { name: 'ether2', up: false, epoch: 1, receiveBytes: 0, transmitBytes: 0 },
  ],
});

export interface FullWorld {
  bench: JudgingBench;
  office: TestAgent;
  /** At the Pusat Data: it probes the office, reads its router and the vault. */
  vantage: TestAgent;
  officeReport: Report;
  vantageReport: Report;
}

/** A Pemda of which everything that Pantau can show is known. @param patch of what the vantage reports. */
export async function fullWorld(patch: Partial<Report> = {}): Promise<FullWorld> {
  const office = testAgent({ key: 1 });
  const vantage = testAgent({
    key: 2,
    pd: 'diskominfo',
    site: 'pusat-data',
    node: 'pengamat',
    roles: ['vantage', 'vault'],
  });
  const bench = await judgingBench({ config: worldConfig, agents: [office, vantage], startsAtMs: worldStartsAtMs });
  // A link is down after three bad rounds, and a breach is told once nothing is awaited any more.
  let reports = await sendRound({ bench, office, vantage }, patch);
  for (let round = 2; round <= 3; round += 1) {
    await bench.pass(60_000);
    reports = await sendRound({ bench, office, vantage }, patch);
  }
  return { bench, office, vantage, ...reports };
}

type Reports = Pick<FullWorld, 'officeReport' | 'vantageReport'>;

async function sendRound(world: Omit<FullWorld, keyof Reports>, patch: Partial<Report>): Promise<Reports> {
  const { bench, office, vantage } = world;
  const nowMs = bench.clock.nowMs();
  const madeAtMs = worldStartsAtMs - 7_200_000;
  const officeReport = office.report(nowMs, {
    ...measuredWhole,
    probes: probesOfEveryKind,
    backups: [
      backup(madeAtMs, { objectName: 'a.tar' }),
      backup(madeAtMs, { dataset: 'gagal', outcome: 'failed', exitCode: 1 }),
    ],
    restoreTests: [restoreTest(worldStartsAtMs - 60_000)],
  });
  const vantageReport = vantage.report(nowMs, {
    ...measuredWhole,
    probes: probesOfEveryKind.map((each) => ({ ...each, pd: 'dinkes', site: 'kantor' })),
    routers: [routerWhole],
    arrivals: [arrival(worldStartsAtMs - 3_600_000, { objectName: 'a.tar' })],
    holdings: [holding()],
    vaultScans: [vaultScan(worldStartsAtMs)],
    ...patch,
  });
  await bench.send(office, [officeReport], '10.20.1.7');
  await bench.send(vantage, [vantageReport], '10.0.0.2');
  return { officeReport, vantageReport };
}
