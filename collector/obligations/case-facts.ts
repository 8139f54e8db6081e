import type { ReportReference } from '../../shared/evidence.ts';
import { resolveGrace } from '../config/grace.ts';
import type { DatasetConfig, PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import { type AgentFacts, isFresh, staleAfterMs } from '../facts/node-facts.ts';
import type { ClaimRow } from '../store/rows.ts';
import type { DatasetSubjectFacts, LinkView, SiteSubjectFacts } from './rule.ts';

interface View {
  config: PantauConfig;
  fleet: Fleet;
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

function referenceTo(agent: AgentFacts): ReportReference {
  const report = agent.present?.report;
  return { agent: agent.row.id, session: report?.session ?? '', seq: report?.seq ?? 0 };
}

export function datasetFacts(
  view: View,
  pd: string,
  dataset: DatasetConfig | undefined,
  knownSinceMs: number,
): DatasetSubjectFacts {
  if (dataset === undefined) {
    return { dataset: undefined, knownSinceMs, successes: [], lastLook: undefined, watched: false, awaited: false };
  }
  const facts = view.fleet.dataset(`${pd}/${dataset.id}`);
  const look = facts?.lastLook;
  const watchers = view.fleet
    .agentsOf(pd)
    .filter((agent) => dataset.node === undefined || agent.row.node === dataset.node);
  return {
    dataset: {
      id: dataset.id,
      schedule: {
        cron: dataset.schedule,
        timezone: dataset.timezone ?? view.config.timezone,
        graceSeconds: resolveGrace(dataset).seconds,
      },
      scheduleAdopted: dataset.basis !== undefined,
      minSizeBytes: dataset.minSize ?? 1,
    },
    knownSinceMs,
    successes: (facts?.successes ?? []).flatMap((claim) => successOf(claim)),
    lastLook: look && {
      outcome: look.outcome,
      reason: look.reason,
      observedAtMs: look.observedAtMs,
      record: look.record,
    },
    watched: watchers.some((agent) => isFresh(agent, view.nowMs)),
    awaited: isAwaited(watchers, view),
  };
}

/** A claim that is only late must not open an alert: the agent may hold it in its spool. */
function isAwaited(watchers: AgentFacts[], { config, nowMs, startedAtMs }: View): boolean {
  const fresh = watchers.flatMap((agent) => (isFresh(agent, nowMs) && agent.present ? [agent.present] : []));
  if (fresh.length === 0) {
    const patienceMs = staleAfterMs(config.agents.intervalSeconds) + startPatienceMs;
    return watchers.length > 0 && nowMs - startedAtMs < patienceMs;
  }
  return fresh.some(
    ({ report, freshSinceMs }) =>
      report.spool.queuedCount > usualQueueCount && nowMs - freshSinceMs < backlogPatienceMs,
  );
}

function successOf(claim: ClaimRow): DatasetSubjectFacts['successes'] {
  const { completedAtMs, sizeBytes, objectName, record } = claim;
  return completedAtMs === undefined ? [] : [{ completedAtMs, sizeBytes, objectName, record }];
}

export function siteFacts(view: View, pd: string, site: string): SiteSubjectFacts {
  const ofPd = view.fleet.agentsOf(pd);
  let newest: AgentFacts | undefined;
  let isVantagePoint = false;
  let agentCount = 0;
  for (const agent of ofPd) {
    if (agent.row.site !== site) continue;
    agentCount += 1;
    isVantagePoint ||= agent.row.roles.includes('vantage');
    const isNewer = (agent.present?.receivedAtMs ?? 0) > (newest?.present?.receivedAtMs ?? -Infinity);
    if (isNewer && isFresh(agent, view.nowMs)) newest = agent;
  }
  const freshReport = newest?.present && { receivedAtMs: newest.present.receivedAtMs, record: referenceTo(newest) };
  return { links: linksTo(view, ofPd, pd, site), freshReport, isVantagePoint, agentCount };
}

function linksTo(view: View, ofPd: AgentFacts[], pd: string, site: string): LinkView[] {
  const links: LinkView[] = [];
  const fromElsewhere = view.fleet.vantages().filter((agent) => agent.row.pd !== pd);
  for (const agent of [...ofPd, ...fromElsewhere]) {
    // What a vantage agent finds on its own way to the collector says nothing about a site's router.
    const isOwnSite = agent.row.pd === pd && agent.row.site === site;
    const fromPusatData = agent.row.roles.includes('vantage') && !isOwnSite;
    const fresh = isFresh(agent, view.nowMs);
    for (const link of agent.links.values()) {
      if (link.site !== site || link.pd !== pd) continue;
      const { layer, sinceMs, target, reason } = link;
      const state = fresh ? link.state : 'unknown';
      links.push({ layer, state, sinceMs, target, reason, fromPusatData, record: referenceTo(agent) });
    }
  }
  return links;
}
