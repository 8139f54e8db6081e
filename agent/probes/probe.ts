import type { ProbeConfig } from '../../shared/agent-config-schema.ts';
import type { ReportProbe } from '../../shared/report-schema.ts';

/** What one check of one target found; the executor adds the target's own fields. */
export type ProbeResult = Pick<ReportProbe, 'state' | 'reason' | 'sentCount' | 'receivedCount' | 'roundTripSeconds'> &
  ProbeDetails & {
    /** The kind that measured, when it was a fall-back and not the kind that was asked for. */
    kind?: string;
  };

/** What a check learns besides; also a failed one tells as much of it as it got to know. */
export type ProbeDetails = Pick<ReportProbe, 'phases' | 'httpStatus' | 'certificate' | 'answers' | 'hops'>;

export interface ProbeOptions {
  /** Ends the check early: the probe then frees what it opened and rejects with the signal's reason. */
  signal: AbortSignal;
}

/**
 * One way to find out whether a target can be reached. Several packets per check; the state is `up` when any was
 * answered, `down` when none was, `unknown` when the check could not tell.
 * A probe throws AppError only when it could not look at all (`ping-unavailable`); an unreachable target is a result.
 */
export interface Probe {
  /** Name in the configuration and in reports; the same as its file's name. */
  readonly kind: string;
  /** One sentence for help texts. */
  readonly docs: string;
  /** True when a target of this kind makes no sense without a port. */
  readonly needsPort: boolean;
  /** How long one check may take when everything is in order, where that is more than its packets and its timeout. */
  longestMs?(target: ProbeConfig): number;
  probe(target: ProbeConfig, options: ProbeOptions): Promise<ProbeResult>;
}
