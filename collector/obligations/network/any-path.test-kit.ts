import fc from 'fast-check';
import type { AgentPathView, OwnWay, PathView, WaySign } from '../site-facts.ts';
import { minuteMs, nowMs, record } from './site-facts.test-kit.ts';

const moment = fc.constantFrom(1, 15, 59, 60, 61, 600).map((minutes) => nowMs - minutes * minuteMs);
const evidence = fc.integer({ min: 1, max: 9 }).map(record);

const sign: fc.Arbitrary<WaySign> = fc.record({
  kind: fc.constantFrom('gateway' as const, 'egress' as const, 'hop' as const),
  address: fc.constantFrom('192.168.100.1', '203.0.113.7'),
  sinceMs: moment,
  record: evidence,
});

const ownWay: fc.Arbitrary<OwnWay> = fc.record({
  kind: fc.constantFrom('egress' as const, 'gateway' as const),
  address: fc.constant('10.20.1.1'),
  record: evidence,
});

const agent: fc.Arbitrary<AgentPathView> = fc.record({
  node: fc.constantFrom('server-1', 'server-2'),
  isFresh: fc.boolean(),
  source: fc.option(
    fc.record({
      address: fc.constantFrom('10.20.1.9', '203.0.113.7'),
      place: fc.constantFrom('intra' as const, 'intra' as const, 'outside' as const, 'pusat-data' as const),
      sinceMs: moment,
      record: evidence,
    }),
    { nil: undefined },
  ),
  signs: fc.array(sign, { maxLength: 3 }),
  ownWays: fc.array(ownWay, { maxLength: 2 }),
});

/** Ways of the machines of a site, whether they make sense together or not. */
export const anyPath: fc.Arbitrary<PathView> = fc.record({
  isRegistered: fc.boolean(),
  isConnected: fc.boolean(),
  agents: fc.array(agent, { maxLength: 3 }),
});

/** One machine that reports from outside, beside a link that is there or not; seldom made up by chance. */
export const outsidePath = (isConnected: boolean): PathView => ({
  isRegistered: true,
  isConnected,
  agents: [
    {
      node: 'server-1',
      isFresh: true,
      source: { address: '203.0.113.7', place: 'outside', sinceMs: nowMs - 600 * minuteMs, record: record(7) },
      signs: [],
      ownWays: [],
    },
  ],
});

/** Only the router reports, from its side of the WAN. */
export const routerPath = (node: string): PathView => ({
  isRegistered: true,
  isConnected: true,
  agents: [
    {
      node,
      isFresh: true,
      source: { address: '10.10.1.9', place: 'pusat-data', sinceMs: nowMs - 600 * minuteMs, record: record(7) },
      signs: [],
      ownWays: [],
    },
  ],
});

/** One machine that reports through the network and shows another way beside it. */
export const besidePath = (kind: WaySign['kind']): PathView => ({
  isRegistered: true,
  isConnected: true,
  agents: [
    {
      node: 'server-1',
      isFresh: true,
      source: { address: '10.20.1.9', place: 'intra', sinceMs: nowMs - 600 * minuteMs, record: record(7) },
      signs: [{ kind, address: '192.168.100.1', sinceMs: nowMs - 600 * minuteMs, record: record(8) }],
      ownWays: [],
    },
  ],
});
