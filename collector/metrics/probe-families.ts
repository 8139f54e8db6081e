import type { LinkFacts } from '../facts/link-facts.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';
import type { AgentFamily } from './family.ts';
import { linkFamily } from './link-families.ts';

/** What one round found, as a link remembers it and as a report tells it. */
interface Round {
  kind: string;
  state: 'up' | 'down' | 'unknown';
  roundTripSeconds: number | undefined;
  httpStatus: number | undefined;
  /** Of the chain that was shown in this round. */
  certificateNotAfter: string | undefined;
}

function roundOf(probe: ReportProbe): Round {
  const { kind, state, roundTripSeconds, httpStatus, certificate } = probe;
  return { kind, state, roundTripSeconds, httpStatus, certificateNotAfter: shown(state, certificate) };
}

function lastRoundOf(link: LinkFacts): Round {
  const { kind, goodRounds, badRounds, roundTripSeconds, httpStatus, certificate } = link;
  const state = goodRounds > 0 ? 'up' : badRounds > 0 ? 'down' : 'unknown';
  return { kind, state, roundTripSeconds, httpStatus, certificateNotAfter: shown(state, certificate) };
}

/** A link remembers what it was shown last: only after a good round is that surely of this round. */
function shown(state: Round['state'], certificate: ReportProbe['certificate']): string | undefined {
  return state === 'up' ? certificate?.notAfter : undefined;
}

interface Told {
  name: string;
  help: string;
  read(round: Round): number | undefined;
  always?: readonly [name: string, text: string];
}

function family({ read, ...told }: Told): AgentFamily {
  return linkFamily({
    ...told,
    group: 'probe',
    now: (link, isFresh) => (isFresh ? read(lastRoundOf(link)) : undefined),
    round: (probe) => read(roundOf(probe)),
  });
}

/** Kinds of which an attempt is what blackbox_exporter calls a probe, from the name to the last byte. */
const timedWhole = new Set(['http', 'tcp', 'tls', 'dns']);

/**
 * The names under which dashboards know blackbox_exporter's results, given only where ours mean the same: one round as it
 * was measured, without the patience of `pantau_link_up`, while its node is heard. A round that could not look tells
 * nothing. The duration of a whole probe is not known of pings, whose time to resolve the name is not measured, nor of
 * rounds without an answer.
 */
export const probeFamilies: readonly AgentFamily[] = [
  family({
    name: 'probe_success',
    help: 'Whether the last round of the probe succeeded: 1 yes, 0 no.',
    read: ({ state }) => (state === 'unknown' ? undefined : Number(state === 'up')),
  }),
  family({
    name: 'probe_duration_seconds',
    help: 'How long one attempt of the last round took from the name to its end, as a mean over those that succeeded.',
    read: ({ kind, state, roundTripSeconds }) =>
      state === 'up' && timedWhole.has(kind) ? roundTripSeconds : undefined,
  }),
  family({
    name: 'probe_icmp_duration_seconds',
    help: 'Round trip of the pings of the last round, as a mean.',
    read: ({ kind, roundTripSeconds }) => (kind === 'icmp' ? roundTripSeconds : undefined),
    always: ['phase', 'rtt'],
  }),
  family({
    name: 'probe_http_status_code',
    help: 'Status of the HTTP answer of the last round, 0 when there was none.',
    read: ({ kind, state, httpStatus }) => (kind === 'http' && state !== 'unknown' ? (httpStatus ?? 0) : undefined),
  }),
  family({
    name: 'probe_ssl_earliest_cert_expiry',
    help: 'When the first certificate of the chain ends that the target showed, in seconds since the epoch.',
    read: ({ certificateNotAfter }) =>
      certificateNotAfter === undefined ? undefined : Date.parse(certificateNotAfter) / 1000,
  }),
];
