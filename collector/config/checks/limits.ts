import type { ConfigProblem } from '../problem.ts';
import type { PantauConfig } from '../schema.ts';
import { vaultsOf } from '../vaults-of.ts';

/** As many as the configuration of one agent may hold (shared/agent-config-schema.ts). */
const maxRouterCount = 1000;

/** As many datasets as an agent takes for one vault (shared/agent-config-schema.ts). */
const maxVaultDatasetCount = 4096;

/** One agent at the Pusat Data probes every router, and one reads a whole vault. */
export function limitsCheck(config: PantauConfig): ConfigProblem[] {
  return [...routerProblems(config), ...datasetProblems(config)];
}

function datasetProblems(config: PantauConfig): ConfigProblem[] {
  const count = config.perangkatDaerah.flatMap((pd) => pd.datasets).length;
  if (count <= maxVaultDatasetCount || vaultsOf(config).length === 0) return [];
  const message = `names ${count} datasets; at most ${maxVaultDatasetCount} can be read in a vault`;
  return [{ path: ['perangkatDaerah'], message }];
}

function routerProblems(config: PantauConfig): ConfigProblem[] {
  const count = config.perangkatDaerah.flatMap((pd) => pd.sites).filter((site) => site.router !== undefined).length;
  if (count <= maxRouterCount) return [];
  const message = `names ${count} routers; at most ${maxRouterCount} can be watched from the Pusat Data`;
  return [{ path: ['perangkatDaerah'], message }];
}
