import type { PantauConfig } from '../config/schema.ts';
import { regulationsOf } from '../obligations/regulations/registry.ts';

/** What entries may name. */
export interface RegisterNames {
  /** Zone of times that are written without one. */
  timezone: string;
  departments: readonly string[];
  /** Sites and nodes by department. */
  sites: ReadonlyMap<string, readonly string[]>;
  nodes: ReadonlyMap<string, readonly string[]>;
  obligations: readonly string[];
}

/** @param agents the machines that are or were enrolled. */
export function registerNames(
  config: Pick<PantauConfig, 'timezone' | 'perangkatDaerah' | 'regulations' | 'ownRegulations'>,
  agents: readonly { pd: string; node: string }[],
): RegisterNames {
  return {
    timezone: config.timezone,
    departments: config.perangkatDaerah.map(({ id }) => id),
    sites: new Map(config.perangkatDaerah.map(({ id, sites }) => [id, sites.map((site) => site.id)])),
    nodes: new Map([...Map.groupBy(agents, ({ pd }) => pd)].map(([pd, rows]) => [pd, rows.map(({ node }) => node)])),
    obligations: regulationsOf(config).flatMap((regulation) => regulation.obligations.map(({ id }) => id)),
  };
}
