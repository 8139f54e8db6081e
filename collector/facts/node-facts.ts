import type { KeyObject } from 'node:crypto';
import type { Report } from '../../shared/report-schema.ts';
import type { AgentRow } from '../store/rows.ts';
import type { LinkFacts } from './link-facts.ts';

/** The newest thing that a node has said of the present. */
export interface Present {
  report: Report;
  takenAtMs: number;
  receivedAtMs: number;
  /** The address from which it came; undefined where that is not known. */
  remoteAddress: string | undefined;
  /** The collector's clock minus the agent's, when it was sent. */
  clockOffsetSeconds: number;
  /** Since when it has been heard without a gap. */
  freshSinceMs: number;
  /** From here on the node is silent, unless something newer arrives. */
  staleAtMs: number;
}

/** One agent and what is known of its node; replaced, never changed in place, so that a failed commit leaves no trace. */
export interface AgentFacts {
  row: AgentRow;
  /** Undefined for a router that shows a token. */
  publicKey: KeyObject | undefined;
  present: Present | undefined;
  links: ReadonlyMap<string, LinkFacts>;
}

/** After so many intervals without a report a node is unknown. */
export const staleAfterIntervals = 2.5;

export function staleAfterMs(intervalSeconds: number): number {
  return staleAfterIntervals * intervalSeconds * 1000;
}

/** What is further ahead than this is no wrong clock of an agent but this machine's own, which was set back. */
export const clockStepMs = 60_000;

/**
 * True for what was received at a time that has not come yet: the collector's own clock was ahead when it came in. It
 * would look fresh until that time, and nothing newer could replace it.
 */
export function isFromFuture(present: Present, nowMs: number): boolean {
  return present.receivedAtMs > nowMs + clockStepMs;
}

export function isFresh({ present }: AgentFacts, nowMs: number): boolean {
  return present !== undefined && nowMs < present.staleAtMs && !isFromFuture(present, nowMs);
}

/** Time of the newest report that a new one must be newer than. */
export function presentSinceMs({ present }: AgentFacts, nowMs: number): number {
  return present === undefined || isFromFuture(present, nowMs) ? -Infinity : present.takenAtMs;
}
