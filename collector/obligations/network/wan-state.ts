import type { ReportReference } from '../../../shared/evidence.ts';
import type { LinkView, SiteAgentView, SiteSubjectFacts } from '../site-facts.ts';

/** Reports of a site that come in for so long without a gap say that an outage is over; ours. */
const quietMs = 60_000;

/** Whether the site can be reached through the WAN, and what says so. */
export type WanState =
  | {
      state: 'up';
      /** What proves it: the router answers, a server behind it does, or reports of the site come in. */
      by: 'router' | 'server' | 'reports';
      target: string;
      /** The last moment of which it is proven. */
      provenAtMs: number;
      upSinceMs: number;
      /** The newest look found it so, too. */
      isSteady: boolean;
      /** It has been so for long enough to call an outage over. */
      isSettled: boolean;
      evidence: ReportReference[];
    }
  | { state: 'down'; target: string; sinceMs: number; isOutside: boolean; evidence: ReportReference[] }
  | {
      state: 'unknown';
      isOwnUplink: boolean;
      isProbed: boolean;
      /** Reports come in, but by a way outside the Jaringan Intra. */
      isOutside: boolean;
    };

/** Probes of the site's router from the Pusat Data. */
export function routerLinks({ links }: SiteSubjectFacts): LinkView[] {
  return links.filter((link) => link.layer === 'wan' && link.fromPusatData && link.node === undefined);
}

/** The router as it is seen best: an answer to one prober is an answer. */
export function routerOf(facts: SiteSubjectFacts): LinkView | undefined {
  return seenBest(routerLinks(facts));
}

/**
 * Of several probers' words on one target the one that shows most; which came first decides nothing. Where both see it
 * answer, the one that sees it steadily and well: whoever told last must not make the verdict go to and fro.
 */
export function seenBest(links: readonly LinkView[]): LinkView | undefined {
  const provenAtMs = ({ lastUpAtMs, lastRoundAtMs }: LinkView) => lastUpAtMs ?? lastRoundAtMs;
  return links.toSorted(
    (a, b) =>
      worthOf(b) - worthOf(a) ||
      Number(a.unstableSinceMs !== undefined) - Number(b.unstableSinceMs !== undefined) ||
      Number(a.badRounds > 0) - Number(b.badRounds > 0) ||
      Number(b.isSettled) - Number(a.isSettled) ||
      (a.averages.lossRatio ?? 1) - (b.averages.lossRatio ?? 1) ||
      provenAtMs(b) - provenAtMs(a) ||
      a.sinceMs - b.sinceMs ||
      // Of those that show the same always the same one is named.
      (`${a.target} ${a.prober}` < `${b.target} ${b.prober}` ? -1 : 1),
  )[0];
}

function worthOf({ state }: LinkView): number {
  return state === 'up' ? 2 : state === 'down' ? 1 : 0;
}

/**
 * The WAN works when anything behind it answers or reports: a router may keep silent to pings, a server may be hidden by
 * its router. Only a router that does not answer, at a site from which nothing is heard since, shows that it is down.
 */
export function wanStateOf(facts: SiteSubjectFacts): WanState {
  const router = routerOf(facts);
  if (router?.state === 'up') return byAnswer('router', router);
  const server = seenBest(facts.links.filter((link) => link.node !== undefined && link.fromPusatData));
  if (server?.state === 'up') return byAnswer('server', server);
  const silent = router?.state === 'down' ? router : undefined;
  const heard = facts.agents.filter(
    ({ isFresh, lastHeardAtMs }) => isFresh && (lastHeardAtMs ?? -Infinity) > (silent?.sinceMs ?? -Infinity),
  );
  const inside = newestOf(heard.filter(({ arrivesFrom }) => arrivesFrom !== 'outside'));
  if (inside !== undefined) return byReports(inside, silent);
  if (silent !== undefined) {
    const evidence = [silent.record, ...heard.map(({ record }) => record)];
    return {
      state: 'down',
      target: silent.target,
      sinceMs: lostAtMs(silent, facts),
      isOutside: heard.length > 0,
      evidence,
    };
  }
  // What comes by another way says nothing of the WAN.
  return {
    state: 'unknown',
    isOutside: heard.length > 0,
    isOwnUplink: routerLinks(facts).some(({ reason }) => reason === 'own-uplink-down'),
    isProbed: router !== undefined,
  };
}

/** A router that has long hidden from pings was there as long as reports came through it. */
function lostAtMs({ sinceMs }: LinkView, { agents }: SiteSubjectFacts): number {
  const through = agents.filter(({ arrivesFrom }) => arrivesFrom !== 'outside');
  return Math.max(sinceMs, ...through.map(({ lastHeardAtMs = sinceMs }) => lastHeardAtMs));
}

function byAnswer(by: 'router' | 'server', link: LinkView): WanState {
  return {
    state: 'up',
    by,
    target: link.target,
    provenAtMs: link.lastUpAtMs ?? link.lastRoundAtMs,
    upSinceMs: link.sinceMs,
    isSteady: link.badRounds === 0,
    isSettled: link.isSettled,
    evidence: [link.record],
  };
}

function byReports(agent: SiteAgentView, silent: LinkView | undefined): WanState {
  const provenAtMs = agent.lastHeardAtMs ?? 0;
  const upSinceMs = agent.freshSinceMs ?? provenAtMs;
  return {
    state: 'up',
    by: 'reports',
    target: agent.node,
    provenAtMs,
    upSinceMs,
    isSteady: true,
    isSettled: provenAtMs - Math.max(upSinceMs, silent?.sinceMs ?? upSinceMs) >= quietMs,
    evidence: [agent.record],
  };
}

function newestOf(agents: readonly SiteAgentView[]): SiteAgentView | undefined {
  let newest: SiteAgentView | undefined;
  for (const agent of agents) {
    if ((agent.lastHeardAtMs ?? 0) > (newest?.lastHeardAtMs ?? -Infinity)) newest = agent;
  }
  return newest;
}
