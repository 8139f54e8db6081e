import { createHash, type KeyObject } from 'node:crypto';
import type { AgentConfig, ProbeConfig, SignedConfig } from '../../shared/agent-config-schema.ts';
import { signBytes } from '../../shared/signing.ts';
import type { PantauConfig } from './schema.ts';

/** Who an agent is, as it was enrolled. */
export type AgentIdentity = Pick<AgentConfig, 'agent' | 'pd' | 'site' | 'node' | 'roles'>;

/** Our defaults for the probes of site routers. */
const routerPacketCount = 5;
const routerTimeoutSeconds = 2;

export interface AgentConfigRequest {
  config: PantauConfig;
  /** `id` is the agent's id; the rest is where it was enrolled and what for. */
  agent: { id: string } & Omit<AgentIdentity, 'agent'>;
}

/**
 * What one agent has to do: look for its department's datasets (those without a node, and those of its own), and with
 * the role `vantage` probe the router of every site. A department that is gone has nothing to look for.
 */
export function agentConfigFor({ config, agent }: AgentConfigRequest): AgentConfig {
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
    probes: roles.includes('vantage') ? routerProbes(config) : [],
    backups: datasets.map((dataset) => ({ dataset: dataset.id, source: { ...dataset.source } })),
    spool: { maxSizeBytes: config.agents.spoolMaxSizeBytes },
    drain: { batchesPerMinute: config.agents.drainBatchesPerMinute },
  };
}

function routerProbes(config: PantauConfig): ProbeConfig[] {
  return config.perangkatDaerah.flatMap((pd) =>
    pd.sites.flatMap((site) =>
      site.router === undefined
        ? []
        : [
            {
              name: `wan/${pd.id}/${site.id}`,
              kind: 'icmp',
              layer: 'wan' as const,
              pd: pd.id,
              site: site.id,
              host: site.router.address,
              packetCount: routerPacketCount,
              timeoutSeconds: routerTimeoutSeconds,
            },
          ],
    ),
  );
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
