import type { KeyObject } from 'node:crypto';
import type { SignedConfig } from '../shared/agent-config-schema.ts';
import { AppError } from '../shared/errors.ts';
import { verifyBytes } from '../shared/signing.ts';
import { agentConfigFor, agentConfigVersion, signAgentConfig } from './config/agent-config.ts';
import type { PantauConfig } from './config/schema.ts';
import { type ServerAddress, serverAddresses, type ToldNetwork } from './config/server-addresses.ts';
import type { Fleet } from './facts/fleet.ts';
import type { AgentRow } from './store/rows.ts';

/** What each agent is to do: its version with every report, signed only when the agent asks for it. */
export function createAgentConfigurations(options: { fleet: Fleet; privateKey: KeyObject; config: PantauConfig }) {
  let { config } = options;
  /** By row, not by id: an agent that was moved has a new row. */
  let versions = new WeakMap<AgentRow, { version: string; revision: number }>();

  const documentFor = (agent: AgentRow) =>
    agentConfigFor({ config, agent, servers: agent.roles.includes('vantage') ? serversOf(config, options.fleet) : [] });
  const of = (agent: AgentRow): SignedConfig => signAgentConfig(documentFor(agent), options.privateKey);

  return {
    of,
    versionOf(agent: AgentRow): string {
      // Only who probes the machines of others has to hear of it when one of them gets another address.
      const revision = agent.roles.includes('vantage') ? options.fleet.networks.revision() : 0;
      const known = versions.get(agent);
      if (known?.revision === revision) return known.version;
      const version = agentConfigVersion(documentFor(agent));
      versions.set(agent, { version, revision });
      return version;
    },
    reconfigure(next: PantauConfig): void {
      config = next;
      versions = new WeakMap();
    },
    /**
     * @param time instant that the agent wrote under its signature.
     * @throws AppError 401 for anybody but the agent itself: a configuration names the paths of its backups.
     */
    requested(id: string, time: string, signature: string | undefined): SignedConfig {
      const agent = options.fleet.agent(id);
      const bytes = Buffer.from(`${id}\n${time}`);
      const key = agent?.row.revokedAtMs === undefined ? agent?.publicKey : undefined;
      if (agent === undefined || key === undefined || !verifyBytes('configuration-request', bytes, key, signature)) {
        throw new AppError('bad-signature', 'The request is not signed by an agent that is enrolled here.', {
          status: 401,
        });
      }
      return of(agent.row);
    },
  };
}

function serversOf(config: PantauConfig, fleet: Fleet): ServerAddress[] {
  const machines: ToldNetwork[] = [];
  for (const { row } of fleet.agents()) {
    const { pd, site, node } = row;
    // What shows a token is a router, and is probed as such.
    if (row.revokedAtMs === undefined && row.tokenHash === undefined)
      machines.push({ pd, site, node, network: fleet.networks.of(row.key) });
  }
  return serverAddresses(config, machines);
}
