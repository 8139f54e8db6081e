import type { ReportReference } from '../../shared/evidence.ts';
import type { Grade, Layer, State } from '../../shared/states.ts';

/** A number or choice that a rule works with. Every default is ours ("bawaan aplikasi"), never law. */
export interface ParamSpec {
  default: number | string | boolean;
  docs: string;
}
export type Params = Readonly<Record<string, number | string | boolean>>;

/** What a rule says of one subject. It claims no more than it was shown; the verb of the law caps it further. */
export interface Judgement {
  status: 'compliant' | 'breached' | 'no-evidence' | 'not-applicable';
  /** With `breached`: how much was exceeded; `indication` when only a number of ours was. */
  exceeded?: Grade;
  reasonCode: string;
  /** Values for the reason's sentence; a name ends in its unit (`AtMs`, `Seconds`, `Bytes`) or is text. */
  reasonArgs: Record<string, string | number>;
  evidence: ReportReference[];
  /** Since when it is so, where the facts tell; the moment of judging otherwise. */
  sinceAtMs?: number;
  /** With `no-evidence`: a breach that was found before stands until there is evidence. */
  keepsBreach?: boolean;
  /** When the verdict may change although nothing new arrives. */
  recheckAtMs?: number;
}

/** A sentence with `{placeholders}` in both languages. */
export interface ReasonText {
  id: string;
  en: string;
}

interface RuleBase<Facts> {
  /** File name, name in regulation files and in the configuration. */
  name: string;
  docs: string;
  incidentKind: 'backup' | 'link' | 'service' | 'register';
  severity: 'critical' | 'warning' | 'info';
  params: Record<string, ParamSpec>;
  /** Every reason code that `judge` can give. */
  reasons: Record<string, ReasonText>;
  judge(facts: Facts, params: Params, nowMs: number): Judgement;
}

/** Judged for each dataset, and once with `dataset: undefined` for a department that has none. */
export interface DatasetRule extends RuleBase<DatasetSubjectFacts> {
  subject: 'dataset';
}
/** Judged for each site of each department. */
export interface SiteRule extends RuleBase<SiteSubjectFacts> {
  subject: 'site';
}
export type Rule = DatasetRule | SiteRule;

export interface BackupSuccess {
  completedAtMs: number;
  sizeBytes: number | undefined;
  objectName: string | undefined;
  record: ReportReference;
}

export interface DatasetSubjectFacts {
  dataset:
    | {
        id: string;
        schedule: { cron: string; timezone: string; graceSeconds: number };
        /** True when the Pemda itself adopted the schedule by a decree (`basis`). */
        scheduleAdopted: boolean;
        minSizeBytes: number;
      }
    | undefined;
  /** Since when the dataset is known here; nothing is due before. */
  knownSinceMs: number;
  /** Claims of success, newest completion first, a few at most. */
  successes: BackupSuccess[];
  /** The last look at the source, whatever it found. */
  lastLook:
    | {
        outcome: 'ok' | 'no-data' | 'failed';
        reason: string | undefined;
        observedAtMs: number;
        record: ReportReference;
      }
    | undefined;
  /** True when an agent that watches this dataset is reporting. */
  watched: boolean;
  /** True while claims may still be on their way: the collector or the link has only just come back. */
  awaited: boolean;
}

export interface LinkView {
  layer: Layer;
  /** `unknown` also when the prober itself has fallen silent. */
  state: State;
  sinceMs: number;
  target: string;
  reason: string | undefined;
  /** The probe was sent from the Pusat Data, not from the site itself. */
  fromPusatData: boolean;
  record: ReportReference;
}

export interface SiteSubjectFacts {
  links: LinkView[];
  /** The newest report of a node at the site that is fresh: it came through the WAN just now. */
  freshReport: { receivedAtMs: number; record: ReportReference } | undefined;
  /** The site is where the probes start from: nothing can be said about a way to itself. */
  isVantagePoint: boolean;
  /** Agents registered at the site. */
  agentCount: number;
}
