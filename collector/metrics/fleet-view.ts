import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { AgentFacts } from '../facts/node-facts.ts';
import type { Judging } from '../incidents/judging.ts';

/** What the metric families read. */
export interface FleetView {
  config: PantauConfig;
  fleet: Fleet;
  judging: Judging;
  nowMs: number;
}

export type Labels = [string, string][];

export function nodeLabels({ row }: AgentFacts): Labels {
  return [
    ['pd', row.pd],
    ['site', row.site],
    ['node', row.node],
  ];
}
