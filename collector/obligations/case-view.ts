import type { ReportReference } from '../../shared/evidence.ts';
import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import { type AgentFacts, isFresh, staleAfterMs } from '../facts/node-facts.ts';
import type { RegisterView } from './register-view.ts';

/** What facts for a case are gathered from. */
export interface CaseView {
  config: PantauConfig;
  fleet: Fleet;
  /** None unless told. */
  registers?: RegisterView;
  nowMs: number;
  /** When this collector began to listen; what happened before, it could not hear. */
  startedAtMs: number;
}

/** After a start every agent has its usual interval and this much more to be heard. */
const startPatienceMs = 90_000;
/** A spool sends backup evidence right after the newest state; even a slow link has it through by then. */
const backlogPatienceMs = 10 * 60_000;
/** Reports that wait while one is being taken are no backlog. */
const usualQueueCount = 2;

/** So long an agent may take to be heard after the collector, or its own way to it, has come back. */
export function returnPatienceMs(intervalSeconds: number): number {
  return staleAfterMs(intervalSeconds) + startPatienceMs;
}

/** The newest report of an agent as evidence. */
export function referenceTo(agent: AgentFacts): ReportReference {
  const report = agent.present?.report;
  return { agent: agent.row.id, session: report?.session ?? '', seq: report?.seq ?? 0 };
}

/** Before this moment silence proves nothing. */
export function silenceCountsFromMs({ config, startedAtMs }: Pick<CaseView, 'config' | 'startedAtMs'>): number {
  return startedAtMs + returnPatienceMs(config.agents.intervalSeconds);
}

/** Evidence that is only late must not open an alert: one of these agents may hold it in its spool. */
export function isAwaited(agents: readonly AgentFacts[], { config, nowMs, startedAtMs }: CaseView): boolean {
  const fresh = agents.flatMap((agent) => (isFresh(agent, nowMs) && agent.present ? [agent.present] : []));
  if (fresh.length === 0) return agents.length > 0 && nowMs < silenceCountsFromMs({ config, startedAtMs });
  return fresh.some(
    ({ report, freshSinceMs }) =>
      report.spool.queuedCount > usualQueueCount && nowMs - freshSinceMs < backlogPatienceMs,
  );
}
