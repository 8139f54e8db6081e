import type { VerdictRow } from './rows.ts';

/** One line in the history of a case: what was said of it from a moment on. */
export interface VerdictChange {
  /** Grows with every change of any case. */
  key: number;
  /** When it was judged; since when it is so is `verdict.sinceMs`. */
  atMs: number;
  verdict: VerdictRow;
  /** Nothing is said of the case any more: its subject or its duty is no longer asked for. The verdict is the last one. */
  removed: boolean;
}

/** Which cases are asked for; all of them without a filter. */
export interface CaseFilter {
  obligation?: string | undefined;
  subject?: string | undefined;
  pd?: string | undefined;
}

export interface ChangesFilter extends CaseFilter {
  /** The first moment of judging that counts. */
  fromMs: number;
  /** The first that does not. */
  untilMs: number;
  /** Only those after it, for whoever reads piece by piece. */
  afterKey?: number | undefined;
  /** All when absent. */
  limit?: number | undefined;
  /** So many are left out at the beginning. */
  offset?: number | undefined;
}

/** What was said of every case over the years (`retention.verdicts`). */
export interface VerdictHistoryPort {
  /** In the order in which they were written, which is that of their keys. */
  changes(filter: ChangesFilter): Promise<VerdictChange[]>;
  /** How many changes there are, whatever `afterKey`, `limit` and `offset` say. */
  count(filter: ChangesFilter): Promise<number>;
  /** The verdict of every case as it stood at an instant; a case that was removed by then is not among them. */
  at(atMs: number, filter?: CaseFilter): Promise<VerdictChange[]>;
}
