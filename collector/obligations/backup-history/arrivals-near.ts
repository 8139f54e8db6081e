import { clockToleranceMs, type JoinArrival, type JoinClaim } from '../rules/backup/join.ts';

const hourMs = 3_600_000;
/** A run that took weeks is looked at from its end only. */
const longestHours = 24 * 14;

/**
 * Picks the few objects that a claim may speak of, so that years of claims need not be compared with years of objects:
 * those with its hash or its id, those of its time that have its name, or any of its time where it names none, and the
 * next commits of its repository. `joinBackups` finds among them what it would find among all.
 * @param windowMs how long after a claim its object may arrive when only time tells.
 */
export function createArrivalsNear(arrivals: readonly JoinArrival[], windowMs: number) {
  const index = new Map<string, JoinArrival[]>();
  for (const arrival of arrivals) {
    for (const key of keysOf(arrival)) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [arrival]);
      else known.push(arrival);
    }
  }
  const places = new Map(arrivals.map((arrival, place) => [arrival, place]));
  const commits = commitsOf(arrivals);

  return (claim: JoinClaim): JoinArrival[] => {
    const { sha256, objectId, objectName, repositoryId, completedAtMs } = claim;
    const found = new Set<JoinArrival>();
    const take = (key: string) => {
      for (const arrival of index.get(key) ?? []) found.add(arrival);
    };
    for (const key of [sha256, objectId]) if (key !== undefined) take(`is ${key}`);
    const fromMs = Math.min(claim.startedAtMs ?? completedAtMs, completedAtMs) - clockToleranceMs;
    const lastHour = hourOf(completedAtMs + windowMs);
    const firstHour = Math.max(hourOf(fromMs), lastHour - longestHours);
    const name = objectName === undefined ? '' : baseName(objectName);
    for (let hour = firstHour; hour <= lastHour; hour += 1) take(`${hour} ${name}`);
    if (repositoryId !== undefined) {
      for (const commit of nextCommits(commits.get(repositoryId) ?? [], fromMs, completedAtMs)) found.add(commit);
    }
    // Of two that fit equally well the first in the list counts.
    return [...found].toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  };
}

/** PgBackRest calls a folder by the label of its backup: every part of a path may be an id. */
function keysOf({ kind, objectName, sha256, objectId, arrivedAtMs, modifiedAtMs }: JoinArrival): Set<string> {
  const ids = [sha256, objectId, ...(kind === 'file' ? objectName.split('/') : [])];
  const names = kind === 'file' ? ['', baseName(objectName)] : [''];
  const hours = [hourOf(arrivedAtMs), hourOf(modifiedAtMs)];
  return new Set([
    ...ids.flatMap((id) => (id === undefined ? [] : [`is ${id}`])),
    ...hours.flatMap((hour) => names.map((name) => `${hour} ${name}`)),
  ]);
}

/** Commits of each borg repository, by when they came. */
function commitsOf(arrivals: readonly JoinArrival[]): Map<string, JoinArrival[]> {
  const commits = new Map<string, JoinArrival[]>();
  for (const arrival of arrivals.toSorted((a, b) => a.arrivedAtMs - b.arrivedAtMs)) {
    const { kind, repositoryId } = arrival;
    if (kind !== 'borg' || repositoryId === undefined) continue;
    commits.set(repositoryId, commits.get(repositoryId) ?? []);
    commits.get(repositoryId)?.push(arrival);
  }
  return commits;
}

/** Every later commit holds the backup; the nearest that is whole is the one that counts. */
function nextCommits(commits: readonly JoinArrival[], fromMs: number, completedAtMs: number): JoinArrival[] {
  const found: JoinArrival[] = [];
  let low = 0;
  for (let high = commits.length; low < high;) {
    const middle = (low + high) >>> 1;
    if ((commits[middle]?.arrivedAtMs ?? Infinity) < fromMs) low = middle + 1;
    else high = middle;
  }
  let enoughAtMs = Infinity;
  for (let commit = commits[low]; commit !== undefined && commit.arrivedAtMs <= enoughAtMs; commit = commits[low]) {
    low += 1;
    found.push(commit);
    const isWhole = commit.state === 'present' && commit.modifiedAtMs >= fromMs;
    if (isWhole && commit.arrivedAtMs >= completedAtMs) enoughAtMs = commit.arrivedAtMs;
  }
  return found;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function hourOf(atMs: number): number {
  return Math.floor(atMs / hourMs);
}
