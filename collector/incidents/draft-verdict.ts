import { durationSeconds } from '../../shared/duration.ts';
import { messageOf } from '../../shared/errors.ts';
import { type CaseFacts, judgeCase } from '../obligations/judge-case.ts';
import { paramsOf } from '../obligations/params-of.ts';
import type { Case } from '../obligations/subjects.ts';
import { waiverOf } from '../obligations/waivers.ts';
import type { IncidentRow, VerdictRow } from '../store/rows.ts';
import { caseName } from './case-book.ts';
import { type FactsView, factsFor } from './case-facts.ts';
import { canBeSettled, type Finding, findCause } from './settling/find-cause.ts';

/** What a turn finds of one case, before it is decided what that means for incidents. */
export interface Draft {
  judged: Case;
  facts: CaseFacts;
  before: VerdictRow | undefined;
  /** The incident of this case that ended only just now, when there is a breach again. */
  ended: IncidentRow | undefined;
  verdict: VerdictRow;
  isAwaited: boolean;
  recheckAtMs: number | undefined;
  /** When it ends an incident: what broke after all, as far as it is known by now. */
  finding: Finding | undefined;
}

/** One broken rule must not keep every other duty from being judged. @returns undefined for such a one. */
export async function draftVerdict(judged: Case, view: FactsView): Promise<Draft | undefined> {
  const { deps, nowMs, state } = view;
  const name = caseName(judged);
  const facts = await factsFor(judged, view);
  const before = state.verdicts.get(name);
  try {
    const { config } = deps;
    const params = paramsOf(judged.rule, judged.obligation, config);
    const { waiver, changesAtMs = Infinity } = waiverOf(judged, { ...deps, nowMs });
    const given = judgeCase(judged, facts, { params, waiver, before, nowMs });
    const soonest = Math.min(changesAtMs, given.recheckAtMs ?? Infinity);
    const recheckAtMs = soonest < Infinity ? soonest : undefined;
    const finding = await findingAtEnd(judged, given.verdict, view);
    const ended = await endedJustNow(judged, given.verdict, view);
    return { ...given, judged, facts, before, ended, recheckAtMs, finding };
  } catch (error) {
    deps.logger.error('a duty could not be judged; its last verdict stands', { duty: name, cause: messageOf(error) });
    return undefined;
  }
}

/** As the store has it: what it was may have turned out since. */
async function endedJustNow(judged: Case, verdict: VerdictRow, view: FactsView): Promise<IncidentRow | undefined> {
  const { state, deps, nowMs } = view;
  const name = caseName(judged);
  const last = state.ended.get(name);
  if (last === undefined || verdict.status !== 'breached' || state.incidents.has(name)) return undefined;
  const withinMs = durationSeconds(deps.config.incidents.reopenWithin) * 1000;
  return nowMs - last.resolvedAtMs > withinMs ? undefined : await deps.store.incident(last.id);
}

async function findingAtEnd(judged: Case, verdict: VerdictRow, view: FactsView): Promise<Finding | undefined> {
  const { deps, nowMs, state } = view;
  const open = state.incidents.get(caseName(judged));
  if (open === undefined || verdict.status !== 'compliant' || !canBeSettled(judged, open)) return undefined;
  return findCause(judged, { ...open, resolvedAtMs: nowMs }, { ...deps, nowMs });
}
