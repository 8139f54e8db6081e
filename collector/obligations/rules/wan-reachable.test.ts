import { describe, expect, it } from 'vitest';
import type { Judgement, LinkView, SiteSubjectFacts } from '../rule.ts';
import { wanReachable } from './wan-reachable.ts';

const nowMs = Date.parse('2026-11-22T03:00:00Z');
const downSinceMs = nowMs - 600_000;
const record = (seq: number) => ({ agent: 'a'.repeat(16), session: 'session-0001', seq });

function router(state: LinkView['state'], patch: Partial<LinkView> = {}): LinkView {
  const sinceMs = downSinceMs;
  const reason = undefined;
  return {
    layer: 'wan',
    state,
    sinceMs,
    target: '10.20.1.1',
    reason,
    fromPusatData: true,
    record: record(1),
    ...patch,
  };
}

const heardAt = (receivedAtMs: number) => ({ receivedAtMs, record: record(2) });

function judge(facts: Partial<SiteSubjectFacts>): Judgement {
  return wanReachable.judge(
    { links: [], freshReport: undefined, isVantagePoint: false, agentCount: 1, ...facts },
    {},
    nowMs,
  );
}

const down: Judgement = {
  status: 'breached',
  exceeded: 'violation',
  reasonCode: 'wan-down',
  sinceAtMs: downSinceMs,
  reasonArgs: { target: '10.20.1.1', sinceAtMs: downSinceMs },
  evidence: [record(1)],
};
const answers: Judgement = {
  status: 'compliant',
  reasonCode: 'router-answers',
  reasonArgs: { target: '10.20.1.1' },
  evidence: [record(1)],
};
const arrives: Judgement = { status: 'compliant', reasonCode: 'reports-arrive', reasonArgs: {}, evidence: [record(2)] };
const silent: Judgement = { status: 'no-evidence', reasonCode: 'no-fresh-measurement', reasonArgs: {}, evidence: [] };
const unmonitored: Judgement = { status: 'no-evidence', reasonCode: 'not-monitored', reasonArgs: {}, evidence: [] };

describe('wan-reachable', () => {
  it.each<[string, Partial<SiteSubjectFacts>, Judgement]>([
    ['the router answers', { links: [router('up')] }, answers],
    ['the router answers a second prober', { links: [router('down', { record: record(5) }), router('up')] }, answers],
    ['reports arrive and no router is probed', { freshReport: heardAt(nowMs) }, arrives],
    ['a report came after the router fell silent', { links: [router('down')], freshReport: heardAt(nowMs) }, arrives],
    ['the last report is older than the silence', { links: [router('down')], freshReport: heardAt(downSinceMs) }, down],
    ['the router is silent and nothing arrives', { links: [router('down')] }, down],
    ['the prober itself is silent', { links: [router('unknown')] }, silent],
    ['the agent is silent and no router is probed', {}, silent],
    ['nobody watches the site', { agentCount: 0 }, unmonitored],
    ['only a router is known, and its prober is silent', { agentCount: 0, links: [router('unknown')] }, silent],
    ['the site’s own probe of the Pusat Data failed', { links: [router('down', { fromPusatData: false })] }, silent],
    ['only the LAN is down', { links: [router('down', { layer: 'lan' })] }, silent],
  ])('when %s', (_name, facts, expected) => {
    expect(judge(facts)).toEqual(expected);
  });
});
