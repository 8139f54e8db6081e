import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrations } from '../../collector/store/sqlite/migrations.ts';
import { importKeyPair } from '../../shared/signing.ts';
import { startCollectorProcess } from '../simulation/collector-process.ts';
import { prepareFleet } from '../simulation/fleet.ts';
import { readFleetFile } from '../simulation/fleet-file.ts';
import { kabupatenConfig } from '../simulation/kabupaten-config.ts';
import { createReportClient } from '../simulation/report-client.ts';
import { createSimulatedAgent, type SimulatedAgent } from '../simulation/simulated-agent.ts';
import type { BenchContext } from './bench.ts';

const configText = kabupatenConfig({ pdCount: 40, datasetPerPd: 1, intervalSeconds: 60, port: 0 });
const stamp = createHash('sha256')
  .update(JSON.stringify([migrations, configText]))
  .digest('hex');

/**
 * The data folder of a collector with so many enrolled agents, copied for this run. Enrolling ten thousand takes a
 * while and is not what is measured, so the original is kept between runs.
 */
export async function fleetFolder(context: BenchContext, agentCount: number): Promise<string> {
  const kept = join(context.cacheFolder, `fleet-${agentCount}`);
  const stampFile = join(kept, 'bench-stamp');
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) await prepare(context, agentCount, kept);
  const folder = join(context.folder, `fleet-${agentCount}`);
  cpSync(kept, folder, { recursive: true });
  return folder;
}

async function prepare(context: BenchContext, agentCount: number, kept: string): Promise<void> {
  context.say(`Enrolling ${agentCount} agents; this is kept for the next time.`);
  const dataFolder = join(context.folder, 'enrolling');
  const collector = await startCollectorProcess({ dataFolder, configText, ownGroup: true });
  const client = createReportClient({ url: collector.url });
  try {
    const { configPath } = collector;
    await prepareFleet({ dataFolder, configPath, client, agentCount, clock: context.clock });
  } finally {
    client.close();
    await collector.stop();
  }
  writeFileSync(join(dataFolder, 'bench-stamp'), stamp);
  rmSync(kept, { recursive: true, force: true });
  renameSync(dataFolder, kept);
}

/** The agents of a folder. @param session of all of them: a new one for each use, or their reports are repeats. */
export function fleetAgents(folder: string, session: string): SimulatedAgent[] {
  const file = readFleetFile(folder);
  if (file === undefined) throw new Error(`${folder} holds no fleet.`);
  return file.agents.map(({ pd, node, privateKeyPem }, index) => {
    const seed = file.seed + index;
    const keys = importKeyPair(privateKeyPem);
    // Machines are not all started in the same second.
    const bootedAtMs = file.bootedAtMs + (seed % 997) * 61_000;
    return createSimulatedAgent({ seed, keys, intervalSeconds: 60, pd, node, session, bootedAtMs });
  });
}

/** A name of a session that no earlier run used. */
export function newSession(context: Pick<BenchContext, 'clock'>): string {
  return `bench-${context.clock.nowMs().toString(36)}`;
}
