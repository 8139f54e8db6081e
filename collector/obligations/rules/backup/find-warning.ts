import { nextDueMs } from '../../../../shared/cron-grace.ts';
import type { Grade } from '../../../../shared/states.ts';
import type { BackupView } from '../../rule.ts';
import { type Assessment, isSane } from './assess.ts';
import type { Saying } from './find-trouble.ts';
import { defaultRestoreTestEverySeconds } from './params.ts';
import type { BackupReason } from './reasons.ts';
import { sizeBand } from './size-band.ts';

export type Warning = Saying & { exceeded: Grade };

/** What is odd about a backup that counts; the first of these that holds. */
export function findWarning(assessment: Assessment): Warning | undefined {
  const { good } = assessment;
  if (good === undefined) return undefined;
  return (
    partial(good) ??
    unusualSize(good, assessment) ??
    tooFewCopies(assessment) ??
    notVerified(good, assessment) ??
    notRestorable(good, assessment) ??
    wrongClock(assessment, good)
  );
}

function partial({ outcome, completedAtMs, reason, exitCode, record }: BackupView): Warning | undefined {
  if (outcome !== 'warning') return undefined;
  const jobReason = reason ?? (exitCode === undefined ? '?' : `exit ${exitCode}`);
  const reasonArgs = { completedAtMs, jobReason };
  return { reasonCode: 'partial-success', reasonArgs, evidence: [record], exceeded: 'note' };
}

function unusualSize(good: BackupView, { facts, dataset, settings }: Assessment): Warning | undefined {
  const { sizeBytes, record } = good;
  if (sizeBytes === undefined) return undefined;
  const earlier = facts.backups
    .slice(facts.backups.indexOf(good) + 1)
    .filter((backup) => backup.source === good.source && isSane(backup, dataset))
    .flatMap((backup) => (backup.sizeBytes === undefined ? [] : [backup.sizeBytes]));
  const band = sizeBand(earlier, settings.size);
  if (band === undefined || (sizeBytes >= band.leastBytes && sizeBytes <= band.mostBytes)) return undefined;
  return {
    reasonCode: sizeBytes < band.leastBytes ? 'backup-shrunk' : 'backup-grown',
    reasonArgs: { newestSizeBytes: sizeBytes, medianSizeBytes: Math.round(band.medianBytes) },
    evidence: [record],
    exceeded: 'indication',
  };
}

function tooFewCopies({ facts, dataset, nowMs }: Assessment): Warning | undefined {
  const { keepCopies } = dataset;
  const { copyCount, state, newest } = facts.pusatData;
  if (keepCopies === undefined || copyCount === undefined || state !== 'read' || copyCount >= keepCopies)
    return undefined;
  // A dataset that has just been registered cannot have many copies yet.
  const due = nextDueMs(dataset.schedule, nowMs);
  const after = due === undefined ? undefined : nextDueMs(dataset.schedule, due);
  if (due === undefined || after === undefined) return undefined;
  if (nowMs - facts.knownSinceMs < (keepCopies + 1) * (after - due)) return undefined;
  const evidence = newest === undefined ? [] : [newest.record];
  return { reasonCode: 'too-few-copies', reasonArgs: { copyCount, keepCopies }, evidence, exceeded: 'indication' };
}

/** Everything there must have been read again and whole within twice the period; a new dataset has that time too. */
function notVerified(
  { completedAtMs, record }: BackupView,
  { facts, dataset, nowMs }: Assessment,
): Warning | undefined {
  const { state, wholeUntilMs, coverSeconds } = facts.pusatData;
  const isDemanded = dataset.demandedProof === 'intact' || dataset.demandedProof === 'restorable';
  if (!isDemanded || state !== 'read' || wholeUntilMs !== undefined || coverSeconds === undefined) return undefined;
  if (nowMs - facts.knownSinceMs < 2 * coverSeconds * 1000) return undefined;
  const reasonArgs = { completedAtMs, coverDays: Math.max(1, Math.round(coverSeconds / 86_400)) };
  return { reasonCode: 'not-verified', reasonArgs, evidence: [record], exceeded: 'indication' };
}

function notRestorable({ completedAtMs, proof, record }: BackupView, assessment: Assessment): Warning | undefined {
  const { facts, dataset, nowMs } = assessment;
  if (dataset.demandedProof !== 'restorable' || proof === 'restorable') return undefined;
  const everySeconds = dataset.restoreTestEverySeconds ?? defaultRestoreTestEverySeconds;
  const [last] = facts.restoreTests;
  const isAwaited = last === undefined && nowMs - facts.knownSinceMs < everySeconds * 1000;
  if (isAwaited) return undefined;
  const evidence = last === undefined ? [record] : [record, last.record];
  return { reasonCode: 'not-restorable', reasonArgs: { completedAtMs }, evidence, exceeded: 'indication' };
}

/** What a warning rested on and cannot be seen at the moment: that nobody looks does not mend it. */
export function unseenWarnings({ facts, dataset }: Assessment): BackupReason[] {
  const unread: BackupReason[] =
    facts.pusatData.state === 'read' || dataset.demandedProof === 'claimed' ? [] : ['too-few-copies', 'not-verified'];
  return facts.clockErrorSeconds === undefined && !facts.watched ? [...unread, 'agent-clock-off'] : unread;
}

function wrongClock({ facts, settings }: Assessment, { record }: BackupView): Warning | undefined {
  const clockErrorSeconds = Math.round(facts.clockErrorSeconds ?? 0);
  if (Math.abs(clockErrorSeconds) <= settings.clockToleranceSeconds) return undefined;
  return { reasonCode: 'agent-clock-off', reasonArgs: { clockErrorSeconds }, evidence: [record], exceeded: 'note' };
}
