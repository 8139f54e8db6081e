import { describe, expect, it } from 'vitest';
import {
  brokenAtMs,
  fresh,
  gateway,
  minuteMs,
  nowMs,
  record,
  router,
  silent,
  site,
} from '../../network/site-facts.test-kit.ts';
import type { Judgement, LinkView, SiteSubjectFacts } from '../../rule.ts';
import { governmentIntraLinkReachable } from '../government-intra-link-reachable.ts';
import { pdnLinkReachable } from '../pdn-link-reachable.ts';
import { splReachable } from '../spl-reachable.ts';

const target = 'spl.lebongkab.go.id';
const patch = { layer: 'spl' as const, kind: 'http', target, prober: 'server-1', fromPusatData: false };
const spl = (state: LinkView['state'], more: Partial<LinkView> = {}) => router(state, { ...patch, ...more });
const seen = (state: LinkView['state'], more: Partial<LinkView> = {}) =>
  spl(state, { prober: 'pemantau', fromPusatData: true, record: record(7), ...more });

const down: Judgement = {
  status: 'breached',
  exceeded: 'violation',
  reasonCode: 'endpoint-down',
  sinceAtMs: brokenAtMs,
  reasonArgs: { target, sinceAtMs: brokenAtMs },
  evidence: [record(1)],
};
const answers: Judgement = {
  status: 'compliant',
  reasonCode: 'endpoint-answers',
  reasonArgs: { target },
  evidence: [record(1)],
};
const atEndpoint: Judgement = {
  status: 'no-evidence',
  reasonCode: 'behind-endpoint',
  reasonArgs: { target },
  evidence: [record(1)],
};
const unseen: Judgement = { ...atEndpoint, reasonCode: 'unseen-from-pusat-data' };
const judge = (facts: Partial<SiteSubjectFacts>) =>
  splReachable.judge(site({ targetLayers: ['spl'], ...facts }), {}, nowMs);

describe('spl-reachable', () => {
  it.each<[string, Partial<SiteSubjectFacts>, Judgement]>([
    ['it answers', { links: [spl('up')] }, answers],
    ['one of two answers', { links: [spl('down', { record: record(4) }), spl('up')] }, answers],
    [
      'it shows a certificate that has ended: it is there',
      { links: [spl('down', { reason: 'certificate-expired' })] },
      answers,
    ],
    ['it is silent, and nobody looks from the Pusat Data', { links: [router('up'), spl('down')] }, down],
    [
      'it is silent, and answers the Pusat Data',
      { links: [router('up'), spl('down')], atPusatData: [seen('up')] },
      down,
    ],
    [
      'it is silent for the Pusat Data too',
      { links: [router('up'), spl('down')], atPusatData: [seen('down')] },
      atEndpoint,
    ],
    [
      'it did not answer the last round of the Pusat Data',
      { links: [router('up'), spl('down')], atPusatData: [seen('up', { badRounds: 1, goodRounds: 0 })] },
      unseen,
    ],
    [
      'it has not answered the Pusat Data since',
      { links: [router('up'), spl('down')], atPusatData: [seen('up', { lastUpAtMs: brokenAtMs })] },
      unseen,
    ],
    [
      'it is silent, and the prober at the Pusat Data too',
      { links: [router('up'), spl('down')], atPusatData: [seen('unknown')] },
      unseen,
    ],
    [
      'it is silent at the Pusat Data: the fault is judged there',
      { isVantagePoint: true, links: [spl('down')], atPusatData: [seen('down')] },
      down,
    ],
    [
      'the Pusat Data cannot look out',
      { isVantagePoint: true, isOwnUplinkDown: true, links: [spl('down')] },
      { status: 'no-evidence', reasonCode: 'own-uplink-down', reasonArgs: {}, evidence: [] },
    ],
    [
      'the WAN is down',
      { agents: [silent()], links: [router('down'), spl('unknown')] },
      { status: 'no-evidence', reasonCode: 'behind-wan', reasonArgs: { sinceAtMs: brokenAtMs }, evidence: [record(1)] },
    ],
    [
      'the LAN is at fault',
      { links: [router('up'), gateway('down'), spl('down')] },
      { status: 'no-evidence', reasonCode: 'behind-lan', reasonArgs: { sinceAtMs: brokenAtMs }, evidence: [record(2)] },
    ],
    [
      'the site’s prober is silent',
      { links: [router('up'), spl('unknown')] },
      { status: 'no-evidence', reasonCode: 'no-fresh-measurement', reasonArgs: {}, evidence: [] },
    ],
    [
      'no endpoint is registered',
      { targetLayers: ['jip'], links: [] },
      { status: 'not-applicable', reasonCode: 'no-endpoint', reasonArgs: {}, evidence: [] },
    ],
  ])('when %s', (_name, facts, expected) => {
    expect(judge(facts)).toEqual(expected);
  });

  it('does not call an outage over with the first answer', () => {
    expect(judge({ links: [spl('up', { isSettled: false, sinceMs: nowMs - minuteMs })] })).toEqual({
      ...answers,
      keepsBreachFor: ['endpoint-down'],
      returned: { atMs: nowMs - minuteMs, from: ['endpoint-down'] },
    });
  });
});

describe('pdn-link-reachable', () => {
  it('is about the layer pdn only, and says where an address is to be registered', () => {
    const pdn = spl('down', { layer: 'pdn', target: '10.251.0.1' });

    expect(
      pdnLinkReachable.judge(site({ targetLayers: ['pdn'], links: [router('up'), spl('up'), pdn] }), {}, nowMs),
    ).toEqual({
      ...down,
      reasonArgs: { target: '10.251.0.1', sinceAtMs: brokenAtMs },
    });
    expect(pdnLinkReachable.judge(site({ targetLayers: ['spl'] }), {}, nowMs).reasonCode).toBe('no-endpoint');
    expect(pdnLinkReachable.reasons['no-endpoint']?.id).toContain('Pusat Data Nasional');
  });
});

describe('government-intra-link-reachable', () => {
  it('is about the layer jip only', () => {
    const facts = site({
      agents: [fresh()],
      targetLayers: ['jip'],
      links: [router('up'), spl('up'), spl('down', { layer: 'jip', target: '10.8.0.1' })],
    });

    expect(governmentIntraLinkReachable.judge(facts, {}, nowMs)).toMatchObject({
      status: 'breached',
      reasonArgs: { target: '10.8.0.1' },
    });
  });
});
