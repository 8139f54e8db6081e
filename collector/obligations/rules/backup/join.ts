import type { ReportReference } from '../../../../shared/evidence.ts';
import { type ProofLevel, proofLevels } from '../../../../shared/states.ts';
import type { BackupView, MatchedBy, MismatchKind } from '../../rule.ts';

/** A claim of success, as far as it can be compared with what a vault holds. */
export interface JoinClaim {
  outcome: 'ok' | 'warning';
  source: string;
  completedAtMs: number;
  startedAtMs: number | undefined;
  sizeBytes: number | undefined;
  objectName: string | undefined;
  objectId: string | undefined;
  repositoryId: string | undefined;
  sha256: string | undefined;
  exitCode: number | undefined;
  reason: string | undefined;
  record: ReportReference;
}

/** An object in a vault, as its reader last saw it. */
export interface JoinArrival {
  vault: string;
  kind: 'file' | 'restic' | 'borg';
  objectName: string;
  objectId: string | undefined;
  repositoryId: string | undefined;
  modifiedAtMs: number;
  arrivedAtMs: number;
  sizeBytes: number | undefined;
  sha256: string | undefined;
  verifiedAtMs: number | undefined;
  state: 'present' | 'damaged' | 'gone';
  /** Of a `gone` object `replaced` when a newer one took its name. */
  reason: string | undefined;
  /** When its reader last told of it. */
  observedAtMs: number;
  record: ReportReference;
}

export interface JoinOptions {
  nowMs: number;
  /** So long after its completion a backup may take to arrive, when nothing but time tells which one it is. */
  arrivalWindowMs: number;
  /**
   * Until when what had come to a vault was read and found whole, for objects that are no plain files; vaults that are
   * not whole are not in it.
   */
  wholeUntilMs: ReadonlyMap<string, number>;
  /** Whether a restore test passed within its period and none failed since. */
  isRestorable: boolean;
}

/** Clocks and filesystems differ by so much without meaning anything. */
export const clockToleranceMs = 15 * 60_000;

/** Joins each claim with the object that it speaks of. Pure; the order of both lists does not matter. */
export function joinBackups(
  claims: readonly JoinClaim[],
  arrivals: readonly JoinArrival[],
  options: JoinOptions,
): BackupView[] {
  return claims.map((claim) => {
    const { outcome, source, completedAtMs, startedAtMs, sizeBytes, objectName, exitCode, reason, record } = claim;
    const found = findObject(claim, arrivals, options);
    const isThere = found !== undefined && 'by' in found;
    return {
      outcome,
      source,
      completedAtMs,
      startedAtMs,
      sizeBytes,
      objectName,
      exitCode,
      reason,
      record,
      // A tool that does not tell sizes still has one in the vault.
      ...(sizeBytes === undefined && isThere ? { sizeBytes: found.arrival.sizeBytes } : {}),
      proof: isThere ? proofOf(found.arrival, options) : 'claimed',
      arrival: isThere ? arrivalView(found) : undefined,
      mismatch:
        found === undefined || isThere
          ? undefined
          : { kind: found.kind, sizeBytes: found.arrival.sizeBytes, record: found.arrival.record },
    };
  });
}

function arrivalView({ arrival, by }: { arrival: JoinArrival; by: MatchedBy }): BackupView['arrival'] {
  const { arrivedAtMs: atMs, vault, objectName, state, reason, observedAtMs, record } = arrival;
  const isAwaitedBack = state === 'gone' && reason !== 'replaced';
  const missedAtMs = isAwaitedBack ? observedAtMs + gonePatienceMs : undefined;
  return { atMs, by, vault, objectName, missedAtMs, record };
}

function proofOf(arrival: JoinArrival, { wholeUntilMs, isRestorable }: JoinOptions): ProofLevel {
  if (isRestorable) return 'restorable';
  const isWhole =
    arrival.kind === 'file'
      ? arrival.verifiedAtMs !== undefined
      : arrival.arrivedAtMs <= (wholeUntilMs.get(arrival.vault) ?? -Infinity);
  return isWhole ? 'intact' : 'arrived';
}

/**
 * The newest object that is there and that none of the backups is. A commit of borg is none: pruning makes one too.
 * @param arrivals newest first.
 */
export function newestUnclaimed<Arrival extends JoinArrival>(
  arrivals: readonly Arrival[],
  backups: readonly BackupView[],
): Arrival | undefined {
  const isClaimed = ({ vault, objectName, arrivedAtMs }: Arrival) =>
    backups.some(
      ({ arrival }) => arrival?.vault === vault && arrival.objectName === objectName && arrival.atMs === arrivedAtMs,
    );
  return arrivals.find((arrival) => arrival.state === 'present' && arrival.kind !== 'borg' && !isClaimed(arrival));
}

/** Whether a backup is proven at least so far. */
export function isProven(backup: Pick<BackupView, 'proof'>, demanded: ProofLevel): boolean {
  return proofLevels.indexOf(backup.proof) >= proofLevels.indexOf(demanded);
}

type Found = { arrival: JoinArrival; by: MatchedBy } | { arrival: JoinArrival; kind: MismatchKind };

/** The surest way in which any object fits; a good fit anywhere counts before a bad one. */
function findObject(claim: JoinClaim, arrivals: readonly JoinArrival[], options: JoinOptions): Found | undefined {
  const fits: (Found & { rank: number })[] = [];
  for (const arrival of arrivals) {
    const found = compare(claim, arrival, options);
    if (found !== undefined) fits.push({ ...found, rank: rankOf(found) });
  }
  const distance = ({ arrival }: Found) => Math.abs(arrival.arrivedAtMs - claim.completedAtMs);
  const [best] = fits.toSorted((a, b) => a.rank - b.rank || distance(a) - distance(b));
  return best;
}

const certainty: readonly MatchedBy[] = ['hash', 'snapshot', 'repository', 'name', 'time'];

function rankOf(found: Found): number {
  return 'by' in found ? certainty.indexOf(found.by) : certainty.length;
}

function compare(
  claim: JoinClaim,
  arrival: JoinArrival,
  { arrivalWindowMs: windowMs, nowMs }: JoinOptions,
): Found | undefined {
  const by = identify(claim, arrival, windowMs);
  if (by === undefined) return undefined;
  if (arrival.state === 'damaged') return { arrival, kind: 'damaged' };
  if (arrival.state === 'gone' && isMissed(arrival, by, nowMs)) {
    return by === 'time' ? undefined : { arrival, kind: 'gone' };
  }
  const kind = by === 'name' ? nameMismatch(claim, arrival) : undefined;
  return kind === undefined ? { arrival, by } : { arrival, kind };
}

/** So long a reader may need to see a renamed object under its new name. */
export const gonePatienceMs = 15 * 60_000;

/** A newer object took its place: it did arrive, and the newer one is asked for by its own claim. */
function isMissed({ reason, observedAtMs }: JoinArrival, by: MatchedBy, nowMs: number): boolean {
  if (by === 'time') return true;
  return reason !== 'replaced' && nowMs - observedAtMs >= gonePatienceMs;
}

/** How an object is recognised as the one that was claimed, whatever became of it. */
function identify(claim: JoinClaim, arrival: JoinArrival, windowMs: number): MatchedBy | undefined {
  if (claim.sha256 !== undefined && claim.sha256 === arrival.sha256) return 'hash';
  if (claim.objectId !== undefined && isNumbered(claim.objectId, arrival)) return 'snapshot';
  if (isSameRepository(claim, arrival)) return 'repository';
  if (isNamed(claim, arrival) && isSameTime(claim, arrival, windowMs)) return 'name';
  // Who knows an object by name or number waits for that one; only a bare "it worked" is matched by time.
  const isBare = claim.objectName === undefined && claim.objectId === undefined;
  return isBare && cameInTime(claim, arrival, windowMs) ? 'time' : undefined;
}

/** A restic snapshot is called by its id; pgBackRest keeps each backup in a folder that is called by its label. */
function isNumbered(objectId: string, arrival: JoinArrival): boolean {
  if (arrival.kind === 'restic') return objectId === arrival.objectId;
  return arrival.kind === 'file' && arrival.objectName.split('/').includes(objectId);
}

/** Every later commit of a borg repository holds what an earlier one held. */
function isSameRepository(claim: JoinClaim, arrival: JoinArrival): boolean {
  const isSame = claim.repositoryId !== undefined && claim.repositoryId === arrival.repositoryId;
  return arrival.kind === 'borg' && isSame && cameInTime(claim, arrival, Infinity);
}

function isNamed({ objectName }: JoinClaim, arrival: JoinArrival): boolean {
  return arrival.kind === 'file' && objectName !== undefined && baseName(arrival.objectName) === baseName(objectName);
}

function nameMismatch(claim: JoinClaim, arrival: JoinArrival): MismatchKind | undefined {
  if (claim.sizeBytes !== undefined && arrival.sizeBytes !== undefined && claim.sizeBytes !== arrival.sizeBytes) {
    return arrival.sizeBytes < claim.sizeBytes ? 'truncated' : 'larger';
  }
  const areHashed = claim.sha256 !== undefined && arrival.sha256 !== undefined;
  return areHashed && claim.sha256 !== arrival.sha256 ? 'content' : undefined;
}

/** It came after the run began, and not so late that it must be another one's. */
function cameInTime({ startedAtMs, completedAtMs }: JoinClaim, arrival: JoinArrival, windowMs: number): boolean {
  const from = Math.min(startedAtMs ?? completedAtMs, completedAtMs) - clockToleranceMs;
  // A copy may come long after it was made, and may keep the time of its making.
  const madeAtMs = arrival.kind === 'file' ? arrival.arrivedAtMs : Math.min(arrival.arrivedAtMs, arrival.modifiedAtMs);
  return madeAtMs >= from && arrival.arrivedAtMs <= completedAtMs + windowMs;
}

/** A copy that keeps the time of its original has it; any other copy came when this one could have come. */
function isSameTime(claim: JoinClaim, arrival: JoinArrival, windowMs: number): boolean {
  return (
    Math.abs(arrival.modifiedAtMs - claim.completedAtMs) <= clockToleranceMs || cameInTime(claim, arrival, windowMs)
  );
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
