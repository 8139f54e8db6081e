import type { Clock, Random } from '../../shared/clock.ts';
import { nextDueMs } from '../../shared/cron-grace.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import { datasetFacts } from '../obligations/dataset-case.ts';
import { departmentFacts } from '../obligations/department-case.ts';
import { siteFacts } from '../obligations/site-case.ts';
import { type CaseFacts, judgeCase, saysSomethingNew, type Waiver } from '../obligations/judge-case.ts';
import type { Params } from '../obligations/rule.ts';
import type { Case } from '../obligations/subjects.ts';
import type { IncidentRow, NewOutboxRow, VerdictRow } from '../store/rows.ts';
import type { JudgementChanges, Store } from '../store/store.ts';
import { buildNotice, ownerOf } from './build-notice.ts';
import { caseName } from './case-book.ts';
import { newIncidentId } from './incident-id.ts';
import { transition } from './transition.ts';

/** What is decided so far; changed only after the store has it. Keys are `<obligation>|<subject>`. */
export interface TurnState {
  verdicts: Map<string, VerdictRow>;
  incidents: Map<string, IncidentRow>;
  knownSinceMs: Map<string, number>;
}

export interface TurnDeps {
  store: Store;
  fleet: Fleet;
  clock: Clock;
  random: Random;
  logger: Logger;
  config: PantauConfig;
  /** When this collector began to listen. */
  startedAtMs: number;
}

export interface TurnResult {
  changed: { verdict: VerdictRow; judged: Case }[];
  /** When each judged case must be looked at again. */
  rechecks: Map<string, number>;
  noticeCount: number;
}

const leastRecheckMs = 1000;
/** A duty whose rule breaks is left alone for so long; the others go on. */
const brokenRecheckMs = 3_600_000;

/** Judges the cases and writes verdicts, incidents and notices in one transaction. */
export async function judgeTurn(cases: readonly Case[], state: TurnState, deps: TurnDeps): Promise<TurnResult> {
  const nowMs = deps.clock.nowMs();
  const changes: JudgementChanges = {
    verdicts: [],
    removedVerdicts: [],
    incidents: [],
    outbox: [],
    deadlines: [],
    atMs: nowMs,
  };
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: deps.config.timezone }).format(new Date(nowMs));
  const result: TurnResult = { changed: [], rechecks: new Map(), noticeCount: 0 };
  const judgedVerdicts = new Map<string, VerdictRow>();

  for (const judged of cases) {
    const name = caseName(judged);
    const facts = await factsFor(judged, { state, deps, nowMs });
    const before = state.verdicts.get(name);
    const known = { before, open: state.incidents.get(name) };
    const decision = decideOrPark(() => decide(judged, facts, known, { deps, nowMs, today }), name, deps.logger);
    if (decision === undefined) {
      result.rechecks.set(name, nowMs + brokenRecheckMs);
      continue;
    }
    const { verdict, recheckAtMs, incidents, outbox } = decision;
    judgedVerdicts.set(name, verdict);
    // A moment that has passed would be due again at once, for ever.
    if (recheckAtMs !== undefined) result.rechecks.set(name, Math.max(recheckAtMs, nowMs + leastRecheckMs));
    if (saysSomethingNew(before, verdict)) {
      changes.verdicts.push(verdict);
      result.changed.push({ verdict, judged });
    }
    changes.incidents.push(...incidents);
    changes.outbox.push(...outbox);
  }

  const hasChanges = changes.verdicts.length + changes.incidents.length > 0;
  if (hasChanges) await deps.store.saveJudgement(changes);
  for (const [name, verdict] of judgedVerdicts) state.verdicts.set(name, verdict);
  for (const incident of changes.incidents) {
    const name = `${incident.obligation}|${incident.subject}`;
    if (incident.state === 'resolved') state.incidents.delete(name);
    else state.incidents.set(name, incident);
  }
  result.noticeCount = changes.outbox.length;
  return result;
}

interface Decision {
  verdict: VerdictRow;
  recheckAtMs: number | undefined;
  /** What changes of the subject's incidents, in the order in which it happens. */
  incidents: IncidentRow[];
  outbox: NewOutboxRow[];
}

/** One broken rule or sentence must not keep every other duty from being judged. */
function decideOrPark(work: () => Decision, name: string, logger: Logger): Decision | undefined {
  try {
    return work();
  } catch (error) {
    logger.error('a duty could not be judged; its last verdict stands', { duty: name, cause: messageOf(error) });
    return undefined;
  }
}

function decide(
  judged: Case,
  facts: CaseFacts,
  known: { before: VerdictRow | undefined; open: IncidentRow | undefined },
  view: { deps: TurnDeps; nowMs: number; today: string },
): Decision {
  const { deps, nowMs, today } = view;
  const { config } = deps;
  const waiver = waiverOf(judged, config, today);
  const options = { params: paramsOf(judged, config), waiver, before: known.before, nowMs };
  const { verdict, recheckAtMs: ruleRecheckAtMs } = judgeCase(judged, facts, options);
  // A waiver ends with a day of the Pemda, whether anything is reported then or not.
  const recheckAtMs = verdict.status === 'waived' ? nextMidnightMs(config.timezone, nowMs) : ruleRecheckAtMs;
  const fresh = () => ({
    id: newIncidentId(nowMs, config.timezone, deps.random),
    kind: judged.rule.incidentKind,
    owner: ownerOf(judged, config).name,
    severity: verdict.severity ?? judged.rule.severity,
  });
  const moves = transition(known.open, verdict, { fresh, faults: judged.rule.faults, nowMs });
  const outbox = moves.flatMap(({ incident, event }) => {
    if (event === undefined) return [];
    const notice = buildNotice(event, { config, judged, verdict, incident, facts }, nowMs);
    return config.notify.map(({ id }) => ({ incident: incident.id, channel: id, notice, createdAtMs: nowMs }));
  });
  return { verdict, recheckAtMs, incidents: moves.map(({ incident }) => incident), outbox };
}

function nextMidnightMs(timezone: string, nowMs: number): number | undefined {
  return nextDueMs({ cron: '0 0 * * *', timezone, graceSeconds: 0 }, nowMs);
}

export async function factsFor(
  judged: Case,
  view: { state: TurnState; deps: TurnDeps; nowMs: number },
): Promise<CaseFacts> {
  const { deps, state, nowMs } = view;
  const given = { config: deps.config, fleet: deps.fleet, nowMs, startedAtMs: deps.startedAtMs };
  if (judged.rule.subject === 'department') return { department: await departmentFacts(given, judged.pd, deps.store) };
  if (judged.rule.subject === 'site') return { site: siteFacts(given, judged.pd, judged.part ?? '') };
  const pd = deps.config.perangkatDaerah.find((known) => known.id === judged.pd);
  const dataset = pd?.datasets.find((known) => known.id === judged.part);
  const known = state.knownSinceMs.get(judged.subject);
  const knownSinceMs = known ?? (await deps.store.firstSeenMs('dataset', judged.subject, nowMs));
  if (known === undefined) state.knownSinceMs.set(judged.subject, knownSinceMs);
  return { dataset: datasetFacts(given, judged.pd, dataset, knownSinceMs) };
}

function paramsOf(judged: Case, config: PantauConfig): Params {
  const defaults = Object.entries(judged.rule.params).map(([name, spec]) => [name, spec.default]);
  const set = config.obligations[judged.obligation.id]?.params ?? {};
  return { ...(Object.fromEntries(defaults) as Params), ...judged.obligation.params, ...set };
}

function waiverOf(judged: Case, config: PantauConfig, today: string): Waiver | undefined {
  const waivers = config.obligations[judged.obligation.id]?.waived ?? [];
  return waivers.find((waiver) => waiver.pd === judged.pd && waiver.until >= today);
}
