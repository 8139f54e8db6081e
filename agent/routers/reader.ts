import type { RouterConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import type { ReportRouter } from '../../shared/report-schema.ts';

export interface ReaderDeps {
  /** Folder of the agent's data. */
  dataFolder: string;
  clock: Clock;
  /** Ends the reading early: what is open is closed, and what was read so far is told. */
  signal: AbortSignal;
  /** What earlier readings of this router left behind, in memory; of each router its own, and the reader's alone. */
  memory: Map<string, unknown>;
}

/** What the doctor says of a reading that did not come about, or only in part. */
export interface ReadingProblem {
  text: string;
  /** Exactly what to do. */
  remedy: string;
}

/**
 * One way to read a router that runs no agent. Reads only, one question at a time, a few values, within a time limit. A
 * router that does not answer is a result with a reason, never an error.
 */
export interface RouterReader {
  /** Name in the configuration (`routers[].reader`) and in reports; the same as its file's name. */
  readonly kind: string;
  /** One sentence for help texts. */
  readonly docs: string;
  read(router: RouterConfig, deps: ReaderDeps): Promise<ReportRouter>;
  /** What a reason of this reader means and how to repair it. */
  explain(router: RouterConfig, reason: string, deps: Pick<ReaderDeps, 'dataFolder'>): ReadingProblem;
}
