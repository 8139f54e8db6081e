import type { ProbeCertificate } from '../../shared/probe-schema.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';
import type { State } from '../../shared/states.ts';
import type { LinkRow } from '../store/rows.ts';
import { type LinkAverages, nextAverages, noAverages } from './link-averages.ts';
import { noOutages, oftenOutSinceMs, type OutageHistory, withOutage } from './outage-history.ts';
import { judgeHistory, noHistory, type RoundHistory, roundsUntilQuiet, withRound } from './round-history.ts';

/** What the rounds of one probe add up to. A lone lost round is not an outage, a lone good one not a recovery. */
export interface LinkFacts extends Omit<LinkRow, 'proberKey'> {
  badRounds: number;
  goodRounds: number;
  /** First round of the present run of bad or good rounds. */
  runSinceMs: number;
  /** Last moment at which a report spoke of it, or from which the store brought it back. */
  mentionedAtMs: number;
  roundTripSeconds: number | undefined;
  lossRatio: number | undefined;
  /** Over the rounds that answered since it last went down. */
  averages: LinkAverages;
  history: RoundHistory;
  outages: OutageHistory;
}

export const roundsUntilDown = 3;
export const roundsUntilUp = 2;
/** Long enough to say that an outage is over, where rounds are seldom; ours. */
export const quietAfterMs = 60_000;

/** @param known the link after the round before; another target is another link. */
export function nextLink(
  known: LinkFacts | undefined,
  probe: ReportProbe,
  own: { pd: string; site: string },
  atMs: number,
): LinkFacts {
  const before = known?.target === probe.target ? known : undefined;
  const run = nextRun(before, probe.state, atMs);
  const state = nextState(before?.state ?? 'unknown', probe.state, run);
  const lossRatio = lossRatioOf(probe);
  return {
    probe: probe.name,
    pd: probe.pd ?? own.pd,
    site: probe.site ?? own.site,
    node: probe.node,
    layer: probe.layer,
    kind: probe.kind,
    target: probe.target,
    state,
    sinceMs: before?.state === state ? before.sinceMs : run.runSinceMs,
    reason: probe.reason,
    ...run,
    ...nextHistory(before, { round: probe.state, state, run }, atMs),
    lastRoundAtMs: atMs,
    lastUpAtMs: probe.state === 'up' ? atMs : before?.lastUpAtMs,
    everySeconds: probe.everySeconds,
    mentionedAtMs: atMs,
    roundTripSeconds: probe.roundTripSeconds,
    lossRatio,
    averages:
      state === 'down'
        ? noAverages
        : nextAverages(before?.averages ?? noAverages, { ...probe, lossRatio, isUp: probe.state === 'up' }),
    httpStatus: probe.httpStatus,
    certificate: nextCertificate(before, probe),
  };
}

type Run = Pick<LinkFacts, 'goodRounds' | 'badRounds' | 'runSinceMs'>;

/** What rounds say of the state alone. */
export type RoundTrack = Run & Pick<LinkFacts, 'state'>;

/** The state of a link after one more round, for those who follow its past. */
export function nextTrack(before: RoundTrack | undefined, round: State, atMs: number): RoundTrack {
  const run = nextRun(before, round, atMs);
  return { ...run, state: nextState(before?.state ?? 'unknown', round, run) };
}

/** The run of like rounds that this round continues or begins. */
function nextRun(before: Run | undefined, round: State, atMs: number): Run {
  if (round === 'up') {
    const goodRounds = (before?.goodRounds ?? 0) + 1;
    return { goodRounds, badRounds: 0, runSinceMs: goodRounds > 1 && before !== undefined ? before.runSinceMs : atMs };
  }
  if (round === 'down') {
    const badRounds = (before?.badRounds ?? 0) + 1;
    return { goodRounds: 0, badRounds, runSinceMs: badRounds > 1 && before !== undefined ? before.runSinceMs : atMs };
  }
  return { goodRounds: 0, badRounds: 0, runSinceMs: atMs };
}

function nextHistory(
  before: LinkFacts | undefined,
  { round, state, run }: { round: State; state: State; run: Run },
  atMs: number,
): Pick<LinkFacts, 'history' | 'outages' | 'unstableSinceMs'> {
  const { history: known = noHistory, outages: knownOutages = noOutages, unstableSinceMs } = before ?? {};
  if (round === 'unknown') return { history: known, outages: knownOutages, unstableSinceMs };
  const { unstable, history } = judgeHistory(withRound(known, round === 'up'), unstableSinceMs !== undefined);
  // One that followed upon another within a minute is the round history's.
  const isApart = before?.state === 'up' && run.runSinceMs - before.sinceMs >= quietAfterMs;
  const beganAtMs = state === 'down' && isApart ? run.runSinceMs : undefined;
  const goodSinceMs = round === 'up' ? run.runSinceMs : undefined;
  const outages = withOutage(knownOutages, { beganAtMs, goodSinceMs }, atMs);
  const sinceMs = oftenOutSinceMs(outages, run.badRounds) ?? (unstable ? atMs : undefined);
  return { history, outages, unstableSinceMs: sinceMs === undefined ? undefined : (unstableSinceMs ?? sinceMs) };
}

/** What a server showed last stays known while it shows nothing: it does not become valid by being switched off. */
function nextCertificate(
  before: LinkFacts | undefined,
  { certificate, state }: ReportProbe,
): ProbeCertificate | undefined {
  return certificate ?? (state === 'up' ? undefined : before?.certificate);
}

/** Share of the packets that got no answer; undefined when none was sent. */
export function lossRatioOf({ sentCount, receivedCount }: ReportProbe): number | undefined {
  return sentCount > 0 ? Math.max(0, 1 - receivedCount / sentCount) : undefined;
}

function nextState(before: State, round: State, runs: { goodRounds: number; badRounds: number }): State {
  if (round === 'unknown') return 'unknown';
  if (runs.badRounds >= roundsUntilDown) return 'down';
  // One answer is enough to leave "unknown"; only a link that was down has to answer twice.
  if (runs.goodRounds >= (before === 'down' ? roundsUntilUp : 1)) return 'up';
  return before;
}

/**
 * Whether an outage may be called over: the link answers again, has done so for a minute or eight rounds without a gap,
 * and does not go to and fro. One that comes and goes is one outage, not many.
 */
export function isSettled(
  link: Pick<LinkFacts, 'state' | 'goodRounds' | 'runSinceMs' | 'lastRoundAtMs' | 'unstableSinceMs'>,
): boolean {
  if (link.state !== 'up' || link.unstableSinceMs !== undefined || link.goodRounds < roundsUntilUp) return false;
  return link.goodRounds >= roundsUntilQuiet || link.lastRoundAtMs - link.runSinceMs >= quietAfterMs;
}
