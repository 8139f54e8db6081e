import { writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { type HttpReceiver, startHttpReceiver, webhookConfigTo } from '../../collector/notify/notify-test-kit.ts';
import type { Notice } from '../../collector/notify/notice.ts';
import { type CollectorProcess, startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { type Api, apiOf } from './api.ts';
import { enrolAgent, runAgent } from './enrolled-agent.ts';
import { type Finished, agentMain, runProgram } from './programs.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

export interface WorldDataset {
  id: string;
  source: Record<string, unknown>;
  [setting: string]: unknown;
}

export interface DutyRow {
  pd: string;
  obligation: string;
  subject: string | null;
  status: string;
  grade: string | null;
  reasonCode: string;
  reason: string;
  pasal: string;
  ayat: string | null;
  evidence: unknown[];
}

export interface BackupWorldOptions {
  /** Datasets by department; each department has one agent, called by its id. */
  departments: Record<string, WorldDataset[]>;
  vaultRoot: string;
  /** Of every dataset that sets none of its own. */
  schedule: string;
  grace: string;
  coverEvery?: string;
}

/** A Pemda with a vault: a collector, a reader at the Pusat Data, and an agent in each department, all real. */
export interface BackupWorld {
  folder: string;
  collector: CollectorProcess;
  api: Api;
  hook: HttpReceiver;
  agentData(pd: string): string;
  /** @param prefix a command to run the agent under. */
  startAgent(pd: string, prefix?: string[]): void;
  startReader(): void;
  /** The verdict on the backups of a dataset. */
  duty(dataset: string): Promise<DutyRow | undefined>;
  /** Waits until a dataset has that verdict. */
  untilDuty(dataset: string, expected: string, timeoutMs?: number): Promise<DutyRow>;
  /** Waits until the department has claimed a backup that was completed at that time. */
  untilClaimed(dataset: string, atMs: number, timeoutMs?: number): Promise<void>;
  /** Waits until that backup is the last that counts. */
  untilGood(dataset: string, atMs: number, timeoutMs?: number): Promise<void>;
  /** Gives every dataset another grace, as an operator would: by editing pantau.yaml. */
  setGrace(grace: string): void;
  /** What was sent to people, `<event> <dataset> <cause>`. */
  notices(): string[];
  noticesAbout(dataset: string): Notice[];
  agent(pd: string, ...args: string[]): Promise<Finished>;
}

const backupDuty = 'lebong-19-1-pencadangan-berkala';

export async function startBackupWorld(options: BackupWorldOptions): Promise<BackupWorld> {
  const folder = temporaryFolder();
  mkdirSync(options.vaultRoot, { recursive: true });
  const hook = await startHttpReceiver();
  onTestFinished(() => hook.close());
  const dataFolder = join(folder, 'collector');
  const yaml = (grace: string) => worldConfig({ ...options, grace }, hook.url);
  const collector = await startCollectorProcess({ dataFolder, configText: yaml(options.grace) });
  onTestFinished(async () => void (await collector.stop()));
  const api = apiOf(collector);
  const agentData = (pd: string) => join(folder, `agent-${pd}`);
  for (const pd of Object.keys(options.departments)) {
    await enrolAgent({
      collectorData: dataFolder,
      collectorUrl: collector.url,
      agentData: agentData(pd),
      pd,
      node: pd,
    });
  }
  const reader = { pd: 'diskominfo', node: 'pembaca', roles: ['vault'], agentData: agentData('reader') };
  await enrolAgent({ collectorData: dataFolder, collectorUrl: collector.url, ...reader });

  const duty = async (dataset: string) =>
    (await api.list<DutyRow>('obligations')).find(
      ({ subject, obligation }) => subject === dataset && obligation === backupDuty,
    );
  const sent = (): Notice[] => hook.requests.map(({ body }) => (JSON.parse(body) as { notice: Notice }).notice);
  return {
    folder,
    collector,
    api,
    hook,
    agentData,
    startAgent: (pd, prefix) => void runAgent(agentData(pd), prefix),
    startReader: () => void runAgent(agentData('reader')),
    duty,
    async untilDuty(dataset, expected, timeoutMs = 60_000) {
      let seen = 'nothing';
      return waitUntil(
        `${dataset} to be "${expected}"`,
        async () => {
          const row = await duty(dataset);
          seen = row === undefined ? 'nothing' : `${row.status} ${row.reasonCode}`;
          if (row !== undefined && seen === expected) return row;
          throw new Error(`it is "${seen}"`);
        },
        timeoutMs,
      );
    },
    untilClaimed: (dataset, atMs, timeoutMs) => untilBackup({ api, dataset, atMs, timeoutMs, field: 'lastClaimAt' }),
    untilGood: (dataset, atMs, timeoutMs) => untilBackup({ api, dataset, atMs, timeoutMs, field: 'lastSuccessAt' }),
    setGrace(grace) {
      writeFileSync(collector.configPath, yaml(grace));
      collector.process.kill('SIGHUP');
    },
    notices: () => sent().map(({ event, subject, incident }) => `${event} ${subject.id} ${incident.cause}`),
    noticesAbout: (dataset) => sent().filter(({ subject }) => subject.id === dataset),
    agent: (pd, command = '', ...rest) =>
      runProgram(agentMain, [command, '--data', agentData(pd), ...rest], {
        NODE_COMPILE_CACHE: join(agentData(pd), 'cache'),
      }),
  };
}

function worldConfig(options: BackupWorldOptions, hookUrl: string): string {
  const { departments, vaultRoot, schedule, grace, coverEvery = '30d' } = options;
  const common = { schedule, timezone: 'Etc/UTC', grace };
  return stringify({
    pemda: {
      name: 'Pemerintah Kabupaten Lebong',
      diskominfo: { pd: 'diskominfo', name: 'Dinas Komunikasi dan Informatika' },
    },
    timezone: 'Asia/Jakarta',
    regulations: ['lebong-perbup-22-2022'],
    listen: { host: '127.0.0.1', port: 0 },
    agents: { intervalSeconds: 1, drainBatchesPerMinute: 1200 },
    pusatData: {
      name: 'Pusat Data',
      vaults: [{ id: 'brankas', root: vaultRoot, scanEvery: '1s', coverEvery, hashBytesPerSecond: 500_000_000 }],
    },
    // Diskominfo backs up nothing here, and that is not what these tests are about.
    obligations: {
      'lebong-19-1-cakupan-data': {
        waived: [{ pd: 'diskominfo', number: '1', reason: 'uji', until: '2999-12-31' }],
      },
    },
    perangkatDaerah: [
      { id: 'diskominfo', name: 'Dinas Komunikasi dan Informatika', sites: [{ id: 'pusat-data' }] },
      ...Object.entries(departments).map(([id, datasets]) => ({
        id,
        name: `Dinas ${id}`,
        sites: [{ id: 'kantor' }],
        datasets: datasets.map((dataset) => ({ ...common, ...dataset })),
      })),
    ],
    notify: [webhookConfigTo(hookUrl)],
  });
}

interface BackupMoment {
  api: Api;
  dataset: string;
  atMs: number;
  timeoutMs: number | undefined;
  field: 'lastClaimAt' | 'lastSuccessAt';
}

async function untilBackup({ api, dataset, atMs, timeoutMs = 60_000, field }: BackupMoment): Promise<void> {
  await waitUntil(
    `${field} of ${dataset} to be ${new Date(atMs).toISOString()}`,
    async () => {
      const rows = await api.list<{ dataset: string } & Record<typeof field, string | null>>('backups');
      const value = rows.find((each) => each.dataset === dataset)?.[field] ?? '1970-01-01T00:00:00Z';
      if (Math.abs(Date.parse(value) - atMs) < 60_000) return true;
      throw new Error(`it is ${value}`);
    },
    timeoutMs,
  );
}
