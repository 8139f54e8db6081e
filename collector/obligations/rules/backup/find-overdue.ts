import type { Assessment } from './assess.ts';
import type { Saying } from './find-trouble.ts';
import { clockToleranceMs } from './join.ts';
import { otherZoneOf } from './other-zone.ts';

/** Why no backup counts although its deadline is over, the most telling reason first. */
export function whyOverdue(assessment: Assessment): Saying {
  return notArrived(assessment) ?? unclaimed(assessment) ?? notMade(assessment);
}

/** A backup was made in time, and a reader that looked did not see it. */
function notArrived({ newer, dataset, deadlineAtMs, facts }: Assessment): Saying | undefined {
  const [newest] = newer;
  if (newest === undefined || dataset.demandedProof === 'claimed' || facts.pusatData.state !== 'read') return undefined;
  const { completedAtMs, record } = newest;
  return { reasonCode: 'not-arrived', reasonArgs: { completedAtMs, deadlineAtMs }, evidence: [record] };
}

/** Something new is in the vault, and nobody said that it would come. */
function unclaimed({ facts, dueAtMs, claimed }: Assessment): Saying | undefined {
  const { unclaimed: object, pusatData } = facts;
  if (pusatData.state !== 'read' || object === undefined || object.arrivedAtMs < dueAtMs) return undefined;
  // A copy of something older is no new backup.
  const { objectName, arrivedAtMs, modifiedAtMs, record } = object;
  if (Math.min(arrivedAtMs, modifiedAtMs) <= (claimed?.completedAtMs ?? -Infinity) + clockToleranceMs) return undefined;
  return { reasonCode: 'arrived-unclaimed', reasonArgs: { objectName, arrivedAtMs }, evidence: [record] };
}

function notMade(assessment: Assessment): Saying {
  const { facts, good, claimed, deadlineAtMs } = assessment;
  const last = good ?? claimed;
  const proofs = last === undefined ? [] : [last.record];
  const evidence = facts.lastLook === undefined ? proofs : [...proofs, facts.lastLook.record];
  if (facts.lastLook?.outcome === 'unknown' && facts.watched) {
    const reasonArgs = { lookReason: facts.lastLook.reason ?? '?', deadlineAtMs };
    return { reasonCode: 'backup-overdue-cannot-look', reasonArgs, evidence };
  }
  if (last === undefined) {
    const hasRun = facts.lastFailure !== undefined || facts.running !== undefined;
    return { reasonCode: hasRun ? 'never-succeeded' : 'never-started', reasonArgs: { deadlineAtMs }, evidence };
  }
  const reasonArgs = { lastSuccessAtMs: last.completedAtMs, deadlineAtMs };
  if (!facts.watched) return { reasonCode: 'backup-overdue-agent-silent', reasonArgs, evidence };
  return { ...wrongTime(assessment, reasonArgs), evidence };
}

/** A backup that comes at the wrong hour each night points at a clock or a zone. */
function wrongTime(
  { facts, dataset, settings }: Assessment,
  reasonArgs: Record<string, number>,
): Pick<Saying, 'reasonCode' | 'reasonArgs'> {
  const clockErrorSeconds = Math.round(facts.clockErrorSeconds ?? 0);
  if (Math.abs(clockErrorSeconds) > settings.clockToleranceSeconds) {
    return { reasonCode: 'backup-overdue-clock', reasonArgs: { ...reasonArgs, clockErrorSeconds } };
  }
  const times = facts.backups.map(({ completedAtMs }) => completedAtMs);
  const zone = otherZoneOf(dataset.schedule, times);
  if (zone !== undefined) return { reasonCode: 'backup-overdue-other-zone', reasonArgs: { ...reasonArgs, zone } };
  return { reasonCode: 'backup-overdue', reasonArgs };
}
