import type { State } from '../../shared/states.ts';
import type { AgentFacts } from './node-facts.ts';
import type { RouterFacts } from './router-facts.ts';

/** A reading that is older says nothing of now. */
export const freshReadingMs = 10 * 60_000;

export function isFreshReading({ takenAtMs }: RouterFacts, nowMs: number): boolean {
  return nowMs - takenAtMs <= freshReadingMs;
}

/**
 * Whether a router lives, as far as its reader knows. One that answers the pings of the same agent is not down because it
 * does not answer questions: its SNMP was switched off, or its community changed.
 * @param reader the agent that read it.
 */
export function routerStateOf(facts: RouterFacts, reader: AgentFacts | undefined, nowMs: number): State {
  const { reading } = facts;
  if (!isFreshReading(facts, nowMs)) return 'unknown';
  if (reading.state !== 'down' || reader === undefined) return reading.state;
  const answersPings = [...reader.links.values()].some(
    ({ target, goodRounds, lastRoundAtMs }) =>
      target === reading.address && goodRounds > 0 && nowMs - lastRoundAtMs <= freshReadingMs,
  );
  return answersPings ? 'unknown' : 'down';
}
