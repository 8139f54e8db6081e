import { withDecrees } from '../obligations/with-decrees.ts';
import type { NewOutboxRow } from '../store/rows.ts';
import { buildNotice } from './build-notice.ts';
import type { CaseBook } from './case-book.ts';
import { factsFor } from './case-facts.ts';
import type { TurnDeps, TurnState } from './judge-turn.ts';
import { isListedOnly } from './listed-only.ts';

/**
 * Tells every configured channel of every open incident. The store keeps one notice of each kind for each channel, so
 * that only those hear of it who have not yet: a channel that was added, renamed, or configured only after the breach.
 * @returns how many notices were offered to the outbox.
 */
export async function announceOpen(state: TurnState, book: CaseBook, deps: TurnDeps): Promise<number> {
  const { store } = deps;
  const nowMs = deps.clock.nowMs();
  const config = withDecrees(deps.config, { ...deps, nowMs });
  const outbox: NewOutboxRow[] = [];
  const view = {
    state,
    deps,
    nowMs,
    verdict: (asked: string) => state.verdicts.get(asked),
    sites: new Map(),
    departments: new Map(),
  };
  for (const [name, incident] of state.incidents) {
    const [judged] = book.named(name);
    const verdict = state.verdicts.get(name);
    if (judged === undefined || verdict?.status !== 'breached' || isListedOnly(incident)) continue;
    const facts = await factsFor(judged, view);
    // By the name under which it was told last: under another one it would be told twice.
    const event = incident.reopened === undefined ? 'opened' : 'reopened';
    const notice = buildNotice(event, { config, judged, verdict, incident, facts }, nowMs);
    for (const { id } of config.notify) outbox.push({ incident: incident.id, channel: id, notice, createdAtMs: nowMs });
  }
  if (outbox.length > 0) {
    const nothing = { verdicts: [], removedVerdicts: [], incidents: [], deadlines: [] };
    await store.saveJudgement({ ...nothing, outbox, atMs: nowMs });
  }
  return outbox.length;
}
