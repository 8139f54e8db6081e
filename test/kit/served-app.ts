import { join } from 'node:path';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { type AppDeps, createApp } from '../../collector/http/app.ts';
import type { NewDocument } from '../../collector/store/documents-port.ts';
import { registerDocument } from '../../collector/store/sqlite/documents.ts';
import { createPingAddresses } from '../../collector/intake/ping-addresses.ts';
import { createPeerOf } from '../../collector/intake/peer-address.ts';
import { createPings } from '../../collector/intake/pings.ts';
import { createAttachments } from '../../collector/registers/attachments.ts';
import { createRegisterDesk, type RegisterDesk } from '../../collector/registers/desk.ts';
import { seenMachines } from '../../collector/registers/seen-machines.ts';
import { createTurns } from '../../collector/intake/turns.ts';
import { AppError } from '../../shared/errors.ts';
import { createLogger } from '../../shared/logger.ts';
import { judgingBench, type JudgingBench, testConfig } from './judging-bench.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { backup, probe, restoreTest, routerReading, testAgent } from './test-agent.ts';

export const appStartsAtMs = Date.parse('2026-11-22T03:00:00Z');
export const token = 'operator-token-of-this-test';
const simpus = { id: 'simpus', schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };
export const appConfig = testConfig({
  intervalSeconds: 60,
  datasets: [simpus],
  routerAddress: '10.20.1.1',
  vaults: [{ id: 'brankas', root: '/srv/brankas' }],
});
/** From which the ping addresses of the served app follow. */
export const pingSecret = Buffer.alloc(32, 7);
export const bearer = { authorization: `Bearer ${token}` };

export interface Site {
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  lines: string[];
  /** What was counted of pings, in order. */
  pings: string[];
  url: string;
}

/** The app on a real socket, over a collector that has just heard of everything. */
export async function serve(bench: JudgingBench, patch: Partial<AppDeps> = {}): Promise<Site> {
  vi.useRealTimers();
  const lines: string[] = [];
  const pings: string[] = [];
  const { config, fleet, judging, registers, store, clock } = bench;
  const logger = createLogger(
    (line) => void lines.push(line),
    () => clock.nowMs(),
  );
  const app = createApp({
    nowMs: () => clock.nowMs(),
    view: () => ({ config, fleet, judging, registers, store, nowMs: clock.nowMs() }),
    operatorToken: token,
    dataFolder: dirname(bench.path),
    peerOf: createPeerOf(() => config),
    logger,
    pings: createPings({
      fleet,
      store,
      clock,
      logger,
      turns: createTurns(),
      addresses: createPingAddresses(pingSecret, config),
      onTouched: (touched) => judging.touch(touched),
      count: (outcome) => void pings.push(outcome),
    }),
    desk: registerDesk(bench, temporaryFolder()),
    machines: () =>
      seenMachines(
        [...fleet.agents()].map(({ row }) => row),
        store,
      ),
    metricsPage: () => ['# a page\n'],
    enrol: () => Promise.reject(new AppError('unknown-token', 'Not known.', { status: 403, field: '/secret' })),
    routerAgentFor: () => Promise.reject(new AppError('no-token', 'Not known.', { status: 401 })),
    configurationFor: () => ({ version: 'v', document: '{}', signature: 's' }),
    ...patch,
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    lines,
    pings,
    url,
    get: (path, headers = bearer, method = 'GET') => fetch(`${url}${path}`, { headers, method }),
  };
}

/** Where entries of the bench's registers are made. @param folder of the attachments */
export function registerDesk({ registers, store, clock, config, fleet }: JudgingBench, folder: string): RegisterDesk {
  const random = Math.random;
  return createRegisterDesk({
    registers,
    attachments: createAttachments({ folder: join(folder, 'attachments'), port: store.registers, clock, random }),
    clock,
    random,
    config: () => config,
    nodes: () => [...fleet.agents()].map(({ row }) => row),
    isIncident: async (id) => (await store.incident(id)) !== undefined,
  });
}

/** A collector that has heard of a node, a router, a backup that is overdue, and of one node nothing. */
export async function busyBench(): Promise<JudgingBench> {
  const agents = [
    testAgent({ key: 1, pd: 'diskominfo', site: 'pusat-data', roles: ['vantage'] }),
    testAgent({ key: 2, node: 'server-2' }),
    testAgent({ key: 3, node: 'never-heard' }),
  ] as const;
  const bench = await judgingBench({ config: appConfig, agents, startsAtMs: appStartsAtMs });
  const router = probe('up', { name: 'wan/dinkes/kantor', pd: 'dinkes', site: 'kantor', roundTripSeconds: 0.01 });
  const failures = [{ of: 'cpu', reason: 'no /proc' }];
  const backups = [backup(appStartsAtMs - 40 * 3_600_000)];
  const routers = [routerReading(appStartsAtMs, { pd: 'dinkes', site: 'kantor' })];
  await bench.send(agents[0], [agents[0].report(appStartsAtMs, { probes: [router], routers, failures })]);
  const restoreTests = [restoreTest(appStartsAtMs - 3_600_000)];
  await bench.send(agents[1], [agents[1].report(appStartsAtMs, { backups, restoreTests, probes: [probe('down')] })]);
  // A link that was probed this very moment has no past yet.
  await bench.pass(1000);
  registerDocument(bench.path, madeDocument, '{}');
  return bench;
}

/** A report that was made by the schedule, with its file below the data folder. */
export const madeDocument: NewDocument = {
  name: 'laporan-bulanan-2026-10',
  month: '2026-10',
  pd: undefined,
  revision: 1,
  figuresHash: 'f'.repeat(64),
  madeAtMs: appStartsAtMs,
  madeBy: 'pantau',
  checkpoint: { seq: 7, hash: 'c'.repeat(64), atMs: appStartsAtMs },
  files: [{ file: 'laporan-bulanan-2026-10.html', sha256: 'a'.repeat(64), sizeBytes: 12 }],
  folder: 'reports/2026-10',
  changeCount: 0,
};
