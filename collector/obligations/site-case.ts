import { type AgentFacts, isFresh } from '../facts/node-facts.ts';
import type { AddressPlace } from '../facts/registered-networks.ts';
import { type CaseView, referenceTo, silenceCountsFromMs } from './case-view.ts';
import { linkView, linkViewsOf, pathKind } from './link-views.ts';
import { pathView } from './path-view.ts';
import { trafficView } from './traffic-view.ts';
import type { SiteConfig } from '../config/schema.ts';
import type { LinkView, PathView, SiteAgentView, SiteSubjectFacts } from './site-facts.ts';

export function siteFacts(view: CaseView, pd: string, site: string): SiteSubjectFacts {
  const { config, fleet, nowMs } = view;
  const ofPd = fleet.agentsOf(pd);
  const here = ofPd.filter(({ row }) => row.site === site && row.revokedAtMs === undefined);
  let newest: AgentFacts | undefined;
  for (const agent of here) {
    const isNewer = (agent.present?.receivedAtMs ?? 0) > (newest?.present?.receivedAtMs ?? -Infinity);
    if (isNewer && isFresh(agent, nowMs)) newest = agent;
  }
  const freshReport = newest?.present && { receivedAtMs: newest.present.receivedAtMs, record: referenceTo(newest) };
  const registered = config.perangkatDaerah.find(({ id }) => id === pd)?.sites.find(({ id }) => id === site);
  const path = pathView(view, pd, site);
  const placeOf = new Map(path.agents.map(({ node, source }) => [node, source?.place]));
  const isRouter = ({ row }: AgentFacts) =>
    // Only routers show a token.
    row.tokenHash !== undefined || row.node === registered?.router?.node;
  return {
    links: linksTo(view, ofPd, pd, site),
    freshReport,
    isVantagePoint: here.some(({ row }) => row.roles.includes('vantage')),
    isOwnUplinkDown: here.some((agent) => isFresh(agent, nowMs) && cannotLookOut(agent)),
    agentCount: here.length,
    agents: here.map((agent) =>
      agentView(agent, {
        isFresh: isFresh(agent, nowMs),
        isRouter: isRouter(agent),
        arrivesFrom: arrivesFrom(path, placeOf.get(agent.row.node)),
        startedAtMs: view.startedAtMs,
      }),
    ),
    router: registered?.router && routerView(registered.router, here.some(isRouter)),
    medium: registered?.link,
    targetLayers: [
      ...new Set(config.probeTargets.filter((target) => target.pd?.includes(pd) ?? true).map(({ layer }) => layer)),
    ],
    atPusatData: endpointsAtPusatData(view),
    silenceCountsFromMs: silenceCountsFromMs(view),
    traffic: trafficView(view, pd, site),
    path,
  };
}

/** A router that runs an agent knows its WAN by itself; for one that is read, its interfaces must be named. */
function routerView(
  { address, snmp, wanInterfaces }: NonNullable<SiteConfig['router']>,
  hasAgent: boolean,
): NonNullable<SiteSubjectFacts['router']> {
  return { address, countsWan: hasAgent || (snmp !== undefined && wanInterfaces !== undefined) };
}

/** Nothing is outside a network that nobody registered, and what comes from the Pusat Data itself does not tell. */
function arrivesFrom({ isRegistered }: PathView, place: AddressPlace | undefined): SiteAgentView['arrivesFrom'] {
  return isRegistered && place !== 'pusat-data' ? place : undefined;
}

interface AgentGiven {
  isFresh: boolean;
  isRouter: boolean;
  arrivesFrom: SiteAgentView['arrivesFrom'];
  startedAtMs: number;
}

const known = new WeakMap<AgentFacts, { given: AgentGiven; view: SiteAgentView }>();

/** Facts are replaced and never changed: what was shown of the same is still so. */
function agentView(agent: AgentFacts, given: AgentGiven): SiteAgentView {
  const before = known.get(agent);
  if (before !== undefined && isSame(before.given, given)) return before.view;
  const { row, present } = agent;
  const view: SiteAgentView = {
    node: row.node,
    roles: row.roles,
    isFresh: given.isFresh,
    freshSinceMs: given.isFresh ? present?.freshSinceMs : undefined,
    silentSinceMs: given.isFresh ? undefined : present?.staleAtMs,
    isRouter: given.isRouter,
    lastHeardAtMs: present?.receivedAtMs,
    wasHeardSinceStart: present !== undefined && present.receivedAtMs >= given.startedAtMs,
    bootedAtMs: present && present.takenAtMs - present.report.host.uptimeSeconds * 1000,
    arrivesFrom: given.arrivesFrom,
    record: referenceTo(agent),
  };
  known.set(agent, { given, view });
  return view;
}

function isSame(one: AgentGiven, other: AgentGiven): boolean {
  return (
    one.isFresh === other.isFresh &&
    one.isRouter === other.isRouter &&
    one.arrivesFrom === other.arrivesFrom &&
    one.startedAtMs === other.startedAtMs
  );
}

const ownUplinkReason = 'own-uplink-down';

function cannotLookOut({ row, links }: AgentFacts): boolean {
  return row.roles.includes('vantage') && [...links.values()].some(({ reason }) => reason === ownUplinkReason);
}

function linksTo(view: CaseView, ofPd: AgentFacts[], pd: string, site: string): LinkView[] {
  const links: LinkView[] = [];
  const fromElsewhere = view.fleet.vantages().filter((agent) => agent.row.pd !== pd);
  for (const agent of [...ofPd, ...fromElsewhere]) {
    const found = linkViewsOf(agent, isFresh(agent, view.nowMs)).get(`${pd}/${site}`);
    if (found !== undefined) links.push(...found);
  }
  return links;
}

/** What a vantage agent finds for its own site beyond LAN and WAN: the endpoints that every site uses. */
function endpointsAtPusatData({ config, fleet, nowMs }: CaseView): LinkView[] {
  if (config.probeTargets.length === 0) return [];
  return fleet.vantages().flatMap((agent) => {
    const fresh = isFresh(agent, nowMs);
    const own: LinkView[] = [];
    for (const link of agent.links.values()) {
      const isOwn = link.pd === agent.row.pd && link.site === agent.row.site && link.kind !== pathKind;
      const isEndpoint = link.certificate !== undefined || (link.layer !== 'lan' && link.layer !== 'wan');
      if (isOwn && isEndpoint) {
        own.push(linkView(agent, link, { fresh, fromPusatData: true }));
      }
    }
    return own;
  });
}
