import type { Report, ReportNetwork } from '../../shared/report-schema.ts';
import type { NetworkRow } from '../store/network-rows.ts';
import type { AgentRow } from '../store/rows.ts';
import type { FactChanges } from '../store/store.ts';

/** How machines are connected, as each of them told last: where the agents at the Pusat Data can probe it. */
export interface NetworkBook {
  of(agentKey: number): ReportNetwork | undefined;
  /** Another number whenever a machine came, moved, or told of another network. */
  revision(): number;
  /** An agent came, or it stands elsewhere now: what it told where it was says nothing about where it is. */
  noteAgent(row: AgentRow, isMoved: boolean): void;
  restore(rows: readonly NetworkRow[]): void;
  stage(changes: FactChanges): { add(row: AgentRow, report: Report, takenAtMs: number): void; apply(): void };
}

export function createNetworkBook(): NetworkBook {
  const known = new Map<number, string>();
  let revision = 0;

  return {
    of(agentKey) {
      const body = known.get(agentKey);
      return body === undefined ? undefined : (JSON.parse(body) as ReportNetwork);
    },
    revision: () => revision,
    noteAgent(row, isMoved) {
      revision += 1;
      if (isMoved) known.delete(row.key);
    },
    restore(rows) {
      for (const { agentKey, body } of rows) known.set(agentKey, body);
    },
    stage(changes) {
      const told = new Map<number, string>();
      return {
        add({ key }, { network }, takenAtMs) {
          if (network === undefined) return;
          const { egressCheckedAt: _, ...lasting } = network;
          const body = JSON.stringify(lasting);
          if (body === (told.get(key) ?? known.get(key))) return;
          told.set(key, body);
          changes.networks.push({ agentKey: key, takenAtMs, body });
        },
        apply() {
          if (told.size > 0) revision += 1;
          for (const [key, body] of told) known.set(key, body);
        },
      };
    },
  };
}
