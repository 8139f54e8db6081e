import type { Clock, Random } from '../../shared/clock.ts';
import { durationSeconds } from '../../shared/duration.ts';
import type { Logger } from '../../shared/logger.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { RegisterView } from '../obligations/register-view.ts';
import { saysSomethingNew } from '../obligations/judge-case.ts';
import type { Case } from '../obligations/subjects.ts';
import { createPusatDataMonths, type PusatDataMonths } from '../obligations/pusat-data-months.ts';
import { createLinkMonths, type LinkMonths } from '../obligations/link-months.ts';
import { withDecrees } from '../obligations/with-decrees.ts';
import { TimeSlices } from '../time-slices.ts';
import type { IncidentRow, VerdictRow } from '../store/rows.ts';
import type { JudgementChanges, Store } from '../store/store.ts';
import { type CaseBook, caseName } from './case-book.ts';
import { type Decision, decideOrPark, type DecideView } from './decide.ts';
import { type Draft, draftVerdict } from './draft-verdict.ts';
import { EndedIncidents } from './ended-incidents.ts';
import type { Hold, Waiting } from './held-back.ts';
import { isFault } from './incident-views.ts';
import { breachedTogether, holdView, knownOf } from './hold-view.ts';

/** What is decided so far; changed only after the store has it. Keys are `<obligation>|<subject>`. */
export interface TurnState {
  verdicts: Map<string, VerdictRow>;
  incidents: Map<string, IncidentRow>;
  /** The incident of a case that ended last, for as long as it may be opened again. */
  ended: EndedIncidents;
  knownSinceMs: Map<string, number>;
  /** Why breaches without an incident have none, and how long they have waited. */
  holds: Map<string, Hold>;
  waiting: Map<string, Waiting>;
  linkMonths: LinkMonths;
  pusatDataMonths: PusatDataMonths;
}

export function emptyTurnState(): TurnState {
  const known = { verdicts: new Map(), incidents: new Map(), ended: new EndedIncidents(), knownSinceMs: new Map() };
  return {
    ...known,
    holds: new Map(),
    waiting: new Map(),
    linkMonths: createLinkMonths(),
    pusatDataMonths: createPusatDataMonths(),
  };
}

export interface TurnDeps {
  store: Store;
  fleet: Fleet;
  /** None unless told. */
  registers?: RegisterView;
  clock: Clock;
  random: Random;
  logger: Logger;
  config: PantauConfig;
  book: CaseBook;
  /** When this collector began to listen. */
  startedAtMs: number;
}

export interface TurnResult {
  changed: { verdict: VerdictRow; judged: Case }[];
  /** When each judged case must be looked at again. */
  rechecks: Map<string, number>;
  /** Cases that were held back by what has changed in this turn, or are about incidents that have. */
  released: Case[];
  /** Incidents that ended in this turn and whose cause late reports will settle. */
  settling: string[];
  noticeCount: number;
  /** What the store did not take: it is to be judged again. */
  unwritten?: { cases: Case[]; cause: unknown };
}

const casesPerWrite = 250;

const leastRecheckMs = 1000;
/** A duty whose rule breaks is left alone for so long; the others go on. */
const brokenRecheckMs = 3_600_000;

/**
 * Judges the cases, then decides with all verdicts at hand what is told, and writes verdict, incident and notices of
 * each case in one transaction.
 */
export async function judgeTurn(cases: readonly Case[], state: TurnState, deps: TurnDeps): Promise<TurnResult> {
  const nowMs = deps.clock.nowMs();
  state.ended.forget(nowMs - durationSeconds(deps.config.incidents.reopenWithin) * 1000);
  const result: TurnResult = { changed: [], rechecks: new Map(), released: [], settling: [], noticeCount: 0 };
  const drafts = await draftAll(cases, { state, deps, nowMs }, result);
  const decisions = await decideAll(drafts, { state, deps, nowMs }, result);
  const incidents = await writeAll(drafts, decisions, { state, deps, nowMs }, result);
  const faultyPds = new Set(incidents.filter(isFault).map(({ pd }) => pd));
  const readers = [...faultyPds].flatMap((pd) => deps.book.readingIncidents(pd));
  result.released = [...releasedBy(result.changed, state, deps.book), ...readers];
  result.settling = incidents.flatMap(({ id, settleByMs }) => (settleByMs === undefined ? [] : id));
  return result;
}

/**
 * All of a case at once, and many cases in one transaction, but not so many that everything else waits for the disk.
 * What cannot be written any more is told in the result; what was written before it stands. @returns what was written.
 */
async function writeAll(
  drafts: ReadonlyMap<string, Draft>,
  decisions: ReadonlyMap<string, Decision>,
  { state, deps, nowMs }: TurnView,
  result: TurnResult,
): Promise<IncidentRow[]> {
  const incidents: IncidentRow[] = [];
  const slices = new TimeSlices(() => deps.clock.monotonicMs());
  for (const part of partsOf(drafts, decisions)) {
    if (slices.isOver) await slices.rest();
    if (result.unwritten === undefined) {
      const changes = changesOf(drafts, part, nowMs);
      try {
        if (changes.verdicts.length + changes.incidents.length > 0) await deps.store.saveJudgement(changes);
        keep(state, drafts, part);
        incidents.push(...changes.incidents);
        result.noticeCount += changes.outbox.length;
        result.changed.push(...newsOf(drafts, part));
        continue;
      } catch (cause) {
        result.unwritten = { cases: [], cause };
      }
    }
    for (const name of part.keys()) {
      result.rechecks.delete(name);
      result.unwritten.cases.push(...deps.book.named(name));
    }
  }
  return incidents;
}

function* partsOf(drafts: ReadonlyMap<string, Draft>, decisions: ReadonlyMap<string, Decision>) {
  let part = new Map<string, Decision>();
  let writtenCount = 0;
  for (const [name, decision] of decisions) {
    part.set(name, decision);
    const draft = drafts.get(name);
    const isNew = draft !== undefined && saysSomethingNew(draft.before, draft.verdict);
    if (isNew || decision.incident !== undefined) writtenCount += 1;
    if (writtenCount < casesPerWrite) continue;
    yield part;
    part = new Map();
    writtenCount = 0;
  }
  if (part.size > 0) yield part;
}

function newsOf(drafts: ReadonlyMap<string, Draft>, decisions: ReadonlyMap<string, Decision>): Draft[] {
  return [...decisions.keys()].flatMap((name) => {
    const draft = drafts.get(name);
    return draft !== undefined && saysSomethingNew(draft.before, draft.verdict) ? [draft] : [];
  });
}

interface TurnView {
  state: TurnState;
  deps: TurnDeps;
  nowMs: number;
}

async function draftAll(cases: readonly Case[], view: TurnView, result: TurnResult): Promise<Map<string, Draft>> {
  const { state, deps, nowMs } = view;
  const drafts = new Map<string, Draft>();
  const verdict = (name: string) => drafts.get(name)?.verdict ?? state.verdicts.get(name);
  const facts = { ...view, verdict, sites: new Map(), departments: new Map() };
  // What is learnt between two slices touches its cases again.
  const slices = new TimeSlices(() => deps.clock.monotonicMs());
  for (const judged of deps.book.withAreas(cases)) {
    if (slices.isOver) await slices.rest();
    const draft = await draftVerdict(judged, facts);
    if (draft === undefined) result.rechecks.set(caseName(judged), nowMs + brokenRecheckMs);
    else drafts.set(caseName(judged), draft);
  }
  return drafts;
}

async function decideAll(
  drafts: ReadonlyMap<string, Draft>,
  view: TurnView,
  result: TurnResult,
): Promise<Map<string, Decision>> {
  const { deps, state, nowMs } = view;
  const known = knownOf(state, drafts);
  const deciding: DecideView = {
    ...view,
    config: withDecrees(deps.config, { ...deps, nowMs }),
    holds: holdView(deps, known, nowMs),
    together: (judged) => breachedTogether(judged, deps.book, known),
  };
  const decisions = new Map<string, Decision>();
  const slices = new TimeSlices(() => deps.clock.monotonicMs());
  for (const [name, draft] of drafts) {
    if (slices.isOver) await slices.rest();
    const decision = decideOrPark(draft, deciding);
    if (decision === undefined) {
      result.rechecks.set(name, nowMs + brokenRecheckMs);
      continue;
    }
    decisions.set(name, decision);
    const recheckAtMs = Math.min(draft.recheckAtMs ?? Infinity, holdEndsAtMs(decision.hold));
    // A moment that has passed would be due again at once, for ever.
    if (recheckAtMs < Infinity) result.rechecks.set(name, Math.max(recheckAtMs, nowMs + leastRecheckMs));
  }
  return decisions;
}

function holdEndsAtMs(hold: Hold | undefined): number {
  return hold !== undefined && 'untilMs' in hold ? hold.untilMs : Infinity;
}

function changesOf(
  drafts: ReadonlyMap<string, Draft>,
  decisions: ReadonlyMap<string, Decision>,
  nowMs: number,
): JudgementChanges {
  const changes: JudgementChanges = {
    verdicts: [],
    removedVerdicts: [],
    incidents: [],
    outbox: [],
    deadlines: [],
    events: [...decisions.values()].flatMap(({ events }) => events),
    audit: [...decisions.values()].flatMap(({ audit }) => audit),
    atMs: nowMs,
  };
  for (const [name, { incident, outbox }] of decisions) {
    const draft = drafts.get(name);
    if (draft !== undefined && saysSomethingNew(draft.before, draft.verdict)) changes.verdicts.push(draft.verdict);
    if (incident !== undefined) changes.incidents.push(incident);
    changes.outbox.push(...outbox);
  }
  return changes;
}

function keep(state: TurnState, drafts: ReadonlyMap<string, Draft>, decisions: ReadonlyMap<string, Decision>): void {
  for (const [name, { incident, hold, waiting }] of decisions) {
    const draft = drafts.get(name);
    if (draft !== undefined) state.verdicts.set(name, draft.verdict);
    keepIncident(state, name, incident);
    set(state.holds, name, hold);
    set(state.waiting, name, waiting);
  }
}

/** What an incident is now, after the store has it. @param name of its case. */
export function keepIncident(state: TurnState, name: string, incident: IncidentRow | undefined): void {
  if (incident === undefined) return;
  if (incident.state === 'resolved') {
    state.incidents.delete(name);
    state.ended.add(incident);
  } else {
    state.incidents.set(name, incident);
    state.ended.delete(name);
  }
}

function set<Value>(map: Map<string, Value>, name: string, value: Value | undefined): void {
  if (value === undefined) map.delete(name);
  else map.set(name, value);
}

/** Whatever was held back by a case whose verdict is another one now. */
function releasedBy(changed: TurnResult['changed'], state: TurnState, book: CaseBook): Case[] {
  const tellers = new Set(changed.map(({ judged }) => caseName(judged)));
  const found: Case[] = [];
  for (const [name, hold] of tellers.size === 0 ? [] : state.holds) {
    if (!('subject' in hold)) continue;
    if (tellers.has(`${hold.obligation}|${hold.subject}`)) found.push(...book.named(name));
  }
  return found;
}
