import type { ReportReference } from '../../../shared/evidence.ts';
import type { LinkView, SiteAgentView, SiteSubjectFacts } from '../site-facts.ts';
import { routerOf, seenBest, type WanState } from './wan-state.ts';

/** After the WAN came back a server has so long to start before anybody is blamed for its silence; ours. */
const startPatienceMs = 5 * 60_000;
/** An agent that waits after failures tries again within five minutes; one that was cut off has twice as long; ours. */
const returnPatienceMs = 10 * 60_000;

/**
 * - `alive`: its agent reports.
 * - `stopped`: the machine answers from the Pusat Data, its agent is silent.
 * - `dead`: it has answered from the Pusat Data before, does not now, and its agent is silent, while the WAN works.
 * - `unheard`: silent at the Pusat Data, where nothing lies between it and the collector but the local network.
 * - `undetermined`: silent, and nothing shows which.
 */
export interface ServerState {
  node: string;
  state: 'alive' | 'stopped' | 'dead' | 'unheard' | 'undetermined';
  sinceMs: number | undefined;
  evidence: ReportReference[];
  /** When it may be something else although nothing new arrives. */
  recheckAtMs: number | undefined;
  /** It runs on the router: what it does says nothing about the LAN behind it. */
  isRouter: boolean;
}

/** How each machine of the site is that has an agent. */
export function serverStates(facts: SiteSubjectFacts, wan: WanState, nowMs: number): ServerState[] {
  const fromPusatData = Map.groupBy(
    facts.links.filter((link) => link.fromPusatData),
    ({ node }) => node,
  );
  return facts.agents.map((agent) => {
    const { isRouter } = agent;
    if (agent.isFresh) {
      const { node, freshSinceMs: sinceMs, record } = agent;
      return { node, isRouter, state: 'alive', sinceMs, evidence: [record], recheckAtMs: undefined };
    }
    // A server has a link of its own.
    const link = isRouter ? routerOf(facts) : seenBest(fromPusatData.get(agent.node) ?? []);
    const evidence = [...(link === undefined ? [] : [link.record]), agent.record];
    const known = { node: agent.node, isRouter, evidence, recheckAtMs: undefined };
    const undetermined = { ...known, state: 'undetermined' as const, sinceMs: agent.silentSinceMs };
    if (agent.silentSinceMs === undefined || (link === undefined && !facts.isVantagePoint)) return undetermined;
    if (!agent.wasHeardSinceStart && nowMs < facts.silenceCountsFromMs) {
      return { ...undetermined, recheckAtMs: facts.silenceCountsFromMs };
    }
    if (link === undefined) return { ...known, state: 'unheard', sinceMs: agent.lastHeardAtMs };
    if (isAnswering(link, agent.silentSinceMs)) {
      const blamedAtMs = agentBlamedAtMs(agent, link);
      if (nowMs < blamedAtMs) return { ...undetermined, recheckAtMs: blamedAtMs };
      return { ...known, state: 'stopped', sinceMs: agent.lastHeardAtMs };
    }
    return deadOrNot(agent, link, { wan, nowMs, known, undetermined });
  });
}

function isAnswering({ state, badRounds, lastUpAtMs = -Infinity }: LinkView, sinceMs: number): boolean {
  return state === 'up' && badRounds === 0 && lastUpAtMs >= sinceMs;
}

/** One whose machine was out of reach may be waiting before it tries again. */
function agentBlamedAtMs({ lastHeardAtMs = Infinity }: SiteAgentView, { sinceMs }: LinkView): number {
  return sinceMs <= lastHeardAtMs ? -Infinity : sinceMs + returnPatienceMs;
}

type Known = Pick<ServerState, 'node' | 'isRouter' | 'evidence' | 'recheckAtMs'>;

function deadOrNot(
  agent: SiteAgentView,
  link: LinkView,
  view: { wan: WanState; nowMs: number; known: Known; undetermined: ServerState },
): ServerState {
  const { wan, nowMs, known, undetermined } = view;
  const isSilent = link.state === 'down' && link.goodRounds === 0 && link.lastUpAtMs !== undefined;
  // A router through which others are heard is no dead machine, whatever it answers.
  if (known.isRouter) return undetermined;
  // Whatever lies behind a WAN that is about to be found down is silent too.
  const isWanProven = wan.state === 'up' && wan.isSteady && wan.provenAtMs > link.sinceMs;
  if (!isSilent || !isWanProven || wan.state !== 'up') return undetermined;
  const blamedAtMs = link.sinceMs > wan.upSinceMs ? -Infinity : wan.upSinceMs + startPatienceMs;
  if (nowMs < blamedAtMs) return { ...undetermined, recheckAtMs: blamedAtMs };
  const evidence = [...known.evidence, ...wan.evidence];
  return { ...known, state: 'dead', sinceMs: Math.max(link.sinceMs, agent.lastHeardAtMs ?? -Infinity), evidence };
}
