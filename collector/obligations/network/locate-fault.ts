import type { ReportReference } from '../../../shared/evidence.ts';
import type { LinkView, SiteSubjectFacts } from '../site-facts.ts';
import { type ServerState, serverStates } from './server-states.ts';
import { type WanState, wanStateOf } from './wan-state.ts';

export type FaultPlace =
  | 'healthy'
  | 'wan-or-power'
  | 'lan-or-server'
  | 'lan-segment'
  | 'lan-hosts'
  | 'server-down'
  | 'agent-stopped'
  | 'agent-unheard'
  | 'outside-intra'
  | 'own-uplink'
  | 'unknown';

/** Where the fault of a site lies, as far as the two ends together show. */
export interface Fault {
  place: FaultPlace;
  /** Undefined where nothing is broken, or nothing is known. */
  sinceMs: number | undefined;
  /** Machines that are concerned. */
  nodes: string[];
  /** What was found; never empty where somebody is to be blamed. */
  evidence: ReportReference[];
  /** When it may be something else although nothing new arrives. */
  recheckAtMs: number | undefined;
  wan: WanState;
  servers: ServerState[];
}

const found = new WeakMap<SiteSubjectFacts, Fault & { atMs: number }>();

/** Several rules ask about the same facts at the same moment. */
export function locateFault(facts: SiteSubjectFacts, nowMs: number): Fault {
  const known = found.get(facts);
  if (known?.atMs === nowMs) return known;
  const fault = { ...faultOf(facts, nowMs), atMs: nowMs };
  found.set(facts, fault);
  return fault;
}

/**
 * The table of DESIGN.md section 7, with its guards: a machine is only judged from the Pusat Data when it has answered
 * before, and only while something proves that the way to it works. Where the two ends do not settle it, it is unknown.
 */
function faultOf(facts: SiteSubjectFacts, nowMs: number): Fault {
  const wan = wanStateOf(facts);
  const servers = serverStates(facts, wan, nowMs);
  const rechecks = servers.flatMap(({ recheckAtMs }) => (recheckAtMs === undefined ? [] : [recheckAtMs]));
  const recheckAtMs = rechecks.length === 0 ? undefined : Math.min(...rechecks);
  const before = facts.isVantagePoint ? ownUplink(facts) : beforeWan(wan);
  return { ...(before ?? behindWan(facts, servers)), recheckAtMs, wan, servers };
}

type Found = Pick<Fault, 'place' | 'sinceMs' | 'nodes' | 'evidence'>;

const nothing: Omit<Found, 'place'> = { sinceMs: undefined, nodes: [], evidence: [] };

/** The Pusat Data that cannot look out is told of by the common outage (`wan-area`), not by its gateway as well. */
function ownUplink({ isOwnUplinkDown }: SiteSubjectFacts): Found | undefined {
  return isOwnUplinkDown ? { ...nothing, place: 'own-uplink' } : undefined;
}

/** What cuts the whole site off; undefined when the WAN works. */
function beforeWan(wan: WanState): Found | undefined {
  if (wan.state === 'up') return undefined;
  if (wan.state === 'unknown') return { ...nothing, place: wan.isOwnUplink ? 'own-uplink' : 'unknown' };
  const { sinceMs, evidence, isOutside } = wan;
  return { place: isOutside ? 'outside-intra' : 'wan-or-power', sinceMs, nodes: [], evidence };
}

function behindWan(facts: SiteSubjectFacts, servers: readonly ServerState[]): Found {
  const behind = servers.filter(({ isRouter }) => !isRouter);
  const dead = behind.filter(({ state }) => state === 'dead');
  const living = behind.filter(({ state }) => state === 'alive' || state === 'stopped');
  // Since then none of them has been there any more, whatever became of one of them before.
  if (dead.length > 0 && living.length === 0) return foundAt('lan-or-server', dead, Math.max);
  const cut = silentGateways(facts);
  if (cut.length > 0) return { ...seenIn(cut), place: 'lan-segment', nodes: cut.map(({ prober }) => prober) };
  const hosts = living.length > 0 ? [] : silentHosts(facts);
  if (hosts.length > 0) return { ...seenIn(hosts), place: 'lan-hosts', nodes: hosts.map(({ target }) => target) };
  if (dead.length > 0) return foundAt('server-down', dead);
  const stopped = servers.filter(({ state }) => state === 'stopped');
  if (stopped.length > 0) return foundAt('agent-stopped', stopped);
  const unheard = servers.filter(({ state }) => state === 'unheard');
  if (unheard.length > 0) return foundAt('agent-unheard', unheard);
  const alive = servers.filter(({ state }) => state === 'alive');
  if (servers.length > 0 && alive.length === 0) return { ...nothing, place: 'unknown' };
  return { ...nothing, place: 'healthy', evidence: alive.flatMap(({ evidence }) => evidence) };
}

function seenIn(links: readonly LinkView[]): Pick<Found, 'sinceMs' | 'evidence'> {
  return {
    sinceMs: Math.min(...links.map(({ sinceMs }) => sinceMs)),
    evidence: [...new Set(links.map(({ record }) => record))],
  };
}

function foundAt(place: FaultPlace, servers: readonly ServerState[], chosen = Math.min): Found {
  const moments = servers.flatMap(({ sinceMs }) => (sinceMs === undefined ? [] : [sinceMs]));
  return {
    place,
    sinceMs: moments.length === 0 ? undefined : chosen(...moments),
    nodes: servers.map(({ node }) => node),
    evidence: [...new Map(servers.flatMap(({ evidence }) => evidence).map((each) => [nameOf(each), each])).values()],
  };
}

function nameOf({ agent, session, seq }: ReportReference): string {
  return `${agent} ${session} ${seq}`;
}

/** LAN probes of machines at the site that used to be answered; none that has another neighbour which answers. */
export function silentGateways(facts: SiteSubjectFacts): LinkView[] {
  const own = lanLinks(facts, { onRouter: false });
  return own.filter((link) => hasFallenSilent(link) && !own.some((other) => isAnswering(other, link.prober)));
}

/** Machines that used to answer the router, where nothing behind it answers any more: it is no gateway to itself. */
function silentHosts(facts: SiteSubjectFacts): LinkView[] {
  const own = lanLinks(facts, { onRouter: true });
  const isReached = facts.links.some(
    ({ node, goodRounds }) => node !== undefined && !isOnRouter(facts, node) && goodRounds > 0,
  );
  return isReached || own.some(({ state }) => state === 'up') ? [] : own.filter(hasFallenSilent);
}

export function isOnRouter({ agents }: SiteSubjectFacts, node: string): boolean {
  return agents.some((agent) => agent.node === node && agent.isRouter);
}

/** Links within the LAN that machines on the router look at, or the others. */
function lanLinks({ links, agents }: SiteSubjectFacts, { onRouter }: { onRouter: boolean }): LinkView[] {
  const routers = new Set(agents.flatMap(({ node, isRouter }) => (isRouter ? [node] : [])));
  return links.filter(
    ({ layer, fromPusatData, prober }) => layer === 'lan' && !fromPusatData && routers.has(prober) === onRouter,
  );
}

function hasFallenSilent({ state, goodRounds, lastUpAtMs }: LinkView): boolean {
  return state === 'down' && goodRounds === 0 && lastUpAtMs !== undefined;
}

function isAnswering({ state, prober }: LinkView, of: string): boolean {
  return state === 'up' && prober === of;
}
