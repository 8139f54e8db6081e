import type { ContactConfig } from '../../config/schema.ts';
import type { Citation } from '../../obligations/citation.ts';
import type { Grade } from '../../../shared/states.ts';
import type { FormalDocument } from '../document.ts';
import type { IncidentDurations } from '../../incidents/durations.ts';
import type { OtherEnding } from '../../incidents/ending.ts';
import type { Office } from '../office.ts';

/** One breach as a letter tells of it, already in words. */
export interface Finding {
  obligation: string;
  regulation: { id: string; title: string; shortTitle: string };
  citation: Citation;
  /** What the duty asks. */
  duty: string;
  grade: Grade;
  /** What the incident or the letter is about: its kind chooses the words of the subject line. */
  kind: 'backup' | 'link' | 'service' | 'register';
  /** The dataset, site or area; undefined for the department as a whole. */
  part: string | undefined;
  reason: string;
  sinceMs: number;
  /** The records that it rests on. */
  evidence: readonly string[];
  /** Whose numbers it was judged by: of the law, of the Pemda, ours, or none at all. */
  numbers: 'law' | 'pemda' | 'ours' | 'none';
}

export interface IncidentFacts {
  id: string;
  duty: string;
  citation: Citation;
  regulation: Finding['regulation'];
  severity: 'critical' | 'warning' | 'info';
  isSerious: boolean;
  part: string | undefined;
  sinceMs: number;
  openedAtMs: number;
  resolvedAtMs: number | undefined;
  /** What ended it without a recovery, a waiver say. */
  otherEnding?: OtherEnding;
  /** Of the time that it lasted: nobody says that all was down while nothing was known. */
  durations: IncidentDurations;
  /** What broke, in words; undefined while nobody knows. */
  cause: string | undefined;
  /** Somebody outside the Pemda did it; undefined while nobody has said so. */
  byOtherParty: boolean | undefined;
  sites: readonly string[];
  /** What happened and was done, oldest first. */
  events: readonly { atMs: number; text: string }[];
}

export interface RestoreTestFacts {
  dataset: string;
  drill: string;
  outcome: 'ok' | 'failed';
  reason: string | undefined;
  startedAtMs: number;
  completedAtMs: number;
  objectName: string | undefined;
  fileCount: number | undefined;
  sizeBytes: number | undefined;
  checks: readonly string[];
  record: string;
}

/** Everything that a letter may be made of; what a kind of letter needs is there, or it cannot be asked for. */
export interface LetterFacts {
  office: Office;
  /** The Pemda as it calls itself, and its head, by the regulation that is cited first. */
  pemda: string;
  kepalaDaerah: string;
  diskominfo: { pd: string; name: string; contacts: readonly ContactConfig[] };
  department: { id: string; name: string };
  timezone: string;
  nowMs: number;
  findings: readonly Finding[];
  incident?: IncidentFacts;
  restoreTest?: RestoreTestFacts;
  /** Duties that ask for a written notice of a serious incident. */
  noticeDuties: readonly { citation: Citation; regulation: Finding['regulation'] }[];
  /** Which reprimand it is: the first, the second … */
  order: number;
}

/** A kind of letter or record. It drafts; numbers, days and signatures are put in by people. */
export interface Letter {
  /** File name, and name on the command line. */
  readonly name: string;
  /** One line for the help text. */
  readonly summary: string;
  /** What it is about, and so which option names it. */
  readonly about: 'department' | 'incident' | 'restore-test';
  /**
   * Pure.
   * @returns a sentence instead where the facts do not bear such a letter: nothing is claimed that they do not show.
   */
  build(facts: LetterFacts): FormalDocument | { refusal: string };
  /** A sentence for whoever drafts it: what it presumes that nothing here can know. */
  caution?(facts: LetterFacts): string;
}
