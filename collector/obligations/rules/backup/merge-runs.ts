import { clockToleranceMs, type JoinClaim } from './join.ts';

/**
 * A wrapper or a ping says that a run went well; a look at the tool or the folder says what it made. Both speak of one
 * backup: the bare word is added to the object, so that it cannot stand for an object that is wrong.
 * @returns newest completion first.
 */
export function mergeRuns(claims: readonly JoinClaim[]): JoinClaim[] {
  const merged = new Map<JoinClaim, JoinClaim>();
  const bare: JoinClaim[] = [];
  for (const claim of claims) {
    if (isBare(claim)) bare.push(claim);
    else merged.set(claim, claim);
  }
  const alone: JoinClaim[] = [];
  for (const run of bare) {
    const own = objectOf(run, [...merged.keys()]);
    if (own === undefined) alone.push(run);
    else merged.set(own, withRun(merged.get(own) ?? own, run));
  }
  return [...merged.values(), ...alone].toSorted((a, b) => b.completedAtMs - a.completedAtMs);
}

function isBare({ objectName, objectId, sha256 }: JoinClaim): boolean {
  return objectName === undefined && objectId === undefined && sha256 === undefined;
}

/** The object that came into being during a run; without a start the nearest one before its end. */
function objectOf(run: JoinClaim, objects: readonly JoinClaim[]): JoinClaim | undefined {
  const fromMs = (run.startedAtMs ?? run.completedAtMs) - clockToleranceMs;
  const untilMs = run.completedAtMs + clockToleranceMs;
  return objects
    .filter(({ completedAtMs }) => completedAtMs >= fromMs && completedAtMs <= untilMs)
    .toSorted((a, b) => distance(run, a) - distance(run, b))[0];
}

/** How far an object lies outside a run; of those within the last one is the run's. */
function distance({ startedAtMs, completedAtMs }: JoinClaim, object: JoinClaim): number {
  const from = startedAtMs ?? completedAtMs;
  if (object.completedAtMs < from) return from - object.completedAtMs;
  return Math.abs(object.completedAtMs - completedAtMs) / (object.completedAtMs > completedAtMs ? 1 : 1000);
}

function withRun(object: JoinClaim, run: JoinClaim): JoinClaim {
  const isPartial = run.outcome === 'warning' || object.outcome === 'warning';
  return {
    ...object,
    outcome: isPartial ? 'warning' : 'ok',
    // The end of the run is the end of the backup: some tools only tell when a snapshot began.
    completedAtMs: Math.max(object.completedAtMs, run.completedAtMs),
    startedAtMs: object.startedAtMs ?? run.startedAtMs,
    exitCode: object.exitCode ?? run.exitCode,
    reason: object.reason ?? run.reason,
  };
}
