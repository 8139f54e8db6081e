import { createHash, type KeyObject } from 'node:crypto';
import type { AgentConfig, BackupConfig, SignedConfig, VaultConfig } from '../../shared/agent-config-schema.ts';
import { durationSeconds } from '../../shared/duration.ts';
import { signBytes } from '../../shared/signing.ts';
import { probesFor } from './agent-probes.ts';
import { collectorSourceKinds, heartbeatSourceKind } from './heartbeat-source.ts';
import type { DatasetConfig, PantauConfig } from './schema.ts';
import { routersFor } from './router-config.ts';
import type { ServerAddress } from './server-addresses.ts';
import { vaultsOf } from './vaults-of.ts';

/** Who an agent is, as it was enrolled. */
export type AgentIdentity = Pick<AgentConfig, 'agent' | 'pd' | 'site' | 'node' | 'roles'>;

export interface AgentConfigRequest {
  config: PantauConfig;
  /** `id` is the agent's id; the rest is where it was enrolled and what for. */
  agent: { id: string } & Omit<AgentIdentity, 'agent'>;
  /** Where machines with agents can be probed from the Pusat Data; none is known when absent. */
  servers?: readonly ServerAddress[];
}

/**
 * What one agent has to do: look for its department's datasets (those without a node, and those of its own), and with
 * the role `vantage` probe the router of every site and the servers behind it. A department that is gone has nothing to look for.
 */
export function agentConfigFor({ config, agent, servers = [] }: AgentConfigRequest): AgentConfig {
  const { id, pd, site, node, roles } = agent;
  const department = config.perangkatDaerah.find((candidate) => candidate.id === pd);
  const datasets = (department?.datasets ?? []).filter((each) => each.node === undefined || each.node === node);
  return {
    agent: id,
    pd,
    site,
    node,
    roles: [...roles],
    intervalSeconds: config.agents.intervalSeconds,
    discoverTargets: true,
    probes: probesFor(config, agent, servers),
    ...filled('routers', routersFor(config, agent)),
    ...(config.egress?.url === undefined ? {} : { egressUrl: config.egress.url }),
    backups: datasets.flatMap(backupFor),
    ...vaultsFor(config, agent),
    spool: { maxSizeBytes: config.agents.spoolMaxSizeBytes },
    drain: { batchesPerMinute: config.agents.drainBatchesPerMinute },
  };
}

/**
 * Where to look for a dataset, and how to try it. One that the collector hears itself has no source for an agent; it is
 * sent for the commands that are run beside the agent: `backup-run` for a job that also calls its heartbeat address,
 * `restore-test` for whatever is to be tried there.
 */
function backupFor({ id: dataset, source, restoreTest }: DatasetConfig): BackupConfig[] {
  const isOurs = collectorSourceKinds.includes(source.kind);
  if (isOurs && restoreTest === undefined && source.kind !== heartbeatSourceKind) return [];
  return [
    {
      dataset,
      ...(isOurs ? {} : { source: { ...source } }),
      ...(restoreTest === undefined ? {} : { restoreTest: { ...restoreTest } }),
    },
  ];
}

/** The vaults that an agent reads: those that name its node, and those that name none. */
function vaultsFor(
  config: PantauConfig,
  { roles, node }: Pick<AgentIdentity, 'roles' | 'node'>,
): { vaults?: VaultConfig[] } {
  if (!roles.includes('vault')) return {};
  const datasets = config.perangkatDaerah.flatMap((pd) =>
    pd.datasets.map(({ id: dataset, vault }) => ({ pd: pd.id, dataset, path: vault ?? `${pd.id}/${dataset}` })),
  );
  const vaults = vaultsOf(config)
    .filter(({ vault }) => vault.node === undefined || vault.node === node)
    .map(({ vault: { id, root, hashBytesPerSecond, coverEvery, scanEvery }, location }) => ({
      id,
      location,
      root,
      hashBytesPerSecond,
      coverSeconds: durationSeconds(coverEvery),
      scanEverySeconds: durationSeconds(scanEvery),
      datasets,
    }));
  return vaults.length === 0 ? {} : { vaults };
}

/** A part that older agents do not know is sent only when there is something in it. */
function filled<Name extends string, Row>(name: Name, rows: Row[]): Partial<Record<Name, Row[]>> {
  return rows.length === 0 ? {} : ({ [name]: rows } as Partial<Record<Name, Row[]>>);
}

/** The version of a configuration without the cost of signing it. */
export function agentConfigVersion(document: AgentConfig): string {
  return versionOf(JSON.stringify(document));
}

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** The form that travels: the exact text, its version (the start of its SHA-256) and the collector's signature. */
export function signAgentConfig(document: AgentConfig, privateKey: KeyObject): SignedConfig {
  const text = JSON.stringify(document);
  return {
    version: versionOf(text),
    document: text,
    signature: signBytes('configuration', Buffer.from(text), privateKey),
  };
}
