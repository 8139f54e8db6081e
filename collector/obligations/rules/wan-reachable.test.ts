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
import type { Judgement, LinkView, SiteSubjectFacts } from '../rule.ts';
import { wanReachable } from './wan-reachable.ts';

const judge = (facts: Partial<SiteSubjectFacts>) => wanReachable.judge(site(facts), {}, nowMs);

const target = '10.20.1.1';
const down: Judgement = {
  status: 'breached',
  exceeded: 'violation',
  reasonCode: 'wan-down',
  sinceAtMs: brokenAtMs,
  reasonArgs: { target, sinceAtMs: brokenAtMs },
  evidence: [record(1)],
};
const answers: Judgement = {
  status: 'compliant',
  reasonCode: 'router-answers',
  reasonArgs: { target },
  evidence: [record(1)],
};
const serverAnswers: Judgement = {
  status: 'compliant',
  reasonCode: 'server-answers',
  reasonArgs: { target: '10.20.1.10' },
  evidence: [record(3)],
};
const arrives: Judgement = { status: 'compliant', reasonCode: 'reports-arrive', reasonArgs: {}, evidence: [record(2)] };
const without = (reasonCode: string, status: Judgement['status'] = 'no-evidence'): Judgement => ({
  status,
  reasonCode,
  reasonArgs: {},
  evidence: [],
});
const outages = ['wan-down', 'wan-unstable'];
const outside = fresh({ arrivesFrom: 'outside' });
const heardBefore = silent({ lastHeardAtMs: brokenAtMs, isFresh: true, freshSinceMs: brokenAtMs - minuteMs });

describe('wan-reachable', () => {
  it.each<[string, Partial<SiteSubjectFacts>, Judgement]>([
    ['the router answers', {}, answers],
    ['the router answers a second prober', { links: [router('down', { record: record(5) }), router('up')] }, answers],
    ['the router hides, a server behind it answers', { links: [router('down'), server('up')] }, serverAnswers],
    ['reports arrive and no router is probed', { links: [] }, arrives],
    ['reports have gone on arriving since the router fell silent', { links: [router('down')] }, arrives],
    ['the last report is as old as the silence', { agents: [heardBefore], links: [router('down')] }, down],
    ['the router is silent and nothing arrives', { agents: [silent()], links: [router('down')] }, down],
    [
      'the prober itself is silent',
      { agents: [silent()], links: [router('unknown')] },
      without('no-fresh-measurement'),
    ],
    [
      'the prober has lost its own uplink',
      { agents: [silent()], links: [router('unknown', { reason: 'own-uplink-down' })] },
      without('own-uplink-down'),
    ],
    ['the agent is silent and no router is probed', { agents: [silent()], links: [] }, without('no-fresh-measurement')],
    ['nobody watches the site', { agents: [], links: [] }, without('not-monitored')],
    [
      'a router is registered, and nobody at the Pusat Data looks at it',
      { agents: [], links: [], router: { address: target, countsWan: false } },
      { ...without('router-not-probed'), reasonArgs: { target } },
    ],
    [
      'only a router is known, its prober silent',
      { agents: [], links: [router('unknown')] },
      without('no-fresh-measurement'),
    ],
    [
      'only the site’s own probe of the Pusat Data failed',
      { agents: [silent()], links: [router('down', { fromPusatData: false })] },
      without('no-fresh-measurement'),
    ],
    ['only the LAN is down', { agents: [silent()], links: [server('down')] }, without('no-fresh-measurement')],
    ['the probes start here', { isVantagePoint: true }, without('is-vantage-point', 'not-applicable')],
    [
      'reports come by another way, and no router is known: they do not come through the WAN',
      { agents: [outside], links: [] },
      without('only-from-outside'),
    ],
    [
      'reports come by another way, and the prober has lost its own uplink',
      { agents: [outside], links: [router('unknown', { reason: 'own-uplink-down' })] },
      without('own-uplink-down'),
    ],
    [
      'reports come by another way, and the prober is silent',
      { agents: [outside], links: [router('unknown')] },
      without('only-from-outside'),
    ],
    [
      'reports come by another way only',
      { agents: [outside], links: [router('down')] },
      {
        status: 'no-evidence',
        reasonCode: 'outside-intra',
        reasonArgs: { sinceAtMs: brokenAtMs },
        evidence: [record(1), record(2)],
      },
    ],
  ])('when %s', (_name, facts, expected) => {
    expect(judge(facts)).toEqual(expected);
  });

  it.each<[string, Partial<SiteSubjectFacts>, Judgement]>([
    [
      'the router has only begun to answer again',
      { links: [router('up', { isSettled: false, sinceMs: nowMs - 5000 })] },
      { ...answers, keepsBreachFor: outages, returned: { atMs: nowMs - 5000, from: outages } },
    ],
    [
      'the first report after an outage is in, the router not yet',
      { agents: [fresh({ freshSinceMs: nowMs - 5000 })], links: [router('down')] },
      { ...arrives, keepsBreachFor: outages, returned: { atMs: nowMs - 5000, from: outages } },
    ],
  ])('does not call an outage over when %s', (_name, facts, expected) => {
    expect(judge(facts)).toEqual(expected);
  });

  it.each<[string, Partial<LinkView>]>([
    ['comes and goes', { unstableSinceMs: brokenAtMs, isSettled: false }],
    ['loses packets', { averages: { roundCount: 20, roundTripSeconds: 0.01, lossRatio: 0.4 } }],
    ['has only begun to answer', { isSettled: false }],
  ])('believes the prober that sees the line well, when it %s for another one that told last', (_name, patch) => {
    const poor = router('up', { record: record(5), ...patch });
    const well = router('up', { lastUpAtMs: nowMs - minuteMs, lastRoundAtMs: nowMs - minuteMs });

    expect(judge({ links: [poor, well] })).toEqual(answers);
    expect(judge({ links: [well, poor] })).toEqual(answers);
  });

  it.each(['up', 'down'] as const)('finds one fault in a line that comes and goes, also while it is %s', (state) => {
    const links = [router(state, { unstableSinceMs: brokenAtMs, isSettled: false })];

    expect(judge({ agents: [silent()], links })).toEqual({
      status: 'breached',
      exceeded: 'indication',
      severity: 'warning',
      reasonCode: 'wan-unstable',
      sinceAtMs: brokenAtMs,
      reasonArgs: { target, sinceAtMs: brokenAtMs },
      evidence: [record(1)],
    });
  });
});

describe('the quality of a line that answers', () => {
  const averages = (lossRatio: number, roundTripSeconds: number, roundCount = 20): LinkView['averages'] => ({
    roundCount,
    roundTripSeconds,
    lossRatio,
  });
  const measured = (given: LinkView['averages'], medium?: SiteSubjectFacts['medium'], params = {}) =>
    wanReachable.judge(site({ links: [router('up', { averages: given })], medium }), params, nowMs);

  it('is a note of ours when a tenth of the packets is lost', () => {
    expect(measured(averages(0.3, 0.01))).toEqual({
      status: 'breached',
      exceeded: 'note',
      severity: 'warning',
      reasonCode: 'wan-degraded-loss',
      sinceAtMs: nowMs,
      reasonArgs: { target, lossPercent: 30, limitPercent: 10 },
      evidence: [record(1)],
    });
  });

  it('is a note of ours when it is slow for what carries it', () => {
    expect(measured(averages(0, 0.8), 'radio')).toMatchObject({
      exceeded: 'note',
      severity: 'warning',
      reasonCode: 'wan-degraded-latency',
      reasonArgs: { target, roundTripMilliseconds: 800, limitMilliseconds: 100, medium: 'radio' },
    });
  });

  it.each<[SiteSubjectFacts['medium'], number]>([
    ['fiber', 0.05],
    ['radio', 0.1],
    ['cellular', 0.3],
    ['satellite', 0.9],
    [undefined, 0.9],
  ])('over %s is slow from %d s', (medium, limitSeconds) => {
    expect(measured(averages(0, limitSeconds), medium).reasonCode).toBe('wan-degraded-latency');
    expect(measured(averages(0, limitSeconds * 0.99), medium).status).toBe('compliant');
  });

  it('is not judged on fewer than six rounds', () => {
    expect(measured(averages(1, 9, 5)).status).toBe('compliant');
    expect(measured(averages(1, 9, 6)).status).toBe('breached');
  });

  it('is good again only well below the number that made it bad', () => {
    expect(measured(averages(0.06, 0.085), 'radio').keepsBreachFor).toEqual([
      'wan-degraded-loss',
      'wan-degraded-latency',
    ]);
    expect(measured(averages(0.049, 0.079), 'radio')).toEqual(answers);
  });

  it('follows the numbers of the Pemda, and ours where those make no sense', () => {
    expect(measured(averages(0.3, 0.01), 'fiber', { lossWarnRatio: 0.5 }).status).toBe('compliant');
    expect(measured(averages(0, 0.06), 'fiber', { fiberSlowSeconds: 0.2 }).status).toBe('compliant');
    expect(measured(averages(0.3, 0.01), 'fiber', { lossWarnRatio: -1 }).status).toBe('breached');
  });
});
