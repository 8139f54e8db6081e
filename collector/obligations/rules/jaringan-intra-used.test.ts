import { describe, expect, it } from 'vitest';
import { fresh, minuteMs, nowMs, record, router, site } from '../network/site-facts.test-kit.ts';
import type { AgentPathView, Judgement, PathView, SiteSubjectFacts, WaySign } from '../rule.ts';
import { jaringanIntraUsed } from './jaringan-intra-used.ts';

type Place = NonNullable<AgentPathView['source']>['place'];

const publicAddress = '203.0.113.7';
const ago = (minutes: number) => nowMs - minutes * minuteMs;

function machine(place: Place, minutes: number, patch: Partial<AgentPathView> = {}): AgentPathView {
  const address = place === 'outside' ? publicAddress : '10.20.1.9';
  const source = { address, place, sinceMs: ago(minutes), record: record(7) };
  return { node: 'server-1', isFresh: true, source, signs: [], ownWays: [], ...patch };
}

const sign = (kind: WaySign['kind'], minutes: number): WaySign => ({
  kind,
  address: '192.168.100.1',
  sinceMs: ago(minutes),
  record: record(8),
});

const path = (agents: AgentPathView[], patch: Partial<PathView> = {}): PathView => ({
  isRegistered: true,
  isConnected: true,
  agents,
  ...patch,
});

function judge(facts: Partial<SiteSubjectFacts>, params = {}): Judgement {
  return jaringanIntraUsed.judge(site(facts), params, nowMs);
}

/** `<status> <reason> <grade> <owner>` and since how many minutes. */
function said(facts: Partial<SiteSubjectFacts>, params = {}): string {
  const { status, reasonCode, exceeded, owner, sinceAtMs } = judge(facts, params);
  const since = sinceAtMs === undefined ? undefined : `${(nowMs - sinceAtMs) / minuteMs} min`;
  return [status, reasonCode, exceeded, owner, since].filter((part) => part !== undefined).join(' ');
}

const noRouter: SiteSubjectFacts['links'] = [];
const outsideAgent = fresh({ arrivesFrom: 'outside' });

const routerAgent = fresh({ node: 'router', isRouter: true });
const hiddenRouter = machine('pusat-data', 600, { node: 'router' });

describe('jaringan-intra-used', () => {
  it.each<[string, Partial<SiteSubjectFacts>, string]>([
    ['reports come through', { path: path([machine('intra', 600)]) }, 'compliant through-intra'],
    [
      'they come from outside for an hour although the router answers',
      { path: path([machine('outside', 60)]), agents: [outsideAgent] },
      'breached outside-intra violation 60 min',
    ],
    [
      'they have come from outside for less than an hour',
      { path: path([machine('outside', 59)]), agents: [outsideAgent] },
      'no-evidence outside-briefly',
    ],
    [
      'they come from outside and nobody probes the router',
      { path: path([machine('outside', 61)]), links: noRouter, agents: [outsideAgent] },
      'breached outside-intra indication 61 min',
    ],
    [
      'one machine comes through and another from outside: the link works',
      {
        path: path([machine('intra', 600), machine('outside', 61, { node: 'server-2' })]),
        links: noRouter,
        agents: [fresh({ arrivesFrom: 'intra' }), fresh({ node: 'server-2', arrivesFrom: 'outside' })],
      },
      'breached outside-intra violation 60 min',
    ],
    [
      'the router came back only now',
      { path: path([machine('outside', 600)]), links: [router('up', { sinceMs: ago(59) })], agents: [outsideAgent] },
      'no-evidence outside-briefly',
    ],
    [
      'the WAN is down and the site reports by another way',
      { path: path([machine('outside', 600)]), links: [router('down')], agents: [outsideAgent] },
      'breached outside-while-wan-down finding joint 10 min',
    ],
    [
      'the WAN is down and nothing was heard since',
      {
        path: path([machine('outside', 600)]),
        links: [router('down')],
        agents: [fresh({ arrivesFrom: 'outside', lastHeardAtMs: ago(11) })],
      },
      'no-evidence behind-wan',
    ],
    [
      'the site was never connected',
      { path: path([machine('outside', 60)], { isConnected: false }), links: noRouter, agents: [outsideAgent] },
      'breached not-connected finding diskominfo 60 min',
    ],
    [
      'another default route is there',
      { path: path([machine('intra', 600, { signs: [sign('gateway', 60)] })]) },
      'breached bypass indication 60 min',
    ],
    [
      'the internet sees it under a foreign address',
      { path: path([machine('intra', 600, { signs: [sign('egress', 90)] })]) },
      'breached bypass indication 90 min',
    ],
    [
      'a step of the way is in nobody’s register',
      { path: path([machine('intra', 600, { signs: [sign('hop', 90)] })]) },
      'breached bypass finding 90 min',
    ],
    [
      'a step and a route: the surer sign speaks',
      { path: path([machine('intra', 600, { signs: [sign('hop', 90), sign('gateway', 70)] })]) },
      'breached bypass indication 70 min',
    ],
    [
      'another route is there only for a while',
      { path: path([machine('intra', 600, { signs: [sign('gateway', 59)] })]) },
      'compliant through-intra',
    ],
    [
      'reports come from outside beside another route: outside says more',
      { path: path([machine('outside', 90, { signs: [sign('gateway', 90)] })]), agents: [outsideAgent] },
      'breached outside-intra violation 60 min',
    ],
    ['a proxy hides where they come from', { path: path([machine('pusat-data', 600)]) }, 'no-evidence source-hidden'],
    [
      'the router reports from the far side of its WAN, a server through the network: the server’s way counts',
      { path: path([hiddenRouter, machine('intra', 600)]), agents: [routerAgent, fresh()] },
      'compliant through-intra',
    ],
    [
      'the router reports from the far side of its WAN, a server from outside',
      { path: path([hiddenRouter, machine('outside', 60)]), agents: [routerAgent, outsideAgent] },
      'breached outside-intra violation 60 min',
    ],
    [
      'only the router reports, from the far side of its WAN',
      { path: path([hiddenRouter]), agents: [routerAgent] },
      'no-evidence only-router-heard',
    ],
    [
      'the router has another route beside the network',
      { path: path([{ ...hiddenRouter, signs: [sign('gateway', 70)] }, machine('intra', 600)]), agents: [routerAgent] },
      'breached bypass indication 70 min',
    ],
    [
      'no network is registered',
      { path: path([machine('outside', 600)], { isRegistered: false }) },
      'no-evidence networks-not-registered',
    ],
    [
      'the agent is silent',
      { path: path([machine('outside', 600, { isFresh: false })]) },
      'no-evidence no-fresh-report',
    ],
    [
      'where it comes from is not known',
      { path: path([machine('outside', 600, { source: undefined })]) },
      'no-evidence no-fresh-report',
    ],
    ['there is no agent', { path: path([]) }, 'no-evidence no-fresh-report'],
    [
      'the site is the Pusat Data',
      { path: path([machine('outside', 600)]), isVantagePoint: true },
      'not-applicable is-vantage-point',
    ],
  ])('when %s', (_name, facts, expected) => {
    expect(said(facts)).toBe(expected);
  });

  it('takes the time of the Pemda instead of an hour, and looks again when it is over', () => {
    const outside = { path: path([machine('outside', 20)]), agents: [outsideAgent] };

    expect(said(outside, { flagAfterSeconds: 600 })).toBe('breached outside-intra violation 20 min');
    expect(judge(outside).recheckAtMs).toBe(nowMs + 40 * minuteMs);
    expect(judge({ path: path([machine('intra', 600, { signs: [sign('gateway', 59)] })]) }).recheckAtMs).toBe(
      nowMs + minuteMs,
    );
  });

  it('names machine, address and time, and cites the reports that show it', () => {
    const proven = judge({ path: path([machine('outside', 60)]), agents: [outsideAgent] });
    const beside = judge({ path: path([machine('intra', 600, { signs: [sign('gateway', 60)] })]) });

    expect(proven.reasonArgs).toEqual({ node: 'server-1', address: publicAddress, sinceAtMs: ago(60) });
    expect(proven.evidence).toEqual([record(7), record(1)]);
    expect(beside.reasonArgs).toEqual({
      node: 'server-1',
      sign: 'gateway',
      address: '192.168.100.1',
      sinceAtMs: ago(60),
    });
    expect(beside.evidence).toEqual([record(8)]);
  });
});
