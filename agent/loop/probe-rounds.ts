import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';
import { DueTargets } from '../probes/due-targets.ts';
import type { ProbeRunner } from '../probes/run-probes.ts';
import { LateRound } from './late-round.ts';

const mostResults = 1024;
const longestSeconds = 86_400;

interface BegunAt {
  result: ReportProbe;
  /** Number of the report with which its round began. */
  beat: number;
}

/**
 * The probes of one report after the other. Silent targets take long: a round that outlasts its report comes with a
 * later one and says how rare it is, so that nobody takes the time until the next one for time without a probe.
 */
export class ProbeRounds {
  readonly #runner: ProbeRunner;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #round = new LateRound<BegunAt>();
  readonly #due = new DueTargets();
  #beat = 0;

  constructor(runner: ProbeRunner, clock: Pick<Clock, 'monotonicMs'>) {
    this.#runner = runner;
    this.#clock = clock;
  }

  async look(
    targets: readonly ProbeConfig[],
    { intervalSeconds, waitMs }: { intervalSeconds: number; waitMs: number },
  ): Promise<ReportProbe[]> {
    this.#beat += 1;
    const beat = this.#beat;
    if (targets.length === 0) return [];
    // A target counts as probed only when a round begins; while the one before goes on, none does.
    const run = async (): Promise<BegunAt[]> => {
      const { due, resting } = this.#due.take(targets, intervalSeconds, this.#clock.monotonicMs());
      return (await this.#runner.run(due, resting)).map((result) => ({ result, beat }));
    };
    const found = await this.#round.take(run, { waitMs, maxCount: mostResults });
    return found.map((each) => {
      const lateBeats = beat - each.beat;
      return lateBeats === 0 ? each.result : asRareAs(each.result, (lateBeats + 1) * intervalSeconds);
    });
  }
}

/** The next round begins with the report after this one, and takes as long again. */
function asRareAs(result: ReportProbe, seconds: number): ReportProbe {
  return { ...result, everySeconds: Math.min(longestSeconds, Math.max(result.everySeconds ?? 0, seconds)) };
}
