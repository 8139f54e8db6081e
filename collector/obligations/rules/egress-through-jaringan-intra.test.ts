import { describe, expect, it } from 'vitest';
import { besidePath, outsidePath, routerPath } from '../network/any-path.test-kit.ts';
import { minuteMs, nowMs, record, site } from '../network/site-facts.test-kit.ts';
import type { AgentPathView, Judgement, OwnWay, PathView, SiteSubjectFacts } from '../rule.ts';
import { egressThroughJaringanIntra } from './egress-through-jaringan-intra.ts';

const source = { address: '10.20.1.9', place: 'intra' as const, sinceMs: nowMs - 600 * minuteMs, record: record(7) };
const own = (kind: OwnWay['kind'], seq = 9): OwnWay => ({ kind, address: '10.20.1.1', record: record(seq) });
const machine = (patch: Partial<AgentPathView>): AgentPathView => ({
  node: 'server-1',
  isFresh: true,
  source,
  signs: [],
  ownWays: [],
  ...patch,
});
const path = (...agents: AgentPathView[]): PathView => ({ isRegistered: true, isConnected: true, agents });
const foreign = (kind: 'gateway' | 'egress', minutes: number) => ({
  kind,
  address: '192.168.100.1',
  sinceMs: nowMs - minutes * minuteMs,
  record: record(8),
});

const plain = (status: Judgement['status'], reasonCode: string): Judgement => ({
  status,
  reasonCode,
  reasonArgs: {},
  evidence: [],
});
const breached = (way: string, address: string, minutes: number, seq: number): Judgement => ({
  status: 'breached',
  exceeded: 'indication',
  reasonCode: 'own-way-out',
  sinceAtMs: nowMs - minutes * minuteMs,
  reasonArgs: { node: 'server-1', way, address, sinceAtMs: nowMs - minutes * minuteMs },
  evidence: [record(seq)],
});

describe('egress-through-jaringan-intra', () => {
  it.each<[string, Partial<SiteSubjectFacts>, Judgement]>([
    [
      'the machine goes out by a registered address',
      { path: path(machine({ ownWays: [own('egress')] })) },
      {
        status: 'compliant',
        reasonCode: 'closed-network',
        reasonArgs: { node: 'server-1', ownWay: 'egress', address: '10.20.1.1' },
        evidence: [record(9)],
      },
    ],
    [
      'only its default gateway is known, and is the router of the site',
      { path: path(machine({ ownWays: [own('gateway')] })) },
      {
        status: 'compliant',
        reasonCode: 'closed-network',
        reasonArgs: { node: 'server-1', ownWay: 'gateway', address: '10.20.1.1' },
        evidence: [record(9)],
      },
    ],
    [
      'a default gateway beside it is foreign',
      { path: besidePath('gateway') },
      breached('gateway', '192.168.100.1', 600, 8),
    ],
    [
      'its address on the internet is nobody’s, though its gateway is the router',
      { path: path(machine({ ownWays: [own('gateway')], signs: [foreign('egress', 60)] })) },
      breached('egress', '192.168.100.1', 60, 8),
    ],
    ['its reports come from outside', { path: outsidePath(true) }, breached('report', '203.0.113.7', 600, 7)],
    [
      'the foreign way is new',
      { path: path(machine({ signs: [foreign('egress', 59)] })) },
      {
        status: 'no-evidence',
        reasonCode: 'own-way-briefly',
        reasonArgs: {
          node: 'server-1',
          way: 'egress',
          address: '192.168.100.1',
          sinceAtMs: nowMs - 59 * minuteMs,
        },
        evidence: [record(8)],
        recheckAtMs: nowMs + minuteMs,
      },
    ],
    [
      'a step on the way is not registered, which is the provider’s affair',
      { path: besidePath('hop') },
      plain('no-evidence', 'way-not-told'),
    ],
    ['nobody told of a way out', { path: routerPath('router') }, plain('no-evidence', 'way-not-told')],
    [
      'the machine is silent',
      { path: path(machine({ isFresh: false, ownWays: [own('egress')] })) },
      plain('no-evidence', 'no-fresh-report'),
    ],
    [
      'no network is registered',
      { path: { ...outsidePath(true), isRegistered: false } },
      plain('no-evidence', 'networks-not-registered'),
    ],
    [
      'the site is the Pusat Data',
      { isVantagePoint: true, path: outsidePath(true) },
      plain('not-applicable', 'is-vantage-point'),
    ],
  ])('when %s', (_name, facts, expected) => {
    expect(egressThroughJaringanIntra.judge(site(facts), {}, nowMs)).toEqual(expected);
  });

  it('follows the number of the Pemda, and not the order of what is seen', () => {
    const two = [
      machine({ node: 'server-2', signs: [foreign('gateway', 5)] }),
      machine({ signs: [foreign('egress', 8)] }),
    ];
    const judged = (agents: AgentPathView[]) =>
      egressThroughJaringanIntra.judge(site({ path: path(...agents) }), { flagAfterSeconds: 300 }, nowMs);

    expect(judged(two)).toMatchObject({ status: 'breached', reasonArgs: { node: 'server-1' } });
    expect(judged(two.toReversed())).toEqual(judged(two));
  });
});
