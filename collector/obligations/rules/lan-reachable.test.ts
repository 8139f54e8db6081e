import { describe, expect, it } from 'vitest';
import {
  brokenAtMs,
  fresh,
  gateway,
  minuteMs,
  nowMs,
  record,
  router,
  server,
  silent,
  site,
} from '../network/site-facts.test-kit.ts';
import type { Judgement, SiteSubjectFacts } from '../rule.ts';
import { lanReachable } from './lan-reachable.ts';

const without = (reasonCode: string): Judgement => ({
  status: 'no-evidence',
  reasonCode,
  reasonArgs: {},
  evidence: [],
});
const found = (reasonCode: string, seqs: number[]): Judgement => ({
  status: 'breached',
  exceeded: 'violation',
  reasonCode,
  sinceAtMs: brokenAtMs,
  reasonArgs: { nodes: 'server-1', sinceAtMs: brokenAtMs },
  evidence: seqs.map(record),
});
const answers = (by: string, target: string, seq: number): Judgement => ({
  status: 'compliant',
  reasonCode: by,
  reasonArgs: { target },
  evidence: [record(seq)],
});
const onRouter = fresh({ node: 'router', isRouter: true });
const arrives: Judgement = { status: 'compliant', reasonCode: 'reports-arrive', reasonArgs: {}, evidence: [record(2)] };

describe('lan-reachable', () => {
  it.each<[string, Partial<SiteSubjectFacts>, Judgement]>([
    ['the gateway answers', { links: [router('up'), gateway('up')] }, answers('gateway-answers', '192.168.1.1', 2)],
    ['a server answers', { links: [router('up'), server('up')] }, answers('server-answers', '10.20.1.10', 3)],
    ['nothing is probed, but reports arrive', {}, arrives],
    ['the gateway is silent', { links: [router('up'), gateway('down')] }, found('lan-segment-down', [2])],
    [
      'nothing behind the router lives',
      { agents: [silent()], links: [router('up'), server('down')] },
      found('lan-or-server-down', [3, 2, 1]),
    ],
    [
      'the WAN is down',
      { agents: [silent()], links: [router('down'), server('down')] },
      {
        status: 'no-evidence',
        reasonCode: 'behind-wan',
        reasonArgs: { sinceAtMs: brokenAtMs },
        evidence: [record(1)],
      },
    ],
    [
      'reports come by another way',
      { agents: [fresh({ arrivesFrom: 'outside' })], links: [router('down')] },
      {
        status: 'no-evidence',
        reasonCode: 'outside-intra',
        reasonArgs: { sinceAtMs: brokenAtMs },
        evidence: [record(1), record(2)],
      },
    ],
    [
      'the Pusat Data has lost its uplink',
      { agents: [silent()], links: [router('unknown', { reason: 'own-uplink-down' })] },
      without('own-uplink-down'),
    ],
    ['the agent is silent and its machine hidden', { agents: [silent()] }, without('no-fresh-measurement')],
    ['only the router has an agent', { agents: [onRouter] }, without('no-fresh-measurement')],
    [
      'only the LAN address of the router answers',
      { agents: [onRouter], links: [router('up'), server('up', { node: 'router' })] },
      without('no-fresh-measurement'),
    ],
    [
      'a machine behind the router answers it',
      { agents: [onRouter], links: [router('up'), gateway('up', { prober: 'router', target: '192.168.1.20' })] },
      answers('host-answers', '192.168.1.20', 2),
    ],
    [
      'none of the machines that the router pings answers it any more',
      { agents: [onRouter], links: [router('up'), gateway('down', { prober: 'router', target: '192.168.1.20' })] },
      { ...found('lan-hosts-down', [2]), reasonArgs: { nodes: '192.168.1.20', sinceAtMs: brokenAtMs } },
    ],
    ['nobody is there', { agents: [] }, { ...without('not-monitored'), endsBreach: true }],
    [
      'it is the LAN of the Pusat Data',
      { isVantagePoint: true, links: [gateway('up')] },
      answers('gateway-answers', '192.168.1.1', 2),
    ],
    [
      'the gateway of the Pusat Data is silent',
      { isVantagePoint: true, links: [gateway('down')] },
      found('lan-segment-down', [2]),
    ],
    ['the Pusat Data has no gateway', { isVantagePoint: true, links: [] }, without('no-fresh-measurement')],
  ])('when %s', (_name, facts, expected) => {
    expect(lanReachable.judge(site(facts), {}, nowMs)).toEqual(expected);
  });

  it('does not call an outage over with the first answer', () => {
    const links = [router('up'), gateway('up', { isSettled: false, sinceMs: nowMs - 5000 })];
    const outages = ['lan-segment-down', 'lan-or-server-down', 'lan-hosts-down'];

    expect(lanReachable.judge(site({ links }), {}, nowMs)).toMatchObject({
      status: 'compliant',
      keepsBreachFor: outages,
      returned: { atMs: nowMs - 5000, from: outages },
    });
  });

  it('looks again when a server has had time to start', () => {
    const links = [router('up', { sinceMs: nowMs - minuteMs }), server('down')];

    expect(lanReachable.judge(site({ agents: [silent()], links }), {}, nowMs)).toEqual({
      ...without('no-fresh-measurement'),
      recheckAtMs: nowMs + 4 * minuteMs,
    });
  });
});
