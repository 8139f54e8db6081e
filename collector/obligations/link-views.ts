import { isSettled, type LinkFacts } from '../facts/link-facts.ts';
import type { AgentFacts } from '../facts/node-facts.ts';
import { referenceTo } from './case-view.ts';
import type { LinkView } from './site-facts.ts';

/** The way that reports take is judged by itself (`jaringan-intra-used`); it is no measure of what can be reached. */
export const pathKind = 'path';

type LinkViews = ReadonlyMap<string, readonly LinkView[]>;

const known = new WeakMap<AgentFacts, { fresh: boolean; views: LinkViews }>();

/**
 * What an agent knows of ways, by the site `<pd>/<site>` that they speak for. Facts are replaced and never changed, and
 * each site is looked at again with every report from it: of all its agents but one nothing is new.
 */
export function linkViewsOf(agent: AgentFacts, fresh: boolean): LinkViews {
  const before = known.get(agent);
  if (before?.fresh === fresh) return before.views;
  const views = new Map<string, LinkView[]>();
  for (const link of agent.links.values()) {
    if (link.kind === pathKind) continue;
    // What a vantage agent finds on its own way to the collector says nothing about a site's router.
    const isOwnSite = agent.row.pd === link.pd && agent.row.site === link.site;
    const fromPusatData = agent.row.roles.includes('vantage') && !isOwnSite;
    const place = `${link.pd}/${link.site}`;
    const own = views.get(place) ?? [];
    own.push(linkView(agent, link, { fresh, fromPusatData }));
    views.set(place, own);
  }
  known.set(agent, { fresh, views });
  return views;
}

export function linkView(
  agent: AgentFacts,
  link: LinkFacts,
  { fresh, fromPusatData }: { fresh: boolean; fromPusatData: boolean },
): LinkView {
  const { layer, kind, sinceMs, target, node, lastRoundAtMs, lastUpAtMs, goodRounds, badRounds } = link;
  return {
    layer,
    kind,
    state: fresh ? link.state : 'unknown',
    sinceMs,
    target,
    reason: fresh ? link.reason : 'prober-silent',
    node,
    prober: agent.row.node,
    fromPusatData,
    lastRoundAtMs,
    lastUpAtMs,
    goodRounds,
    badRounds,
    isSettled: fresh && isSettled(link),
    unstableSinceMs: link.unstableSinceMs,
    averages: link.averages,
    certificate: link.certificate,
    record: referenceTo(agent),
  };
}
