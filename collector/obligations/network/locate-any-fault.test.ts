import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySiteFacts } from './any-site-facts.test-kit.ts';
import { locateFault } from './locate-fault.ts';
import { nowMs } from './site-facts.test-kit.ts';

describe('whatever is known of a site', () => {
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

        expect(['healthy', 'lan-segment', 'lan-hosts', 'agent-unheard', 'own-uplink', 'unknown']).toContain(
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

        if (['server-down', 'agent-stopped', 'agent-unheard', 'lan-or-server'].includes(place)) {
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
