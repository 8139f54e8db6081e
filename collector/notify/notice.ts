import type { Grade, VerdictStatus } from '../../shared/states.ts';

/**
 * What is said to people about one incident. It is stored in the outbox in the same transaction as the incident, so it
 * holds everything that a channel needs; a channel asks nobody.
 */
export interface Notice {
  /**
   * `reopened`: the same fault is back, soon after it had ended. `escalated`: it was opened as something less urgent.
   * `changed`: another fault has taken its place.
   */
  event: 'opened' | 'reopened' | 'escalated' | 'changed' | 'resolved';
  /**
   * `<incident id>/<event>`, with the time of a change, which can come again, and with the number of the return of what
   * came back: a receiver that has seen it may drop a repeat.
   */
  idempotencyKey: string;
  pemda: string;
  timezone: string;
  language: 'id' | 'en';
  incident: {
    id: string;
    kind: string;
    severity: 'critical' | 'warning' | 'info';
    /** What broke, for machines: reason code of the verdict. */
    cause: string;
    /** With `resolved`: what it was after all, when that was known by then. */
    settledCause?: string;
    /** Since when it is so; the alert itself may be later. */
    sinceMs: number;
    resolvedAtMs?: number;
    /** How often it had ended and come back; absent while it never has. */
    reopenedCount?: number;
  };
  perangkatDaerah: { id: string; name: string };
  /** The dataset, site or node that it is about. */
  subject: { kind: string; id: string; name: string };
  obligation: { id: string; title: string; status: VerdictStatus; grade?: Grade };
  citation: { regulation: string; pasal: string; ayat?: string; huruf?: string };
  /** What is wrong in a few words; where there is none, the title of the duty stands in its place. */
  headline?: string;
  /** One or two sentences in the notice's language that say what is wrong (or right again). */
  reason: string;
  /** Facts that the reader wants beside it: last good backup, size, round-trip … already formatted. */
  details: { label: string; value: string }[];
  /** Who must act under the regulation, and how to reach them. */
  owner: { name: string; contacts: { name: string; role?: string; phone?: string; email?: string }[] };
}
