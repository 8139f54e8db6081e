import type { Grade } from '../../../../shared/states.ts';
import type { BackupView, DatasetSubjectFacts, Judgement, Params, ReasonText } from '../../rule.ts';
import { type Assessment, assess, deadlineAfter, timelyProof } from './assess.ts';
import { whyOverdue } from './find-overdue.ts';
import { findTrouble, type Saying, type Trouble } from './find-trouble.ts';
import { findWarning, unseenWarnings, type Warning } from './find-warning.ts';
import { isProven } from './join.ts';
import { backupSettings } from './params.ts';
import type { BackupReason } from './reasons.ts';

const awaitedRecheckMs = 30_000;

/**
 * Whether the backups of a dataset are as they must be. A backup counts when its claim, its arrival, a sane size and
 * recency agree (promise 5), as far as the dataset demands; what is wrong is told as soon as it is known, and what is
 * only missing when its deadline is over.
 */
export function judgeBackups(facts: DatasetSubjectFacts, params: Params, nowMs: number): Judgement {
  const { dataset } = facts;
  if (dataset === undefined) return { status: 'no-evidence', reasonCode: 'no-dataset', reasonArgs: {}, evidence: [] };
  const assessment = assess({ dataset, facts, settings: backupSettings(params) }, nowMs);
  const recheck = recheckOf(assessment);
  if (assessment.isOverdue && facts.awaited) return awaiting(assessment);
  const trouble = findTrouble(assessment);
  if (trouble !== undefined) return { ...breached(assessment, trouble), ...recheck };
  if (assessment.isOverdue) return unseen(assessment) ?? { ...overdue(assessment), ...recheck };
  const warning = findWarning(assessment);
  if (warning !== undefined) return { ...odd(assessment, warning), ...recheck };
  const keepsBreachFor = unseenWarnings(assessment);
  return { ...inTime(assessment), ...recheck, ...(keepsBreachFor.length === 0 ? {} : { keepsBreachFor }) };
}

/** When the verdict may change by time alone: at the deadline, and when a run that goes on has taken too long. */
function recheckOf({ facts, dataset, deadlineAtMs, nowMs }: Assessment): Pick<Judgement, 'recheckAtMs'> {
  const hangsAtMs = facts.running && facts.running.startedAtMs + dataset.maxRunSeconds * 1000;
  const awaitedUntilMs = facts.awaited ? nowMs + awaitedRecheckMs : undefined;
  const moments = [deadlineAtMs, hangsAtMs, facts.goneCountsAtMs, awaitedUntilMs].filter(
    (atMs) => atMs !== undefined && atMs > nowMs,
  ) as number[];
  return moments.length === 0 ? {} : { recheckAtMs: Math.min(...moments) };
}

function awaiting({ deadlineAtMs, nowMs }: Assessment): Judgement {
  const recheckAtMs = nowMs + awaitedRecheckMs;
  const reasonArgs = { deadlineAtMs };
  const what = { reasonCode: 'awaiting-reports' satisfies BackupReason, reasonArgs, evidence: [] };
  return { status: 'no-evidence', ...what, keepsBreach: true, recheckAtMs };
}

/** The last good backup still holds while something went wrong: then it is a note, and no breach of a deadline. */
function breached(assessment: Assessment, { atMs, ...saying }: Trouble): Judgement {
  const { isOverdue, deadlineAtMs, good } = assessment;
  const exceeded: Grade = isOverdue ? overdueGrade(assessment, saying) : 'note';
  const evidence = good === undefined ? saying.evidence : [good.record, ...saying.evidence];
  return { status: 'breached', exceeded, sinceAtMs: isOverdue ? deadlineAtMs : atMs, ...saying, evidence };
}

/** The backup counts, and something about it is odd. */
function odd({ good, nowMs }: Assessment, warning: Warning): Judgement {
  return { status: 'breached', severity: 'warning', sinceAtMs: good?.completedAtMs ?? nowMs, ...warning };
}

function overdue(assessment: Assessment): Judgement {
  const saying = whyOverdue(assessment);
  if (saying.reasonCode === 'arrived-unclaimed') {
    return { status: 'breached', exceeded: 'note', severity: 'warning', ...saying, sinceAtMs: assessment.deadlineAtMs };
  }
  return {
    status: 'breached',
    exceeded: overdueGrade(assessment, saying),
    sinceAtMs: assessment.deadlineAtMs,
    ...saying,
  };
}

const ourOwnNumbers = new Set<BackupReason>(['backup-too-small', 'run-too-long']);

/**
 * Being late by our own schedule is an indication. It is a violation when the Pemda itself adopted the schedule and its
 * agent is heard (a silent agent proves no breach), or when the Pusat Data was looked through and holds no copy at all.
 */
function overdueGrade({ dataset, facts }: Assessment, { reasonCode }: Saying): Grade {
  const { state, newest, copyCount } = facts.pusatData;
  if (ourOwnNumbers.has(reasonCode)) return 'indication';
  if (dataset.demandedProof !== 'claimed' && state === 'read' && newest === undefined && copyCount === 0) {
    return 'violation';
  }
  return dataset.scheduleAdopted && facts.watched ? 'violation' : 'indication';
}

/** Claims are in time, and nobody looks whether they arrived: that is no evidence of either. */
function unseen({ dataset, facts, claimed, nowMs }: Assessment): Judgement | undefined {
  const { state } = facts.pusatData;
  if (dataset.demandedProof === 'claimed' || state === 'read' || claimed === undefined) return undefined;
  const recheckAtMs = deadlineAfter(dataset, claimed.completedAtMs);
  if (nowMs >= recheckAtMs) return undefined;
  return {
    status: 'no-evidence',
    reasonCode: state === 'none' ? 'vault-not-configured' : 'vault-not-read',
    reasonArgs: { completedAtMs: claimed.completedAtMs },
    evidence: [claimed.record],
    keepsBreach: true,
    recheckAtMs,
  };
}

function inTime(assessment: Assessment): Omit<Judgement, 'recheckAtMs'> {
  const { good, claimed, deadlineAtMs, facts } = assessment;
  if (good !== undefined) return { status: 'compliant', ...wordsOf(good, assessment) };
  if (claimed === undefined) {
    return { status: 'no-evidence', reasonCode: 'not-yet-due', reasonArgs: { deadlineAtMs }, evidence: [] };
  }
  const { completedAtMs, record } = claimed;
  const { state } = facts.pusatData;
  const reasonCode =
    state === 'none' ? 'vault-not-configured' : state === 'silent' ? 'vault-not-read' : 'awaiting-arrival';
  return { status: 'no-evidence', reasonCode, reasonArgs: { completedAtMs, deadlineAtMs }, evidence: [record] };
}

/** What is said of a backup that counts: how far it is proven, whatever was demanded. */
function wordsOf(good: BackupView, assessment: Assessment): Saying {
  const { completedAtMs: lastSuccessAtMs, arrival, proof, record } = good;
  if (arrival === undefined || !isProven(good, 'arrived')) {
    return { reasonCode: 'backup-fresh', reasonArgs: { lastSuccessAtMs }, evidence: [record] };
  }
  const evidence = [record, arrival.record];
  const arrivalDeadlineAtMs = arrivalDeadline(good, assessment);
  const reasonArgs = { lastSuccessAtMs, arrivedAtMs: arrival.atMs };
  const { missedAtMs } = arrival;
  if (missedAtMs !== undefined) {
    return { reasonCode: 'backup-out-of-sight', reasonArgs: { ...reasonArgs, missedAtMs }, evidence };
  }
  if (arrivalDeadlineAtMs !== undefined && arrival.atMs > arrivalDeadlineAtMs) {
    return { reasonCode: 'backup-arrived-late', reasonArgs: { ...reasonArgs, arrivalDeadlineAtMs }, evidence };
  }
  if (proof === 'restorable') return { reasonCode: 'backup-restorable', reasonArgs, evidence };
  if (proof === 'intact') return { reasonCode: 'backup-intact', reasonArgs, evidence };
  return { reasonCode: 'backup-arrived', reasonArgs: { ...reasonArgs, matchedBy: arrival.by }, evidence };
}

/** By when a backup should have arrived: the deadline after the good one before it, if it was made by then. */
function arrivalDeadline(good: BackupView, { facts, dataset }: Assessment): number | undefined {
  const before = facts.backups
    .slice(facts.backups.indexOf(good) + 1)
    .find((backup) => isProven(backup, timelyProof(dataset)));
  if (before === undefined) return undefined;
  const deadlineAtMs = deadlineAfter(dataset, before.completedAtMs);
  return good.completedAtMs <= deadlineAtMs ? deadlineAtMs : undefined;
}

/**
 * Three faults that are told apart. What is not named here is that a backup is missing: it failed, it never came, or
 * what came is not it.
 */
export const backupFaults: readonly (readonly BackupReason[])[] = [
  ['damaged-in-vault'],
  [
    'arrived-unclaimed',
    'partial-success',
    'backup-shrunk',
    'backup-grown',
    'too-few-copies',
    'not-verified',
    'not-restorable',
    'agent-clock-off',
  ],
];

/** Words for values that stand in the sentences. */
export const backupWords: Record<string, Record<string, ReasonText>> = {
  matchedBy: {
    hash: { id: 'SHA-256 isinya', en: 'the SHA-256 of its content' },
    snapshot: { id: 'nomor snapshot', en: 'its snapshot id' },
    repository: { id: 'nomor repositori dan waktunya', en: 'its repository id and time' },
    name: { id: 'nama, ukuran, dan waktunya', en: 'its name, size and time' },
    time: { id: 'waktunya saja', en: 'its time alone' },
  },
  difference: {
    content: { id: 'ukurannya sama, isinya berbeda', en: 'the size is the same, the content differs' },
    larger: { id: 'ukurannya lebih besar', en: 'it is larger' },
    damaged: { id: 'isinya rusak setelah tiba', en: 'it was damaged after it arrived' },
  },
};
