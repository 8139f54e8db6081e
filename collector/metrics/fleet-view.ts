import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { AgentFacts } from '../facts/node-facts.ts';
import type { Judging } from '../incidents/judging.ts';
import type { RegisterView } from '../obligations/register-view.ts';
import type { AgentRow } from '../store/rows.ts';

/** What the metric families read. */
export interface FleetView {
  config: PantauConfig;
  fleet: Fleet;
  judging: Judging;
  /** None unless told. */
  registers?: RegisterView;
  nowMs: number;
}

export type Labels = [string, string][];

/** A label's text as every reader takes it: half a surrogate pair cannot be written in UTF-8. */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}

/** A series may be told once: of rows with one name the first counts. */
export function firstOfEach<Row>(rows: readonly Row[], nameOf: (row: Row) => string): readonly Row[] {
  if (rows.length < 2) return rows;
  const seen = new Set<string>();
  return rows.filter((row) => {
    const { size } = seen;
    return seen.add(nameOf(row)).size > size;
  });
}

/** A node whose trust was taken back is shown no longer. */
export function isShown({ row }: AgentFacts): boolean {
  return row.revokedAtMs === undefined;
}

export const nodeLabelNames = ['pd', 'site', 'node'] as const;

export function nodeLabels({ pd, site, node }: AgentRow): Labels {
  return [
    ['pd', pd],
    ['site', site],
    ['node', node],
  ];
}
