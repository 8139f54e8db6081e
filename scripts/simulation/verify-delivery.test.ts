import { describe, expect, it } from 'vitest';
import type { SpoolingAgent } from './spooling-agent.ts';
import { createTally } from './tally.ts';
import { deliveryProblems } from './verify-delivery.ts';

const takenAtMs = Date.parse('2026-11-22T03:00:00.412Z');

function agentWith(figures: Partial<Pick<SpoolingAgent, 'queuedCount' | 'isOnline'>> = {}): SpoolingAgent {
  const member = { agent: { id: 'abc', pd: 'rsud', node: 'srv-web' } } as SpoolingAgent['member'];
  const still = { setOnline: () => {}, comeFrom: () => {}, take: () => {}, kick: () => {} };
  return { member, madeCount: 60, queuedCount: 0, newestTakenAtMs: takenAtMs, isOnline: true, ...still, ...figures };
}

const problemsWith = (acceptedCount: number, shownAt = '2026-11-22T10:00:00+07:00', agent = agentWith()) =>
  deliveryProblems({
    agents: [agent],
    api: {
      rows: async () => [{ agent: 'abc', lastReportAt: shownAt }],
      reportCounts: async () => new Map([['accepted', 1000 + acceptedCount]]),
    },
    tally: createTally(),
    acceptedBeforeCount: 1000,
    isAlone: true,
  });

describe('the check of what was delivered', () => {
  it('finds nothing when every report is there once', async () => {
    expect(await problemsWith(60)).toEqual([]);
  });

  it('finds a single missing report', async () => {
    expect(await problemsWith(59)).toEqual(['1 of 60 acknowledged reports are missing in the collector.']);
  });

  it('finds a report that was counted twice', async () => {
    expect(await problemsWith(61)).toEqual(['The collector counts 61 reports, but only 60 were made.']);
  });

  it('finds a present that late reports have overwritten', async () => {
    expect(await problemsWith(60, '2026-11-22T09:59:00+07:00')).toEqual([
      'The API does not show the newest report of 1 nodes, the first of them rsud/srv-web.',
    ]);
  });

  it('finds a spool that was not emptied, unless its link is away', async () => {
    const stuck = agentWith({ queuedCount: 2 });
    expect(await problemsWith(58, undefined, stuck)).toEqual([
      '1 agents could not empty their spool in time; 2 reports wait.',
    ]);
    expect(await problemsWith(58, undefined, agentWith({ queuedCount: 2, isOnline: false }))).toEqual([]);
  });
});
