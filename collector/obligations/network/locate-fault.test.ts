import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SiteSubjectFacts } from '../site-facts.ts';
import { anySiteFacts } from './any-site-facts.test-kit.ts';
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
        agents: [silent(), fresh({ node: 'router' })],
        routerNode: 'router',
        links: [router('up'), server('down')],
      },
      'lan-or-server',
      brokenAtMs,
      ['server-1'],
    ],
    [
      'the agent on the router silent, the router up',
      { agents: [silent({ node: 'router' }), fresh()], routerNode: 'router' },
      'agent-stopped',
      brokenAtMs - 10_000,
      ['router'],
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

  it('never blames without evidence, and never twice for the WAN', () => {
    fc.assert(
      fc.property(anySiteFacts, (facts) => {
        const { place, sinceMs, evidence, wan } = locateFault(facts, nowMs);
        const isBlamed = !['healthy', 'own-uplink', 'unknown'].includes(place);

        expect([isBlamed, sinceMs !== undefined, evidence.length > 0]).toEqual([
          isBlamed,
          isBlamed,
          isBlamed || evidence.length > 0,
        ]);
        if (wan.state === 'down' && !facts.isVantagePoint) expect(['wan-or-power', 'outside-intra']).toContain(place);
      }),
      { numRuns: 2000 },
    );
  });

  it('blames neither WAN nor server while every prober at the Pusat Data is silent', () => {
    fc.assert(
      fc.property(anySiteFacts, (facts) => {
        const links = facts.links.map((link) => (link.fromPusatData ? { ...link, state: 'unknown' as const } : link));

        expect(['healthy', 'lan-segment', 'own-uplink', 'unknown']).toContain(
          locateFault({ ...facts, links }, nowMs).place,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('never blames a machine that reports', () => {
    fc.assert(
      fc.property(anySiteFacts, (facts) => {
        const { place, nodes } = locateFault(facts, nowMs);
        const reporting = new Set(facts.agents.flatMap(({ isFresh, node }) => (isFresh ? [node] : [])));

        if (place === 'server-down' || place === 'agent-stopped' || place === 'lan-or-server') {
          expect(nodes.filter((node) => reporting.has(node))).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order in which things are told', () => {
    fc.assert(
      fc.property(anySiteFacts, (facts) => {
        const turned = { ...facts, links: facts.links.toReversed(), agents: facts.agents.toReversed() };

        expect(locateFault(turned, nowMs).place).toBe(locateFault(facts, nowMs).place);
      }),
      { numRuns: 1000 },
    );
  });
});
