import { type AgentFacts, isFresh } from '../facts/node-facts.ts';
import { type CaseView, referenceTo } from './case-view.ts';
import { trafficView } from './traffic-view.ts';
import type { LinkView, SiteSubjectFacts } from './rule.ts';

export function siteFacts(view: CaseView, pd: string, site: string): SiteSubjectFacts {
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
  const traffic = trafficView(view, pd, site);
  return { links: linksTo(view, ofPd, pd, site), freshReport, isVantagePoint, agentCount, traffic };
}

function linksTo(view: CaseView, ofPd: AgentFacts[], pd: string, site: string): LinkView[] {
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
