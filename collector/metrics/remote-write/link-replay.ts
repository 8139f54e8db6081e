import type { Report, ReportProbe } from '../../../shared/report-schema.ts';
import type { State } from '../../../shared/states.ts';
import { freshReadingMs } from '../../facts/router-state.ts';
import { nextTrack, type RoundTrack, roundsUntilDown } from '../../facts/link-facts.ts';

/** How a link stands after its rounds so far; another target is another link. */
interface LinkStep extends RoundTrack {
  target: string;
  lastRoundAtMs: number;
}

export type LinkSteps = Map<string, LinkStep>;

/** An agent names its probes itself: it must not fill the memory with new names. Twice as many as one report holds. */
const mostLinks = 2048;

/**
 * What the rounds of one report say together with those before, so that a written state means what the page's means.
 * @param steps the links before, by probe; brought up to date.
 */
export function replayRounds(report: Report, atMs: number, steps: LinkSteps): (probe: ReportProbe) => State {
  const states = new Map<ReportProbe, State>();
  for (const probe of report.probes ?? []) {
    const known = steps.get(probe.name);
    const before = known?.target === probe.target ? known : undefined;
    const step = { ...nextTrack(before, probe.state, atMs), target: probe.target, lastRoundAtMs: atMs };
    steps.delete(probe.name);
    steps.set(probe.name, step);
    states.set(probe, step.state);
  }
  for (const name of steps.keys()) {
    if (steps.size <= mostLinks) break;
    // Those that were not heard of for longest come first.
    steps.delete(name);
  }
  return (probe) => states.get(probe) ?? probe.state;
}

/** Whether any of them reached an address in its last round, as long as that says something of now. */
export function answersAt(address: string, atMs: number, steps: LinkSteps): boolean {
  return [...steps.values()].some(
    ({ target, goodRounds, lastRoundAtMs }) =>
      target === address && goodRounds > 0 && atMs - lastRoundAtMs <= freshReadingMs,
  );
}

/**
 * Where the links of late reports begin. What was before them has not come yet, since a spool is emptied from new to old;
 * a link that begins with as many bad rounds as make it down was down.
 * @param reports oldest first.
 */
export function stepsBefore(reports: readonly Report[]): LinkSteps {
  const first = new Map<string, ReportProbe[]>();
  for (const probe of reports.flatMap((report) => report.probes ?? [])) {
    const rounds = first.get(probe.name) ?? [];
    if (rounds.length < roundsUntilDown) first.set(probe.name, [...rounds, probe]);
  }
  const steps: LinkSteps = new Map();
  for (const [name, rounds] of first) {
    const target = rounds[0]?.target ?? '';
    const isDown = rounds.length === roundsUntilDown && rounds.every(({ state }) => state === 'down');
    if (!isDown) continue;
    const run = { goodRounds: 0, badRounds: roundsUntilDown, runSinceMs: 0, lastRoundAtMs: 0 };
    steps.set(name, { target, state: 'down', ...run });
  }
  return steps;
}
