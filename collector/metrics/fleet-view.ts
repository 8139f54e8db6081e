import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { Judging } from '../incidents/judging.ts';
import type { AgentRow } from '../store/rows.ts';

/** What the metric families read. */
export interface FleetView {
  config: PantauConfig;
  fleet: Fleet;
  judging: Judging;
  nowMs: number;
}

export type Labels = [string, string][];

export function nodeLabels({ pd, site, node }: AgentRow): Labels {
  return [
    ['pd', pd],
    ['site', site],
    ['node', node],
  ];
}
