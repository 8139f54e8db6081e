import { lastSecondOf, type LinkDay, type RoundRun, type StateCode } from '../../store/link-day.ts';
import { type Interval, united, without } from './intervals.ts';

/** When a link was up and when it was down, in order and apart from each other; the rest is unknown. */
export interface LinkTimeline {
  up: Interval[];
  down: Interval[];
}

interface ProbeRun {
  firstMs: number;
  lastMs: number;
  code: StateCode;
  coverMs: number;
}

/**
 * Each round speaks until the next round of the same probe, but not for ever. Where probes disagree the link is up: one
 * answer is enough. It is down where none says up, and unknown where nobody says anything.
 * @param probes the days of each probe.
 */
export function timelineOf(probes: readonly (readonly LinkDay[])[]): LinkTimeline {
  const stretches: [Interval[], Interval[], Interval[]] = [[], [], []];
  for (const days of probes) {
    const runs = days.flatMap(({ startsAtMs, runs: ofDay }) => ofDay.map((run) => placed(startsAtMs, run)));
    const inOrder = runs.toSorted((a, b) => a.firstMs - b.firstMs);
    for (const [at, { firstMs, lastMs, code, coverMs }] of inOrder.entries()) {
      const untilMs = Math.min(lastMs + coverMs, inOrder[at + 1]?.firstMs ?? Infinity);
      stretches[code].push({ fromMs: firstMs, untilMs });
    }
  }
  const up = united(stretches[0]);
  return { up, down: without(united(stretches[1]), up) };
}

/** Within a run no round is farther from the next one than it speaks for. */
function placed(startsAtMs: number, run: RoundRun): ProbeRun {
  return {
    firstMs: startsAtMs + run[0] * 1000,
    lastMs: startsAtMs + lastSecondOf(run) * 1000,
    code: run[3],
    coverMs: run[4] * 1000,
  };
}
