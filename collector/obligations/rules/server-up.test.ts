import { describe, expect, it } from 'vitest';
import {
  brokenAtMs,
  fresh,
  minuteMs,
  nowMs,
  record,
  router,
  server,
  silent,
  site,
} from '../network/site-facts.test-kit.ts';
import type { Judgement, SiteSubjectFacts } from '../rule.ts';
import { serverUp } from './server-up.ts';

const second = { node: 'server-2', record: record(6) };
const without = (reasonCode: string, reasonArgs: Judgement['reasonArgs'] = {}, seqs: number[] = []): Judgement => ({
  status: 'no-evidence',
  reasonCode,
  reasonArgs,
  evidence: seqs.map(record),
});
const longSilent = silent({ silentSinceMs: nowMs - 18 * minuteMs, lastHeardAtMs: nowMs - 20 * minuteMs });
const stoppedAtMs = brokenAtMs - 10_000;
const stopped: Judgement = {
  status: 'breached',
  exceeded: 'note',
  severity: 'warning',
  reasonCode: 'agent-stopped',
  sinceAtMs: stoppedAtMs,
  reasonArgs: { nodes: 'server-1', sinceAtMs: stoppedAtMs },
  evidence: [record(3), record(2)],
};
const dead: Judgement = {
  status: 'breached',
  exceeded: 'violation',
  reasonCode: 'server-down',
  sinceAtMs: brokenAtMs,
  reasonArgs: { nodes: 'server-1', sinceAtMs: brokenAtMs },
  evidence: [record(3), record(2), record(1)],
};

describe('server-up', () => {
  it.each<[string, Partial<SiteSubjectFacts>, Judgement]>([
    [
      'all report',
      { agents: [fresh(), fresh(second)] },
      { status: 'compliant', reasonCode: 'all-report', reasonArgs: {}, evidence: [record(2), record(6)] },
    ],
    [
      'one is silent and does not answer, the other lives',
      { agents: [silent(), fresh(second)], links: [router('up'), server('down')] },
      dead,
    ],
    ['the machine answers, its agent is silent', { agents: [silent()], links: [router('up'), server('up')] }, stopped],
    [
      'one is off and the agent of another has stopped',
      {
        agents: [silent(), silent(second), fresh({ node: 'server-3' })],
        links: [router('up'), server('down'), server('up', second)],
      },
      dead,
    ],
    [
      'none lives',
      { agents: [silent()], links: [router('up'), server('down')] },
      without('behind-lan', { sinceAtMs: brokenAtMs }, [3, 2, 1]),
    ],
    [
      'none has reported yet',
      { agents: [silent({ silentSinceMs: undefined, lastHeardAtMs: undefined })] },
      without('first-report-awaited', { nodes: 'server-1' }),
    ],
    [
      'one has not reported yet, another fell silent',
      {
        agents: [silent({ silentSinceMs: undefined, lastHeardAtMs: undefined }), silent(second)],
        links: [router('unknown')],
      },
      without('silent-undetermined', { nodes: 'server-1, server-2' }),
    ],
    [
      'the WAN is down',
      { agents: [silent()], links: [router('down'), server('down')] },
      without('behind-wan', { sinceAtMs: brokenAtMs }, [1]),
    ],
    [
      'a silent one is hidden',
      { agents: [silent(), fresh(second)] },
      { ...without('silent-undetermined', { nodes: 'server-1' }), recheckAtMs: nowMs + 7 * minuteMs },
    ],
    [
      'a silent one is hidden, and has been silent for long behind a WAN that works',
      { agents: [longSilent, fresh(second)] },
      {
        ...stopped,
        reasonCode: 'agent-silent',
        owner: 'joint',
        sinceAtMs: nowMs - 18 * minuteMs,
        reasonArgs: { nodes: 'server-1', sinceAtMs: nowMs - 18 * minuteMs },
        evidence: [record(2)],
      },
    ],
    [
      'it is, and the WAN came back only just now',
      { agents: [longSilent], links: [router('up', { sinceMs: nowMs - minuteMs })] },
      { ...without('silent-undetermined', { nodes: 'server-1' }), recheckAtMs: nowMs + 14 * minuteMs },
    ],
    [
      'it is, and nothing proves that the WAN works',
      { agents: [longSilent], links: [] },
      without('silent-undetermined', { nodes: 'server-1' }),
    ],
    [
      'only the router has an agent',
      { agents: [fresh({ node: 'router', isRouter: true })] },
      { ...without('no-server'), endsBreach: true },
    ],
    [
      'the agent on the router is silent, the router answers',
      { agents: [silent({ node: 'router', isRouter: true }), fresh()] },
      {
        ...stopped,
        owner: 'diskominfo',
        reasonCode: 'router-agent-stopped',
        reasonArgs: { nodes: 'router', sinceAtMs: stoppedAtMs },
        evidence: [record(1), record(2)],
      },
    ],
    ['there is none', { agents: [] }, { ...without('no-server'), endsBreach: true }],
    [
      'at the Pusat Data one is silent',
      { agents: [silent()], isVantagePoint: true, links: [] },
      {
        ...dead,
        exceeded: 'indication',
        reasonCode: 'unheard-at-pusat-data',
        sinceAtMs: stoppedAtMs,
        reasonArgs: { nodes: 'server-1', sinceAtMs: stoppedAtMs },
        evidence: [record(2)],
      },
    ],
  ])('when %s', (_name, facts, expected) => {
    expect(serverUp.judge(site(facts), {}, nowMs)).toEqual(expected);
  });

  it('names five and counts the rest', () => {
    const agents = Array.from({ length: 7 }, (_, at) => silent({ node: `server-${at}` }));
    const links = [router('up'), ...agents.map(({ node }) => server('up', { node }))];

    expect(serverUp.judge(site({ agents, links }), {}, nowMs).reasonArgs['nodes']).toBe(
      'server-0, server-1, server-2, server-3, server-4 (+2)',
    );
  });

  it('waits for an agent that may not have tried again since its machine came back', () => {
    const links = [router('up'), server('up', { sinceMs: nowMs - minuteMs })];

    expect(serverUp.judge(site({ agents: [silent()], links }), {}, nowMs)).toEqual({
      ...without('silent-undetermined', { nodes: 'server-1' }),
      recheckAtMs: nowMs + 9 * minuteMs,
    });
  });
});
