import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';

/** As many as the configuration of one agent may hold (shared/agent-config-schema.ts). */
const maxRouterCount = 1000;

/** One agent at the Pusat Data probes every router. */
export function limitsCheck(config: PantauConfig): ConfigProblem[] {
  const count = config.perangkatDaerah.flatMap((pd) => pd.sites).filter((site) => site.router !== undefined).length;
  if (count <= maxRouterCount) return [];
  const message = `names ${count} routers; at most ${maxRouterCount} can be watched from the Pusat Data`;
  return [{ path: ['perangkatDaerah'], message }];
}
