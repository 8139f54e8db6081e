import fc from 'fast-check';
import { anyPath, besidePath, outsidePath, routerPath } from './any-path.test-kit.ts';
import type { LinkView, SiteAgentView, SiteSubjectFacts } from '../site-facts.ts';
import {
  fresh,
  gateway,
  longAgoMs,
  minuteMs,
  nowMs,
  record,
  router,
  server,
  silent,
  site,
} from './site-facts.test-kit.ts';

/** Whatever can be known of a site; moments are a few minutes apart, so that they come in every order. */
const moment = fc.integer({ min: 0, max: 15 }).map((minutes) => nowMs - minutes * minuteMs);
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });
const evidence = fc.integer({ min: 1, max: 9 }).map(record);

const certificate = fc.record({
  notAfter: fc.integer({ min: -40, max: 400 }).map((days) => new Date(nowMs + days * 86_400_000).toISOString()),
  subject: fc.constant('CN=spl.lebongkab.go.id'),
  issuer: fc.constant('CN=BSrE'),
  fingerprint: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
  trust: fc.constantFrom(
    ...(['trusted', 'trusted', 'trusted', 'self-signed', 'expired'] as const),
    ...(['wrong-name', 'not-yet-valid', 'revoked', 'untrusted'] as const),
  ),
});

const link: fc.Arbitrary<LinkView> = fc
  .record({
    layer: fc.constantFrom('lan' as const, 'wan' as const, 'spl' as const, 'jip' as const, 'pdn' as const),
    kind: fc.constantFrom('icmp', 'tls'),
    state: fc.constantFrom('up' as const, 'down' as const, 'unknown' as const),
    sinceMs: moment,
    target: fc.constantFrom('10.0.0.1', '10.0.0.2'),
    reason: fc.constantFrom(undefined, undefined, 'own-uplink-down', 'certificate-expired'),
    node: fc.constantFrom(undefined, 'server-1', 'server-2'),
    prober: fc.constantFrom('server-1', 'router'),
    fromPusatData: fc.boolean(),
    lastRoundAtMs: moment,
    lastUpAtMs: maybe(moment),
    rounds: fc.integer({ min: 1, max: 20 }),
    isLastOther: fc.boolean(),
    isSettled: fc.boolean(),
    unstableSinceMs: fc.option(moment, { nil: undefined, freq: 4 }),
    averages: fc.record({
      roundCount: fc.constantFrom(3, 20, 20, 20),
      roundTripSeconds: maybe(fc.constantFrom(0.01, 0.2, 2, 2, 2)),
      lossRatio: maybe(fc.constantFrom(0, 0, 0.06, 0.3)),
    }),
    certificate: maybe(certificate),
    record: evidence,
  })
  .map(({ rounds, isLastOther, ...rest }) => {
    const isGood = (rest.state === 'up') !== isLastOther;
    const isKnown = rest.state !== 'unknown';
    const node = rest.fromPusatData && rest.layer === 'lan' ? (rest.node ?? 'server-1') : undefined;
    return {
      ...rest,
      node,
      prober: rest.fromPusatData ? 'pemantau' : rest.prober,
      goodRounds: isKnown && isGood ? rounds : 0,
      badRounds: isKnown && !isGood ? rounds : 0,
      isSettled: rest.isSettled && rest.state === 'up' && rest.unstableSinceMs === undefined,
      unstableSinceMs: rest.unstableSinceMs,
    };
  });

const agent: fc.Arbitrary<SiteAgentView> = fc
  .record({
    node: fc.constantFrom('server-1', 'server-2', 'router'),
    isFresh: fc.boolean(),
    heardAtMs: maybe(moment),
    freshSinceMs: fc.constantFrom(longAgoMs, nowMs - minuteMs),
    bootedAtMs: maybe(moment),
    wasHeardSinceStart: fc.boolean(),
    isOnRouter: fc.boolean(),
    arrivesFrom: fc.constantFrom(undefined, 'intra' as const, 'outside' as const),
    record: evidence,
  })
  .map(({ heardAtMs, isFresh, freshSinceMs, isOnRouter, ...rest }) => {
    const isHeard = isFresh && heardAtMs !== undefined;
    return {
      ...rest,
      roles: [],
      isRouter: isOnRouter && rest.node === 'router',
      isFresh: isHeard,
      lastHeardAtMs: heardAtMs,
      freshSinceMs: isHeard ? freshSinceMs : undefined,
      silentSinceMs: isHeard || heardAtMs === undefined ? undefined : heardAtMs + 2 * minuteMs,
    };
  });

const madeUp: fc.Arbitrary<SiteSubjectFacts> = fc
  .record({
    links: fc.array(link, { maxLength: 4 }),
    isVantagePoint: fc.option(fc.constant(true), { nil: false, freq: 4 }),
    isOwnUplinkDown: fc.option(fc.constant(true), { nil: false, freq: 4 }),
    agents: fc.uniqueArray(agent, { maxLength: 3, selector: ({ node }) => node }),
    router: maybe(fc.record({ address: fc.constant('10.0.0.1'), countsWan: fc.boolean() })),
    medium: maybe(fc.constantFrom('fiber' as const, 'radio' as const, 'cellular' as const, 'satellite' as const)),
    targetLayers: fc.subarray(['spl' as const, 'jip' as const, 'pdn' as const]),
    atPusatData: fc.array(
      link.map((each) => ({ ...each, fromPusatData: true, node: undefined })),
      { maxLength: 2 },
    ),
    silenceCountsFromMs: fc.constantFrom(longAgoMs, longAgoMs, nowMs + minuteMs),
    path: anyPath,
  })
  .map((facts) => {
    const heard = facts.agents.find(({ isFresh }) => isFresh);
    return {
      ...facts,
      agentCount: facts.agents.length,
      freshReport: heard && { receivedAtMs: heard.lastHeardAtMs ?? nowMs, record: heard.record },
    };
  });

/** What seldom comes about by chance. */
const coherent: SiteSubjectFacts[] = [
  site({ agents: [fresh({ arrivesFrom: 'outside' })], links: [router('down')], path: outsidePath(true) }),
  site({ agents: [fresh({ arrivesFrom: 'outside' })], path: outsidePath(true) }),
  site({ agents: [fresh({ arrivesFrom: 'outside' })], links: [], path: outsidePath(false) }),
  site({ agents: [fresh({ node: 'router', isRouter: true })], path: routerPath('router') }),
  ...(['gateway', 'egress', 'hop'] as const).map((kind) => site({ path: besidePath(kind) })),
  ...(['spl', 'jip', 'pdn'] as const).map((layer) =>
    site({ targetLayers: [layer], links: [router('up'), gateway('down'), gateway('down', { layer, kind: 'http' })] }),
  ),
  ...(['spl', 'jip', 'pdn'] as const).map((layer) =>
    site({
      targetLayers: [layer],
      agents: [fresh({ arrivesFrom: 'outside' })],
      links: [router('down'), gateway('down', { layer, kind: 'http' })],
    }),
  ),
  ...(['spl', 'jip', 'pdn'] as const).map((layer) =>
    site({
      targetLayers: [layer],
      links: [router('up'), gateway('down', { layer, kind: 'http' })],
      atPusatData: [router('down', { layer, kind: 'http' })],
    }),
  ),
  site({ agents: [silent()], links: [router('up'), server('down')] }),
  site({ agents: [silent(), fresh({ node: 'server-2' })], links: [router('up'), server('down')] }),
  site({ agents: [silent()], links: [router('up'), server('up')] }),
  site({ agents: [silent({ node: 'router', isRouter: true }), fresh()] }),
  site({ agents: [silent({ silentSinceMs: nowMs - 18 * minuteMs, lastHeardAtMs: nowMs - 20 * minuteMs })] }),
  site({ isVantagePoint: true, agents: [silent()], links: [] }),
  ...(['up', 'down'] as const).map((state) =>
    site({
      agents: [fresh({ node: 'router', isRouter: true })],
      links: [router('up'), gateway(state, { prober: 'router' })],
    }),
  ),
  site({ links: [router('up', { averages: { roundCount: 20, roundTripSeconds: 0.01, lossRatio: 0.3 } })] }),
  ...(['fiber', 'radio', 'cellular', 'satellite', undefined] as const).map((medium) =>
    site({ medium, links: [router('up', { averages: { roundCount: 20, roundTripSeconds: 2, lossRatio: 0 } })] }),
  ),
];

export const anySiteFacts: fc.Arbitrary<SiteSubjectFacts> = fc.oneof(
  { weight: 4, arbitrary: madeUp },
  { weight: 1, arbitrary: fc.constantFrom(...coherent) },
);
