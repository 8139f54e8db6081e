import { describe, expect, it } from 'vitest';
import { brokenAtMs, minuteMs, nowMs, record, router, silent, site } from '../network/site-facts.test-kit.ts';
import type { Judgement, LinkView, SiteSubjectFacts } from '../rule.ts';
import { serviceConnectedToOffices } from './service-connected-to-offices.ts';

const target = 'layanan.sigikab.go.id';
const service = (state: LinkView['state'], patch: Partial<LinkView> = {}) =>
  router(state, {
    layer: 'spl',
    kind: 'http',
    target,
    prober: 'server-1',
    fromPusatData: false,
    record: record(4),
    ...patch,
  });

const connected: Judgement = { status: 'compliant', reasonCode: 'connected', reasonArgs: {}, evidence: [record(1)] };
const cutOff = ['office-cut-off'];

describe('service-connected-to-offices', () => {
  it.each<[string, Partial<SiteSubjectFacts>, Judgement]>([
    ['the WAN works', {}, connected],
    [
      'the WAN works, and so does the endpoint of the services',
      { targetLayers: ['spl'], links: [router('up'), service('up')] },
      { status: 'compliant', reasonCode: 'connected-to-service', reasonArgs: { target }, evidence: [record(4)] },
    ],
    [
      'the endpoint is silent for the site only',
      { targetLayers: ['spl'], links: [router('up'), service('down')] },
      {
        status: 'breached',
        exceeded: 'violation',
        reasonCode: 'service-out-of-reach',
        sinceAtMs: brokenAtMs,
        reasonArgs: { target, sinceAtMs: brokenAtMs },
        evidence: [record(4)],
      },
    ],
    [
      'nobody measures the endpoint: the way there is what is known',
      { targetLayers: ['spl'], links: [router('up')] },
      connected,
    ],
    [
      'the WAN is down',
      { agents: [silent()], links: [router('down')] },
      {
        status: 'breached',
        exceeded: 'violation',
        reasonCode: 'office-cut-off',
        sinceAtMs: brokenAtMs,
        reasonArgs: { sinceAtMs: brokenAtMs },
        evidence: [record(1)],
      },
    ],
    [
      'the WAN has answered for a minute only',
      { links: [router('up', { isSettled: false, sinceMs: nowMs - minuteMs })] },
      { ...connected, keepsBreachFor: cutOff, returned: { atMs: nowMs - minuteMs, from: cutOff } },
    ],
    [
      'nothing is measured',
      { agents: [], links: [] },
      { status: 'no-evidence', reasonCode: 'not-measured', reasonArgs: {}, evidence: [], keepsBreachFor: cutOff },
    ],
    [
      'the site is the Pusat Data',
      { isVantagePoint: true },
      { status: 'not-applicable', reasonCode: 'is-vantage-point', reasonArgs: {}, evidence: [] },
    ],
  ])('when %s', (_name, facts, expected) => {
    expect(serviceConnectedToOffices.judge(site(facts), {}, nowMs)).toEqual(expected);
  });
});
