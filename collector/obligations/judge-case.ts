import type { RegisterReference } from '../store/evidence-reference.ts';
import type { VerdictRow } from '../store/rows.ts';
import { isSameFault } from './faults.ts';
import { gradeOf } from './grading.ts';
import type { AreaSubjectFacts } from './area-facts.ts';
import type {
  DatasetSubjectFacts,
  DepartmentSubjectFacts,
  Judgement,
  Params,
  PemdaSubjectFacts,
  SiteSubjectFacts,
} from './rule.ts';
import type { Case } from './subjects.ts';

export interface Waiver {
  number: string;
  reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`, in the Pemda's zone. */
  until: string;
  /** Where it is entered; undefined for one of the configuration. */
  reference?: RegisterReference;
}

export type CaseFacts =
  | { dataset: DatasetSubjectFacts }
  | { site: SiteSubjectFacts }
  | { department: DepartmentSubjectFacts }
  | { pemda: PemdaSubjectFacts }
  | { area: AreaSubjectFacts };

export interface JudgedCase {
  verdict: VerdictRow;
  recheckAtMs: number | undefined;
  /** A breach that was found before stands only because evidence is awaited: nobody should be told of it now. */
  isAwaited: boolean;
}

/** Runs the case's rule and gives its judgement as a verdict; pure. */
export function judgeCase(
  judged: Case,
  facts: CaseFacts,
  options: { params: Params; waiver: Waiver | undefined; before: VerdictRow | undefined; nowMs: number },
): JudgedCase {
  const judgement = applyRule(judged, facts, options.params, options.nowMs);
  const { before, nowMs, waiver } = options;
  if (before?.status === 'breached' && keepsBreach(judgement, before)) {
    const verdict = standing(before, judgement);
    return { verdict, recheckAtMs: judgement.recheckAtMs, isAwaited: judgement.keepsBreach === true };
  }
  const waived = waiver !== undefined && judgement.status === 'breached';
  const isBreach = judgement.status === 'breached' && !waived;
  const verdict: VerdictRow = {
    obligation: judged.obligation.id,
    subject: judged.subject,
    pd: judged.pd,
    status: waived ? 'waived' : judgement.status,
    ...(isBreach ? breachOf(judged, judgement) : { grade: undefined, severity: undefined }),
    reasonCode: judgement.reasonCode,
    reasonArgs: {
      ...judgement.reasonArgs,
      ...(waived ? { waiverNumber: waiver.number, waiverUntil: waiver.until } : {}),
    },
    ...besides(judgement),
    sinceMs: judgement.sinceAtMs ?? nowMs,
    evidence: waived && waiver.reference !== undefined ? [...judgement.evidence, waiver.reference] : judgement.evidence,
  };
  if (before !== undefined && goesOn(before, verdict, judged.rule.faults)) verdict.sinceMs = before.sinceMs;
  return { verdict, recheckAtMs: judgement.recheckAtMs, isAwaited: false };
}

/** A breach that stands says so in other words once what was broken answers again. */
function standing(before: VerdictRow, { returned }: Judgement): VerdictRow {
  const isBack = returned?.from.includes(before.reasonCode) === true;
  const returnedAtMs = isBack ? Math.max(returned.atMs, before.sinceMs) : undefined;
  const { returnedAtMs: said, ...reasonArgs } = before.reasonArgs;
  if (said === returnedAtMs) return before;
  return { ...before, reasonArgs: { ...reasonArgs, ...(returnedAtMs === undefined ? {} : { returnedAtMs }) } };
}

function besides({ endsBreach, sites }: Judgement): Pick<VerdictRow, 'endsBreach' | 'sites'> {
  return { ...(endsBreach === true ? { endsBreach } : {}), ...(sites === undefined ? {} : { sites }) };
}

/** How much a breach claims, how urgent it is, and who must act when that is not whom the duty names. */
function breachOf({ obligation, rule }: Case, judgement: Judgement): Pick<VerdictRow, 'grade' | 'severity' | 'owner'> {
  const { exceeded = 'note', severity = rule.severity, owner } = judgement;
  const grade = gradeOf(obligation.modality, exceeded, obligation.maxGrade);
  return { grade, severity, ...(owner === undefined ? {} : { owner }) };
}

/** What a verdict says is so since its status is, and for a breach since its fault is. */
function goesOn(before: VerdictRow, { status, reasonCode }: VerdictRow, faults: Case['rule']['faults']): boolean {
  if (before.status !== status) return false;
  return status !== 'breached' || isSameFault(before.reasonCode, reasonCode, faults);
}

function keepsBreach({ keepsBreach: keeps, keepsBreachFor = [] }: Judgement, before: VerdictRow): boolean {
  return keeps === true || keepsBreachFor.includes(before.reasonCode);
}

function applyRule(judged: Case, facts: CaseFacts, params: Params, nowMs: number): Judgement {
  const { rule } = judged;
  if (rule.subject === 'dataset' && 'dataset' in facts) return rule.judge(facts.dataset, params, nowMs);
  if (rule.subject === 'site' && 'site' in facts) return rule.judge(facts.site, params, nowMs);
  if (rule.subject === 'department' && 'department' in facts) return rule.judge(facts.department, params, nowMs);
  if (rule.subject === 'pemda' && 'pemda' in facts) return rule.judge(facts.pemda, params, nowMs);
  if (rule.subject === 'area' && 'area' in facts) return rule.judge(facts.area, params, nowMs);
  throw new Error(`rule ${rule.name} was given facts of another kind of subject`);
}

/** Whether a change of verdict is worth a line in its history: what it says, not the values inside the sentence. */
export function saysSomethingNew(before: VerdictRow | undefined, after: VerdictRow): boolean {
  return (
    before === undefined ||
    before.status !== after.status ||
    before.grade !== after.grade ||
    before.severity !== after.severity ||
    before.owner !== after.owner ||
    before.reasonCode !== after.reasonCode ||
    before.sites?.join() !== after.sites?.join()
  );
}
