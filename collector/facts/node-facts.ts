import type { KeyObject } from 'node:crypto';
import type { Report } from '../../shared/report-schema.ts';
import type { AgentRow } from '../store/rows.ts';
import type { LinkFacts } from './link-facts.ts';

/** The newest thing that a node has said of the present. */
export interface Present {
  report: Report;
  takenAtMs: number;
  receivedAtMs: number;
  /** The collector's clock minus the agent's, when it was sent. */
  clockOffsetSeconds: number;
  /** From here on the node is silent, unless something newer arrives. */
  staleAtMs: number;
}

/** One agent and what is known of its node; replaced, never changed in place, so that a failed commit leaves no trace. */
export interface AgentFacts {
  row: AgentRow;
  publicKey: KeyObject;
  present: Present | undefined;
  links: ReadonlyMap<string, LinkFacts>;
}

/** After so many intervals without a report a node is unknown. */
export const staleAfterIntervals = 2.5;

export function staleAfterMs(intervalSeconds: number): number {
  return staleAfterIntervals * intervalSeconds * 1000;
}

export function isFresh(agent: AgentFacts, nowMs: number): boolean {
  return agent.present !== undefined && nowMs < agent.present.staleAtMs;
}
