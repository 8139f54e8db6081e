import type { PantauConfig } from '../../config/schema.ts';
import type { Fleet } from '../../facts/fleet.ts';
import { type AgentFacts, isFresh } from '../../facts/node-facts.ts';
import { wanDownReason } from '../../obligations/area-case.ts';
import type { Case } from '../../obligations/subjects.ts';
import { currentSinceMs } from '../current-since.ts';
import type { IncidentRow, SettledCause } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { hostEvidence, isRouter, rebootedWithin, type Window, wasHeardThroughout } from './host-evidence.ts';
import { settleAreaCause, settleCause } from './settle-cause.ts';

export interface SettleView {
  fleet: Fleet;
  store: Pick<Store, 'reportsTaken'>;
  config: Pick<PantauConfig, 'agents'>;
  nowMs: number;
}

export interface Finding {
  /** Whether every machine that can tell is back and has told everything. */
  isComplete: boolean;
  cause: SettledCause | undefined;
}

/** So long late reports are awaited before what is known by then counts. */
export const settlePatienceMs = 10 * 60_000;

const settledRules = new Set(['wan-reachable', 'lan-reachable', 'server-up', 'wan-area']);

/** Whether what broke can be told from what the machines at the site say afterwards. */
export function canBeSettled({ rule }: Case, { cause }: Pick<IncidentRow, 'cause'>): boolean {
  if (cause === 'router-agent-stopped') return false;
  return settledRules.has(rule.name) && (rule.name !== 'wan-reachable' || cause === wanDownReason);
}

/** What broke, as far as the machines at the sites have told by now. */
export async function findCause(judged: Case, incident: IncidentRow, view: SettleView): Promise<Finding> {
  if (incident.cause === 'pusat-data-uplink-down') return { isComplete: true, cause: 'pusat-data-uplink' };
  const window = { fromMs: currentSinceMs(incident), untilMs: incident.resolvedAtMs ?? view.nowMs };
  if (judged.rule.subject === 'area') return await areaFinding(incident.sites, window, view);
  const isRouterDown = judged.rule.name === 'wan-reachable';
  // What happens behind a router that works, it does not know.
  const agents = tellersAt(judged.subject, window, view).filter((agent) => isRouterDown || !isRouter(agent));
  const back = agents.filter((agent) => hasTold(agent, view.nowMs));
  const all = await Promise.all(back.map((agent) => takenAround(agent, window, view)));
  // A neighbour that was heard all the time was not concerned, unless nobody else was.
  const concerned = isRouterDown ? [] : all.filter(({ wasHeard }) => !wasHeard);
  const hosts = (concerned.length > 0 ? concerned : all).map(({ host }) => host);
  const found = settleCause(hosts, isRouterDown);
  const cannotBe = found !== undefined && impossible(incident, found, isRouterDown || concerned.length > 0);
  return { isComplete: back.length === agents.length, cause: cannotBe ? undefined : found };
}

/** What a machine took in the window and a little before. */
async function takenAround(agent: AgentFacts, window: Window, { store, config }: SettleView) {
  const intervalMs = config.agents.intervalSeconds * 1000;
  const taken = await store.reportsTaken(agent.row.key, window.fromMs - 3 * intervalMs, window.untilMs);
  return { host: hostEvidence(agent, taken, window), wasHeard: wasHeardThroughout(agent, taken, window) };
}

/** What the incident itself, or those who were heard meanwhile, show not to have been the cause. */
function impossible({ cause }: IncidentRow, found: SettledCause, wasCutOff: boolean): boolean {
  // Whoever was heard all the time tells nothing of a dead WAN.
  if (found === 'wan') return !wasCutOff;
  // A machine that did not answer was not merely without its agent.
  return found === 'agent' && (cause === 'server-down' || cause === 'lan-or-server-down');
}

async function areaFinding(sites: readonly string[], window: Window, view: SettleView): Promise<Finding> {
  let isComplete = true;
  const told: { rebooted: boolean }[] = [];
  for (const site of sites) {
    const agents = tellersAt(site, window, view);
    const back = agents.filter((agent) => isFresh(agent, view.nowMs));
    isComplete &&= back.length === agents.length;
    let rebootedCount = 0;
    // What they told is asked only of those that seem to have been started: of a whole Pemda there may be many.
    for (const agent of back.filter((each) => rebootedWithin(each, window))) {
      if ((await takenAround(agent, window, view)).host.rebooted) rebootedCount += 1;
    }
    if (back.length > 0) told.push({ rebooted: rebootedCount * 2 > back.length });
  }
  return { isComplete, cause: settleAreaCause(told) };
}

/** Machines at a site that were there before it happened; what was never heard, or long dead, tells nothing. */
function tellersAt(site: string, window: Window, view: SettleView): AgentFacts[] {
  const [pd = ''] = site.split('/');
  const staleMs = 3 * view.config.agents.intervalSeconds * 1000;
  return view.fleet.agentsOf(pd).filter(({ row, present }) => {
    if (`${row.pd}/${row.site}` !== site || present === undefined) return false;
    return present.staleAtMs >= window.fromMs - staleMs;
  });
}

/** It is heard, nothing waits in its spool, and it was heard long enough for its queue to have been seen. */
function hasTold(agent: AgentFacts, nowMs: number): boolean {
  return isFresh(agent, nowMs) && agent.present?.report.spool.queuedCount === 0;
}
