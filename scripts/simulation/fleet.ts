import type { AgentConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { agentIdOf, createKeyPair, exportPrivateKey, exportPublicKey, importKeyPair } from '../../shared/signing.ts';
import { createTokens, type Place, placesIn, type TokenWish } from './collector-store.ts';
import { enrolSimulated, fetchConfiguration } from './enrol-simulated.ts';
import { type FleetFile, readFleetFile, writeFleetFile } from './fleet-file.ts';
import type { ReportClient } from './report-client.ts';
import { runBounded } from './run-bounded.ts';
import { createSimulatedAgent, sessionName, type SimulatedAgent } from './simulated-agent.ts';

export interface FleetMember {
  agent: SimulatedAgent;
  /** What the collector told it to do. */
  config: AgentConfig;
  /** True for the first agent of its department, which looks after its backups. */
  isFirstOfPd: boolean;
}

export interface FleetOptions {
  /** Of the collector, on this machine. */
  dataFolder: string;
  configPath: string;
  client: ReportClient;
  agentCount: number;
  clock: Clock;
  /** Seed of the first agent; 1 unless told. */
  seed?: number;
  /** Overrides what the collector's configuration says. */
  intervalSeconds?: number | undefined;
  onProgress?: (line: string) => void;
  /** Ends the enrolling early; those enrolled so far are returned. */
  signal?: AbortSignal;
}

const enrolmentsAtOnce = 16;
const agentsPerRound = 500;
const dayMs = 86_400_000;

/**
 * Agents enrolled with the collector, spread over its departments; the first one stands at the Pusat Data and has the
 * roles `vantage` and `vault`. Their keys are kept in the data folder, so that the next run continues with the same agents.
 * @throws AppError of enrol-simulated.ts, or `usage` when the configuration has no site to put an agent at.
 */
export async function prepareFleet(options: FleetOptions): Promise<FleetMember[]> {
  const { dataFolder, agentCount, clock, seed = 1 } = options;
  const kept = readFleetFile(dataFolder);
  const file: FleetFile = kept ?? {
    startCount: 0,
    seed,
    bootedAtMs: Math.floor((clock.nowMs() - 21 * dayMs) / 1000) * 1000,
    collectorPublicKey: '',
    agents: [],
  };
  const configs = await configsOfKnown(file, options);
  file.startCount += 1;
  writeFleetFile(dataFolder, file);
  while (file.agents.length < agentCount && options.signal?.aborted !== true) {
    configs.push(...(await enrolRound(file, options)));
    writeFleetFile(dataFolder, file);
    options.onProgress?.(`Enrolled ${file.agents.length} of ${agentCount} agents.`);
  }
  return membersOf(file, configs, options);
}

async function configsOfKnown(file: FleetFile, options: FleetOptions): Promise<AgentConfig[]> {
  const { client, clock, agentCount } = options;
  return runBounded(file.agents.slice(0, agentCount), enrolmentsAtOnce, async ({ privateKeyPem }) => {
    const keys = importKeyPair(privateKeyPem);
    const id = agentIdOf(exportPublicKey(keys.publicKey));
    const { collectorPublicKey } = file;
    return fetchConfiguration({ id, keys }, { client, collectorPublicKey, nowMs: clock.nowMs() });
  });
}

async function enrolRound(file: FleetFile, options: FleetOptions): Promise<AgentConfig[]> {
  const { dataFolder, configPath, client, clock, agentCount } = options;
  const places = placesIn(configPath);
  if (places.length === 0) {
    throw new AppError('usage', `No department in ${configPath} has a site; add one under sites.`);
  }
  const firstIndex = file.agents.length;
  const newcomers = Array.from({ length: Math.min(agentsPerRound, agentCount - firstIndex) }, (_, place) =>
    newcomer(firstIndex + place, places),
  );
  const secrets = await createTokens(
    dataFolder,
    newcomers.map((each) => each.wish),
    clock.nowMs(),
  );
  const enrolled = await runBounded(newcomers, enrolmentsAtOnce, async (each, index) =>
    enrolSimulated(each, { client, secret: secrets[index] ?? '' }),
  );
  for (const [index, { wish, keys }] of newcomers.entries()) {
    const node = enrolled[index]?.config.node ?? '';
    file.agents.push({ pd: wish.pd, node, privateKeyPem: exportPrivateKey(keys.privateKey) });
  }
  file.collectorPublicKey = enrolled[0]?.answer.collectorPublicKey ?? '';
  return enrolled.map(({ config }) => config);
}

const serverNames = ['srv-aplikasi', 'srv-basis-data', 'srv-berkas', 'srv-web', 'srv-cadangan'];

function newcomer(index: number, places: readonly Place[]) {
  const place = places[index % places.length] as Place;
  const round = Math.floor(index / places.length);
  const name = serverNames[round % serverNames.length] ?? 'srv';
  const number = Math.floor(round / serverNames.length);
  return {
    keys: createKeyPair(),
    node: index === 0 ? 'pemantau' : number === 0 ? name : `${name}-${number + 1}`,
    wish: { ...place, roles: index === 0 ? (['vantage', 'vault'] as TokenWish['roles']) : [] },
  };
}

function membersOf(file: FleetFile, configs: readonly AgentConfig[], options: FleetOptions): FleetMember[] {
  const seen = new Set<string>();
  return configs.map((config, index) => {
    const isFirstOfPd = !seen.has(config.pd);
    seen.add(config.pd);
    const seed = file.seed + index;
    const agent = createSimulatedAgent({
      seed,
      keys: importKeyPair(file.agents[index]?.privateKeyPem ?? ''),
      intervalSeconds: options.intervalSeconds ?? config.intervalSeconds,
      pd: config.pd,
      node: config.node,
      session: sessionName(seed, file.startCount),
      // Machines are not all started in the same second.
      bootedAtMs: file.bootedAtMs + (seed % 997) * 61_000,
    });
    return { agent, config, isFirstOfPd };
  });
}
