import type { PantauConfig } from '../config/schema.ts';
import type { IncidentView } from '../obligations/incident-view.ts';
import type { IncidentRow } from '../store/incident-rows.ts';
import type { Store } from '../store/store.ts';
import { readIsSerious } from './serious.ts';

/** So far back rules may look at incidents; ours. */
const lookBackMs = 100 * 86_400_000;

/**
 * The incidents that rules of registers are shown, the oldest first. That a register has a gap is nothing that anybody
 * has to report or to record at the service desk.
 */
export async function incidentViews(
  { config, store }: { config: PantauConfig; store: Pick<Store, 'incidentHistory' | 'verdictHistory'> },
  nowMs: number,
): Promise<IncidentView[]> {
  const rows = await store.incidentHistory.during({ fromMs: nowMs - lookBackMs, untilMs: nowMs + 1 });
  const about = { config, history: store.verdictHistory };
  const view = async (row: IncidentRow) => viewOf(row, await readIsSerious(row, about, nowMs));
  return Promise.all(rows.filter(isFault).map(view));
}

export function isFault({ kind }: Pick<IncidentRow, 'kind'>): boolean {
  return kind !== 'register';
}

function viewOf(row: IncidentRow, serious: boolean): IncidentView {
  const { id, pd, obligation, severity, openedAtMs, resolvedAtMs, statedCause } = row;
  return {
    id,
    pd,
    obligation,
    severity,
    openedAtMs,
    resolvedAtMs,
    isSerious: serious,
    decision: statedCause && { atMs: statedCause.atMs, isByOtherParty: statedCause.byOtherParty },
  };
}
