import { type AgentFacts, isFresh } from '../facts/node-facts.ts';
import { isReportReference } from '../store/evidence-reference.ts';
import type { VerdictRow } from '../store/rows.ts';
import type { AreaMember, AreaSubjectFacts, VantageView } from './area-facts.ts';
import { type Area, areasOf } from './areas.ts';
import { type CaseView, referenceTo } from './case-view.ts';

export interface AreaView extends CaseView {
  /** The verdict on the WAN of a site, `<pd>/<site>`, under the same duty. */
  wanVerdict(site: string): VerdictRow | undefined;
  isMaintained(pd: string, site: string): boolean;
  ongoing: AreaSubjectFacts['ongoing'];
}

/** The sites of an area by the verdicts on each of them, so that nothing is judged twice. @param name `wilayah/<area>`. */
export function areaFacts(view: AreaView, name: string): AreaSubjectFacts {
  const all = areasOf(view.config);
  const own = all.find((known) => known.name === name) ?? { area: undefined, sites: [] };
  const members = own.sites.flatMap(({ pd, site, area }) => memberOf({ pd, site, area }, view));
  const { vantages, watchedSites } = lookOut(view);
  return {
    area: own.area,
    hasAreas: all.length > 1,
    intervalSeconds: view.config.agents.intervalSeconds,
    members,
    vantages,
    // It matters only where nobody can look out, and there are many machines.
    lastHeardMs: vantages.some(({ state }) => state === 'watching') ? undefined : lastHeardOf(view, own.sites),
    watchedSites,
    ongoing: view.ongoing,
  };
}

/** The word for a site that is down. */
export const wanDownReason = 'wan-down';
/** The word for a site whose line comes and goes; what is only slow or lossy is there. */
export const wanUnstableReason = 'wan-unstable';
/** The word for a site whose router is silent while its reports come by a way outside the Jaringan Intra. */
const aroundWanReason = 'outside-intra';

function memberOf(place: { pd: string; site: string; area: string | undefined }, view: AreaView): AreaMember[] {
  const site = `${place.pd}/${place.site}`;
  const verdict = view.wanVerdict(site);
  if (verdict === undefined || verdict.status === 'not-applicable') return [];
  const isUnstable = verdict.reasonCode === wanUnstableReason;
  const wan = stateOf(verdict);
  // Planned work that begins in an outage does not mend it.
  const isTold = view.ongoing?.sites.includes(site) === true;
  if (wan === 'down' && !isTold && view.isMaintained(place.pd, place.site)) return [];
  return [
    {
      site,
      area: place.area,
      wan,
      isUnstable,
      sinceMs: sinceOf(verdict),
      record: verdict.evidence.find(isReportReference),
    },
  ];
}

function stateOf({ status, reasonCode }: VerdictRow): AreaMember['wan'] {
  // Whoever goes round a dead WAN can be reached, but not through it.
  if (reasonCode === aroundWanReason) return 'down';
  if (status === 'no-evidence') return 'unknown';
  return reasonCode === wanUnstableReason || reasonCode === wanDownReason ? 'down' : 'up';
}

/** A verdict that nothing is known goes on through all its reasons; the router fell silent when this one says. */
function sinceOf({ reasonCode, reasonArgs, sinceMs }: VerdictRow): number {
  const { sinceAtMs } = reasonArgs;
  return reasonCode === aroundWanReason && typeof sinceAtMs === 'number' ? sinceAtMs : sinceMs;
}

const ownUplinkReason = 'own-uplink-down';

function lookOut(view: CaseView): { vantages: VantageView[]; watchedSites: string[] } {
  const vantages: VantageView[] = [];
  const watchedSites = new Set<string>();
  for (const agent of view.fleet.vantages()) {
    const { row } = agent;
    // Websites stand at no site, and are looked at too seldom to show whether it can look out now.
    const foreign = [...agent.links.values()].filter(
      ({ pd, site, layer }) => layer !== 'website' && (pd !== row.pd || site !== row.site),
    );
    for (const { pd, site } of foreign) watchedSites.add(`${pd}/${site}`);
    const isBlind =
      foreign.length > 0 && foreign.every(({ state, reason }) => state === 'unknown' && reason === ownUplinkReason);
    const state = !isFresh(agent, view.nowMs) ? 'silent' : isBlind ? 'own-uplink-down' : 'watching';
    const sinceMs = isBlind ? Math.min(...foreign.map((link) => link.sinceMs)) : (agent.present?.receivedAtMs ?? 0);
    vantages.push({ node: row.node, state, sinceMs, gateway: gatewayOf(agent), record: referenceTo(agent) });
  }
  return { vantages, watchedSites: [...watchedSites].toSorted() };
}

/** What an agent at the Pusat Data finds of its own gateway. */
function gatewayOf({ row, links }: AgentFacts): VantageView['gateway'] {
  const own = [...links.values()].filter(
    ({ layer, node, pd, site }) => layer === 'lan' && node === undefined && pd === row.pd && site === row.site,
  );
  if (own.some(({ state }) => state === 'up')) return 'answers';
  return own.some(({ state, lastUpAtMs }) => state === 'down' && lastUpAtMs !== undefined) ? 'silent' : 'unknown';
}

/** When a machine at one of the sites, other than those where the probes start, was last heard. */
function lastHeardOf(view: CaseView, own: Area['sites']): number | undefined {
  const sites = new Set(own.map(({ pd, site }) => `${pd}/${site}`));
  const home = new Set(view.fleet.vantages().map(({ row }) => `${row.pd}/${row.site}`));
  let lastMs: number | undefined;
  for (const { row, present } of view.fleet.agents()) {
    const site = `${row.pd}/${row.site}`;
    if (present === undefined || home.has(site) || !sites.has(site)) continue;
    if (present.receivedAtMs > (lastMs ?? -Infinity)) lastMs = present.receivedAtMs;
  }
  return lastMs;
}
