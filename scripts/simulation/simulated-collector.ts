import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { type AlertSink, startAlertSink } from './alert-sink.ts';
import { startCollectorProcess } from './collector-process.ts';
import { hasFleetFile } from './fleet-file.ts';
import { kabupatenConfig } from './kabupaten-config.ts';
import type { SimulateArguments } from './simulate-arguments.ts';

/** The collector that a simulation talks to. */
export interface SimulatedCollector {
  url: string;
  adminToken: string;
  dataFolder: string;
  configPath: string;
  /** True when the simulation started it, so that nobody else reports to it. */
  isOwn: boolean;
  /** Stops it when it is the simulation's own, and removes its folder when that was temporary. */
  close(): Promise<void>;
}

/** Enough departments for the whole of a Kabupaten. */
const usualDepartmentCount = 40;

/** @throws AppError `usage`, `data-folder` or `collector-start`. */
export async function collectorFor(wanted: SimulateArguments): Promise<SimulatedCollector> {
  return wanted.url === undefined ? ownCollector(wanted) : runningCollector(wanted.url, wanted);
}

function runningCollector(url: string, { dataFolder = '', configPath }: SimulateArguments): SimulatedCollector {
  const folder = resolve(dataFolder);
  const tokenPath = join(folder, 'admin-token');
  const path = resolve(configPath ?? join(folder, 'pantau.yaml'));
  for (const file of [tokenPath, path]) {
    if (!existsSync(file)) {
      throw new AppError('usage', `There is no ${file}; --data must be the data folder of the collector at ${url}.`);
    }
  }
  return {
    url,
    adminToken: readFileSync(tokenPath, 'utf8').trim(),
    dataFolder: folder,
    configPath: path,
    isOwn: false,
    close: async () => {},
  };
}

async function ownCollector(wanted: SimulateArguments): Promise<SimulatedCollector> {
  const { keep } = wanted;
  const named = wanted.dataFolder === undefined ? undefined : resolve(wanted.dataFolder);
  if (named !== undefined) refuseRealData(named);
  const dataFolder = named ?? mkdtempSync(join(tmpdir(), 'pantau-simulation-'));
  const remove = () => {
    if (named === undefined && !keep) rmSync(dataFolder, { recursive: true, force: true });
  };
  const sink = await startAlertSink();
  try {
    const configText = configTextOf(wanted, sink);
    const collector = await startCollectorProcess({ dataFolder, configText, ownGroup: true });
    const { url, adminToken, configPath } = collector;
    const close = async () => {
      await collector.stop();
      sink.close();
      remove();
    };
    return { url, adminToken, dataFolder, configPath, isOwn: true, close };
  } catch (error) {
    sink.close();
    remove();
    throw error;
  }
}

function configTextOf(wanted: SimulateArguments, sink: Pick<AlertSink, 'url'>): string {
  const { scenario, departmentCount, intervalSeconds: wished, port, remoteWriteUrl } = wanted;
  const intervalSeconds = wished ?? scenario.intervalSeconds;
  const usual = {
    pdCount: departmentCount ?? scenario.departmentCount ?? usualDepartmentCount,
    intervalSeconds,
    // The usual rate is made for a report a minute; with a very short interval it would hold back the present.
    drainBatchesPerMinute: Math.max(30, Math.ceil(120 / intervalSeconds)),
    port,
  };
  if (scenario.config !== undefined) {
    const notify = [{ id: 'peringatan', kind: 'webhook', url: sink.url }];
    const remoteWrite = remoteWriteUrl === undefined ? [] : [{ id: 'grafik', url: remoteWriteUrl }];
    return scenario.config({ ...usual, notify, remoteWrite });
  }
  return kabupatenConfig({
    ...usual,
    datasetPerPd: 1,
    vault: scenario.vault === true,
    ...(scenario.withoutDatasets === undefined ? {} : { withoutDatasets: scenario.withoutDatasets }),
  });
}

/** Invented agents must not get into the records of a real Pemda by a slip of the hand. */
function refuseRealData(folder: string): void {
  const isUsed = existsSync(join(folder, 'pantau.db')) || existsSync(join(folder, 'pantau.yaml'));
  if (!isUsed || hasFleetFile(folder)) return;
  throw new AppError(
    'usage',
    `${folder} holds the data of a collector that is no simulation; name another folder with --data.`,
  );
}
