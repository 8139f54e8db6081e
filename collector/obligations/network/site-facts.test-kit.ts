import type { LinkView, SiteAgentView, SiteSubjectFacts } from '../site-facts.ts';

/** A site as the tests of its rules need it: everything is in order unless said otherwise. */
export const nowMs = Date.parse('2026-11-22T03:00:00Z');
export const minuteMs = 60_000;
/** Everything has been as it is for an hour. */
export const longAgoMs = nowMs - 60 * minuteMs;
/** What is broken broke then. */
export const brokenAtMs = nowMs - 10 * minuteMs;

export const record = (seq: number) => ({ agent: 'a'.repeat(16), session: 'session-0001', seq });

const roundsOf: Record<LinkView['state'], Pick<LinkView, 'goodRounds' | 'badRounds' | 'isSettled'>> = {
  up: { goodRounds: 30, badRounds: 0, isSettled: true },
  down: { goodRounds: 0, badRounds: 10, isSettled: false },
  unknown: { goodRounds: 0, badRounds: 0, isSettled: false },
};

function link(state: LinkView['state'], patch: Partial<LinkView>): LinkView {
  return {
    layer: 'wan',
    kind: 'icmp',
    state,
    sinceMs: state === 'up' ? longAgoMs : brokenAtMs,
    target: '10.20.1.1',
    reason: undefined,
    node: undefined,
    prober: 'pemantau',
    fromPusatData: true,
    lastRoundAtMs: nowMs,
    lastUpAtMs: state === 'up' ? nowMs : brokenAtMs - minuteMs,
    ...roundsOf[state],
    unstableSinceMs: undefined,
    averages: { roundCount: 20, roundTripSeconds: 0.01, lossRatio: 0 },
    certificate: undefined,
    record: record(1),
    ...patch,
  };
}

/** The router, probed from the Pusat Data. */
export const router = (state: LinkView['state'], patch: Partial<LinkView> = {}) => link(state, patch);

/** A server behind it, probed from the Pusat Data. */
export const server = (state: LinkView['state'], patch: Partial<LinkView> = {}) =>
  link(state, { layer: 'lan', node: 'server-1', target: '10.20.1.10', record: record(3), ...patch });

/** The gateway, probed by the server. */
export const gateway = (state: LinkView['state'], patch: Partial<LinkView> = {}) =>
  link(state, {
    layer: 'lan',
    fromPusatData: false,
    prober: 'server-1',
    target: '192.168.1.1',
    record: record(2),
    ...patch,
  });

export const fresh = (patch: Partial<SiteAgentView> = {}): SiteAgentView => ({
  node: 'server-1',
  roles: [],
  isFresh: true,
  freshSinceMs: longAgoMs,
  silentSinceMs: undefined,
  lastHeardAtMs: nowMs,
  wasHeardSinceStart: true,
  bootedAtMs: longAgoMs,
  arrivesFrom: undefined,
  isRouter: false,
  record: record(2),
  ...patch,
});

/** An agent that was heard last just before things broke. */
export const silent = (patch: Partial<SiteAgentView> = {}): SiteAgentView => ({
  ...fresh(),
  isFresh: false,
  freshSinceMs: undefined,
  lastHeardAtMs: brokenAtMs - 10_000,
  silentSinceMs: brokenAtMs + 2 * minuteMs,
  ...patch,
});

export function site(patch: Partial<SiteSubjectFacts> = {}): SiteSubjectFacts {
  const { agents = [fresh()] } = patch;
  const heard = agents.find(({ isFresh }) => isFresh);
  return {
    links: [router('up')],
    freshReport: heard && { receivedAtMs: heard.lastHeardAtMs ?? nowMs, record: heard.record },
    isVantagePoint: false,
    isOwnUplinkDown: false,
    agentCount: agents.length,
    agents,
    medium: undefined,
    targetLayers: [],
    atPusatData: [],
    silenceCountsFromMs: longAgoMs,
    ...patch,
  };
}
