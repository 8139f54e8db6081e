import type { ProbeConfig } from '../../shared/agent-config-schema.ts';

/** A round that begins a little early, as timers do, still counts as in time. */
const slackShare = 0.1;

export interface Turn {
  due: ProbeConfig[];
  resting: ProbeConfig[];
}

/** Remembers when each target was last probed, so that a target with a rhythm of its own is left out in between. */
export class DueTargets {
  #probedAtMs = new Map<string, number>();

  /**
   * @param intervalSeconds of the rounds: a rhythm is rounded up to whole rounds, and none is left where that is one.
   * @returns those to probe in this round, which then count as probed, and the others.
   */
  take(targets: readonly ProbeConfig[], intervalSeconds: number, nowMs: number): Turn {
    const before = this.#probedAtMs;
    // What is no target any more is forgotten.
    this.#probedAtMs = new Map();
    const turn: Turn = { due: [], resting: [] };
    for (const target of targets) {
      const { everySeconds: _own, ...always } = target;
      const everySeconds = wholeRounds(target.everySeconds ?? 0, intervalSeconds);
      if (everySeconds <= intervalSeconds) {
        turn.due.push(always);
        continue;
      }
      const key = `${target.name} ${target.kind} ${target.host}`;
      const probedAtMs = before.get(key);
      const restMs = (everySeconds - intervalSeconds * slackShare) * 1000;
      const isDue = probedAtMs === undefined || nowMs - probedAtMs >= restMs;
      this.#probedAtMs.set(key, isDue ? nowMs : probedAtMs);
      turn[isDue ? 'due' : 'resting'].push({ ...always, everySeconds });
    }
    return turn;
  }
}

function wholeRounds(everySeconds: number, intervalSeconds: number): number {
  return Math.min(86_400, Math.ceil(everySeconds / intervalSeconds) * intervalSeconds);
}
