import { describe, expect, it } from 'vitest';
import type { LinkView, SiteSubjectFacts } from '../site-facts.ts';
import { type FaultPlace, locateFault } from './locate-fault.ts';
import {
  brokenAtMs,
  fresh,
  gateway,
  longAgoMs,
  minuteMs,
  nowMs,
  record,
  router,
  server,
  silent,
  site,
} from './site-facts.test-kit.ts';

const late = { sinceMs: brokenAtMs + minuteMs };
const second = { node: 'server-2' };
const hidden = { lastUpAtMs: undefined };
const onRouter = fresh({ node: 'router', isRouter: true });
/** A machine in the LAN, probed by the router. */
const host = (state: LinkView['state'], target = '192.168.1.20') => gateway(state, { prober: 'router', target });

describe('where a fault lies', () => {
  it.each<[string, Partial<SiteSubjectFacts>, FaultPlace, number | undefined, string[]]>([
    // The rows of DESIGN.md section 7.
    ['fresh, router up, server up', { links: [router('up'), server('up')] }, 'healthy', undefined, []],
    ['silent, router down', { agents: [silent()], links: [router('down')] }, 'wan-or-power', brokenAtMs, []],
    [
      'silent, router up, server down',
      { agents: [silent()], links: [router('up'), server('down')] },
      'lan-or-server',
      brokenAtMs,
      ['server-1'],
    ],
    [
      'silent, router up, server up',
      { agents: [silent()], links: [router('up'), server('up')] },
      'agent-stopped',
      brokenAtMs - 10_000,
      ['server-1'],
    ],
    [
      'fresh, LAN probe failing, router up, server up',
      { links: [router('up'), server('up'), gateway('down')] },
      'lan-segment',
      brokenAtMs,
      ['server-1'],
    ],
    [
      'fresh from a non-intra address, router down',
      { agents: [fresh({ arrivesFrom: 'outside' })], links: [router('down')] },
      'outside-intra',
      brokenAtMs,
      [],
    ],
    // What the table leaves open.
    ['fresh, router never probed', { links: [] }, 'healthy', undefined, []],
    ['fresh since the router fell silent: it hides from pings', { links: [router('down')] }, 'healthy', undefined, []],
    [
      'silent, router down, but a server behind it answers',
      { agents: [silent()], links: [router('down'), server('up')] },
      'agent-stopped',
      brokenAtMs - 10_000,
      ['server-1'],
    ],
    ['silent, no vantage', { agents: [silent()], links: [] }, 'unknown', undefined, []],
    [
      'silent, the vantage silent too',
      { agents: [silent()], links: [router('unknown', { reason: 'prober-silent' })] },
      'unknown',
      undefined,
      [],
    ],
    [
      'silent, the vantage without its own uplink',
      { agents: [silent()], links: [router('unknown', { reason: 'own-uplink-down' })] },
      'own-uplink',
      undefined,
      [],
    ],
    [
      'silent, router up, server never answered',
      { agents: [silent()], links: [router('up'), server('down', hidden)] },
      'unknown',
      undefined,
      [],
    ],
    ['silent, router up, server not probed', { agents: [silent()] }, 'unknown', undefined, []],
    ['no agent, router up', { agents: [] }, 'healthy', undefined, []],
    ['LAN probe never answered', { links: [router('up'), gateway('down', hidden)] }, 'healthy', undefined, []],
    [
      'LAN probe failing, another neighbour answers',
      { links: [router('up'), gateway('down'), gateway('up', { target: '192.168.1.9' })] },
      'healthy',
      undefined,
      [],
    ],
    [
      'one server of two down',
      { agents: [silent(), fresh(second)], links: [router('up'), server('down'), server('up', second)] },
      'server-down',
      brokenAtMs,
      ['server-1'],
    ],
    [
      'both servers down, the second later',
      {
        agents: [silent(), silent(second)],
        links: [router('up'), server('down'), server('down', { ...second, ...late })],
      },
      'lan-or-server',
      late.sinceMs,
      ['server-1', 'server-2'],
    ],
    [
      'silent, its router has hidden from pings all along',
      { agents: [silent()], links: [router('down', { sinceMs: longAgoMs, ...hidden })] },
      'wan-or-power',
      brokenAtMs - 10_000,
      [],
    ],
    [
      'silent, its server had hidden from pings before',
      { agents: [silent()], links: [router('up'), server('down', { sinceMs: longAgoMs })] },
      'lan-or-server',
      brokenAtMs - 10_000,
      ['server-1'],
    ],
    [
      'both servers down, while the agent on the router lives',
      {
        agents: [silent(), onRouter],
        links: [router('up'), server('down')],
      },
      'lan-or-server',
      brokenAtMs,
      ['server-1'],
    ],
    [
      'the router reaches none of its hosts any more, and no server is heard',
      { agents: [silent(), onRouter], links: [router('up'), host('down'), host('down', '192.168.1.21')] },
      'lan-hosts',
      brokenAtMs,
      ['192.168.1.20', '192.168.1.21'],
    ],
    [
      'the router reaches one of its hosts',
      { agents: [onRouter], links: [router('up'), host('down'), host('up', '192.168.1.21')] },
      'healthy',
      undefined,
      [],
    ],
    [
      'the router reaches none of its hosts, but a server behind it reports',
      { agents: [fresh(), onRouter], links: [router('up'), host('down')] },
      'healthy',
      undefined,
      [],
    ],
    [
      'the server is down for the Pusat Data and for its router',
      { agents: [silent(), onRouter], links: [router('up'), server('down'), host('down')] },
      'lan-or-server',
      brokenAtMs,
      ['server-1'],
    ],
    [
      'the agent on the router silent, the router up',
      { agents: [silent({ node: 'router', isRouter: true }), fresh()] },
      'agent-stopped',
      brokenAtMs - 10_000,
      ['router'],
    ],
    [
      'the agent on the router silent, the router hiding from pings',
      { agents: [silent({ node: 'router', isRouter: true }), fresh()], links: [router('down'), server('up')] },
      'healthy',
      undefined,
      [],
    ],
    [
      'at the Pusat Data: an agent is silent, to which nothing lies in between',
      { isVantagePoint: true, agents: [silent(), fresh(second)], links: [] },
      'agent-unheard',
      brokenAtMs - 10_000,
      ['server-1'],
    ],
    [
      'at the Pusat Data: the gateway fails',
      { isVantagePoint: true, links: [gateway('down')] },
      'lan-segment',
      brokenAtMs,
      ['server-1'],
    ],
  ])('%s', (_name, facts, place, sinceMs, nodes) => {
    const fault = locateFault(site(facts), nowMs);

    expect([fault.place, fault.sinceMs, fault.nodes]).toEqual([place, sinceMs, nodes]);
  });

  it.each<[string, Partial<SiteSubjectFacts>, FaultPlace, number | undefined]>([
    [
      'the last round of the router was lost: the WAN may be going down',
      { agents: [silent()], links: [router('up', { badRounds: 1, goodRounds: 0 }), server('down')] },
      'unknown',
      undefined,
    ],
    [
      'the router has not answered since the server fell silent',
      { agents: [silent()], links: [router('up', { lastUpAtMs: brokenAtMs - 1 }), server('down')] },
      'unknown',
      undefined,
    ],
    [
      'the server has begun to answer again',
      { agents: [silent()], links: [router('up'), server('down', { goodRounds: 1, badRounds: 0 })] },
      'unknown',
      undefined,
    ],
    [
      'the last round of the server was lost',
      { agents: [silent()], links: [router('up'), server('up', { goodRounds: 0, badRounds: 1 })] },
      'unknown',
      undefined,
    ],
    [
      'the server has not answered since its agent counts as silent',
      { agents: [silent()], links: [router('up'), server('up', { lastUpAtMs: brokenAtMs })] },
      'unknown',
      undefined,
    ],
    [
      'the WAN came back a minute ago and the server may still be starting',
      { agents: [silent()], links: [router('up', { sinceMs: nowMs - minuteMs }), server('down')] },
      'unknown',
      nowMs + 4 * minuteMs,
    ],
    [
      'the WAN came back five minutes ago',
      { agents: [silent()], links: [router('up', { sinceMs: nowMs - 5 * minuteMs }), server('down')] },
      'lan-or-server',
      undefined,
    ],
    [
      'the server came back a minute ago and its agent has not tried again yet',
      { agents: [silent()], links: [router('up'), server('up', { sinceMs: nowMs - minuteMs })] },
      'unknown',
      nowMs + 9 * minuteMs,
    ],
    [
      'the collector has only just begun to listen, at the Pusat Data itself',
      {
        isVantagePoint: true,
        agents: [silent({ wasHeardSinceStart: false })],
        links: [],
        silenceCountsFromMs: nowMs + minuteMs,
      },
      'unknown',
      nowMs + minuteMs,
    ],
    [
      'the collector has only just begun to listen',
      {
        agents: [silent({ wasHeardSinceStart: false })],
        links: [router('up'), server('up')],
        silenceCountsFromMs: nowMs + minuteMs,
      },
      'unknown',
      nowMs + minuteMs,
    ],
    [
      'the collector has only just started, but heard the agent before it fell silent',
      { agents: [silent()], links: [router('up'), server('up')], silenceCountsFromMs: nowMs + minuteMs },
      'agent-stopped',
      undefined,
    ],
  ])('blames nobody too early: %s', (_name, facts, place, recheckAtMs) => {
    const fault = locateFault(site(facts), nowMs);

    expect([fault.place, fault.recheckAtMs]).toEqual([place, recheckAtMs]);
  });

  it('names the reports that it rests on', () => {
    const facts = site({ agents: [silent({ record: record(9) })], links: [router('up'), server('down')] });

    expect(locateFault(facts, nowMs).evidence).toEqual([record(3), record(9), record(1)]);
  });
});
