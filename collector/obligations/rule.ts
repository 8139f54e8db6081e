import type { ReportReference } from '../../shared/evidence.ts';
import type { ClaimOutcome } from '../../shared/report-schema.ts';
import type { Grade, OwnerRole, ProofLevel } from '../../shared/states.ts';
import type { EvidenceReference } from '../store/evidence-reference.ts';
import type { AreaSubjectFacts } from './area-facts.ts';
import type { DepartmentSubjectFacts, PemdaSubjectFacts } from './register-facts.ts';
import type { SiteSubjectFacts } from './site-facts.ts';

export type { MachineView, MeasuredFacts, WebsiteView } from './measured-facts.ts';
export type {
  DepartmentSubjectFacts,
  MonthView,
  PemdaSubjectFacts,
  RegisterFacts,
  SiteMonthView,
  ValuableView,
} from './register-facts.ts';
export type {
  AgentPathView,
  LinkView,
  OwnWay,
  PathView,
  SiteAgentView,
  SiteSubjectFacts,
  TrafficView,
  WaySign,
} from './site-facts.ts';

/** A number or choice that a rule works with. Every default is ours ("bawaan aplikasi"), never law. */
export interface ParamSpec {
  default: number | string | boolean;
  docs: string;
}
export type Params = Readonly<Record<string, number | string | boolean>>;

export type Severity = 'critical' | 'warning' | 'info';

/** What a rule says of one subject. It claims no more than it was shown; the verb of the law caps it further. */
export interface Judgement {
  status: 'compliant' | 'breached' | 'no-evidence' | 'not-applicable';
  /** With `breached`: how much was exceeded; `indication` when only a number of ours was. */
  exceeded?: Grade;
  /** With `breached`, when it is not what the rule usually is: a note on a backup wakes nobody at night. */
  severity?: Severity;
  /** With `breached`: who must act, when it is not the one whom the duty names. */
  owner?: OwnerRole;
  reasonCode: string;
  /** Values for the reason's sentence; a name ends in its unit (`AtMs`, `Seconds`, `Bytes`) or is text. */
  reasonArgs: Record<string, string | number>;
  evidence: EvidenceReference[];
  /** Since when it is so, where the facts tell; the moment of judging otherwise. */
  sinceAtMs?: number;
  /** With `no-evidence`: a breach that was found before stands until there is evidence. */
  keepsBreach?: boolean;
  /** A breach for one of these reasons stands, whatever else is found: what it rested on cannot be seen now. */
  keepsBreachFor?: readonly string[];
  /** What was broken for one of these reasons answers again since a moment, and is watched until it is quiet. */
  returned?: { atMs: number; from: readonly string[] };
  /** With `no-evidence`: what was found before cannot be so any more, whatever else is not known. */
  endsBreach?: boolean;
  /** Of an area: the sites that are affected, `<pd>/<site>`. */
  sites?: string[];
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
  severity: Severity;
  params: Record<string, ParamSpec>;
  /** What satisfies the duty: which measurement or register entry, for people who ask what to do. */
  evidence?: ReasonText;
  /** Every reason code that `judge` can give. */
  reasons: Record<string, ReasonText>;
  /**
   * What is wrong in a few words, by the reason of a breach: the first line of a message. Without one the title of the
   * duty stands there, which says what ought to be.
   */
  headlines?: Record<string, ReasonText>;
  /**
   * Reasons that are one fault: when the reason moves to another group, one incident ends and another begins, because who
   * was told of an odd size was not told that the backup is missing. Reasons in no group are one fault together.
   */
  faults?: readonly (readonly string[])[];
  /**
   * Rules that tell of the same fault of the same subject, by the reasons for which they do: while one of them is breached
   * for such a reason, this one opens no incident of its own.
   */
  toldBy?: Readonly<Record<string, readonly string[]>>;
  /** What is said behind any reason, by the argument's name, whenever a judgement gives that argument. */
  remarks?: Record<string, ReasonText>;
  /** Words for values of `reasonArgs` that are codes, by the argument's name and the code. */
  words?: Record<string, Record<string, ReasonText>>;
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
/** Judged once for each department. */
export interface DepartmentRule extends RuleBase<DepartmentSubjectFacts> {
  subject: 'department';
  /** It is shown how the WAN of the sites, or the websites, fared by the month. */
  readsMonths?: 'wan' | 'website';
  /** It is shown the incidents of the department. */
  readsIncidents?: true;
}
/** Judged once for the Pemda as a whole: its plans, audits and offices. */
export interface PemdaRule extends RuleBase<PemdaSubjectFacts> {
  subject: 'pemda';
  /** It is shown how the Pusat Data fared by the month. */
  readsPusatData?: true;
  /** It is shown the incidents of every department. */
  readsIncidents?: true;
}
/** Judged once for each area, and once for the Pemda as a whole, beside the duty of each site. */
export interface AreaRule extends RuleBase<AreaSubjectFacts> {
  subject: 'area';
  /** The rule of the sites; every duty that names it is judged for areas too. */
  of: string;
}
export type Rule = DatasetRule | SiteRule | DepartmentRule | PemdaRule | AreaRule;

/** How an object in a vault was recognised as the backup that was claimed, the surest first. */
export type MatchedBy = 'hash' | 'snapshot' | 'repository' | 'name' | 'time';

/** One backup: the claim of the department joined with what the readers see. */
export interface BackupView {
  outcome: 'ok' | 'warning';
  source: string;
  completedAtMs: number;
  startedAtMs: number | undefined;
  sizeBytes: number | undefined;
  objectName: string | undefined;
  exitCode: number | undefined;
  reason: string | undefined;
  /** How far it is proven; `restorable` only while a restore test is young enough. */
  proof: ProofLevel;
  arrival: ArrivalView | undefined;
  /** Why the object that should be it is not: it is there, and it is wrong. */
  mismatch: { kind: MismatchKind; sizeBytes: number | undefined; record: ReportReference } | undefined;
  record: ReportReference;
}

/** The object in a vault that a backup is. */
export interface ArrivalView {
  atMs: number;
  by: MatchedBy;
  vault: string;
  objectName: string;
  /** The last look did not see it any more: when it counts as gone, should it not turn up again. */
  missedAtMs: number | undefined;
  record: ReportReference;
}

export type MismatchKind = 'truncated' | 'larger' | 'content' | 'damaged' | 'gone';

export interface RestoreTestView {
  outcome: 'ok' | 'failed';
  reason: string | undefined;
  drill: string;
  completedAtMs: number;
  record: ReportReference;
}

/** What is seen of a dataset at one place, the Pusat Data or the DRC. */
export interface VaultView {
  /**
   * `read`: a reader looked lately. `silent`: there is a reader, and it does not report or cannot read the vault.
   * `none`: no vault is configured there.
   */
  state: 'read' | 'silent' | 'none';
  /** Backups there; undefined where they cannot be counted. */
  copyCount: number | undefined;
  /** Until when everything there was read and found whole; undefined while it never was, or is too long ago. */
  wholeUntilMs: number | undefined;
  /** In so long everything is read again; undefined without a vault. */
  coverSeconds: number | undefined;
  /** Objects whose bytes are not what they were. */
  damaged: { names: string[]; count: number; foundAtMs: number; record: ReportReference } | undefined;
  /** The newest object there, whether anybody claimed it or not. */
  newest: { arrivedAtMs: number; modifiedAtMs: number; objectName: string; record: ReportReference } | undefined;
}

/** The newest object in the Pusat Data that no claim speaks of. */
export interface UnclaimedView {
  arrivedAtMs: number;
  modifiedAtMs: number;
  objectName: string;
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
        demandedProof: Exclude<ProofLevel, 'none'>;
        /** A run that takes longer hangs. */
        maxRunSeconds: number;
        keepCopies: number | undefined;
        /** The Pemda's own period of restore tests; the rule's when undefined. */
        restoreTestEverySeconds: number | undefined;
        /** Nobody at the department claims anything: what arrives speaks for itself (source `vault`). */
        isClaimless: boolean;
      }
    | undefined;
  /** Since when the dataset is known here; nothing is due before. */
  knownSinceMs: number;
  /** Newest completion first, a few dozen at most. */
  backups: BackupView[];
  unclaimed: UnclaimedView | undefined;
  lastFailure:
    | {
        atMs: number;
        exitCode: number | undefined;
        reason: string | undefined;
        lastLine: string | undefined;
        record: ReportReference;
      }
    | undefined;
  /** The newest run that began and has not ended. */
  running: { startedAtMs: number; record: ReportReference } | undefined;
  /** The last look at the source, whatever it found. */
  lastLook:
    | {
        outcome: Exclude<ClaimOutcome, 'running'>;
        reason: string | undefined;
        observedAtMs: number;
        record: ReportReference;
      }
    | undefined;
  /** True when an agent that watches this dataset is reporting, or none is needed. */
  watched: boolean;
  /** True while claims may still be on their way: the collector or the link has only just come back. */
  awaited: boolean;
  /** The clock of the agent that watches it, minus the collector's; undefined while it is silent. */
  clockErrorSeconds: number | undefined;
  pusatData: VaultView;
  drc: VaultView;
  /** When an object that is gone will be missed, if it does not turn up under another name. */
  goneCountsAtMs: number | undefined;
  /** From the coordinates of both; undefined while one is not known. */
  drcDistanceKilometres: number | undefined;
  /** Newest first. */
  restoreTests: RestoreTestView[];
}
