import { createHash } from 'node:crypto';
import type { ReportBackup, ReportRestoreTest } from '../../../shared/report-schema.ts';
import type { FleetMember } from '../fleet.ts';
import { backupsOfNights, type BackupLook, nightlyBackup, type WatchedDataset } from '../nightly-backups.ts';
import type { CopiesOf } from '../vault-copies.ts';
import type { LengkapDataset } from './departments.ts';
import type { Places } from './places.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** So many backups of each dataset are kept, by the department and in the vault. */
const keptNights = 7;
const sha256OfNothing = createHash('sha256').digest('hex');

function datasetIn(places: Places, pd: string, id: string): LengkapDataset | undefined {
  return places.department(pd)?.datasets.find((dataset) => dataset.id === id);
}

/** What each department's agent finds of its backups. */
export function lengkapLook(places: Places): BackupLook {
  return (member, dataset, atMs) => {
    const nights = (from: number, count: number) => backupsOfNights(member, dataset, atMs, { from, count });
    switch (datasetIn(places, member.agent.pd, dataset.dataset)?.trouble) {
      case 'overdue':
        return nights(3, keptNights);
      case 'failed':
        return [...nights(1, keptNights - 1), failedRun(member, dataset, atMs)];
      case 'empty':
        return [...nights(1, keptNights - 1), emptyBackup(member, dataset, atMs)];
      default:
        return nights(0, keptNights);
    }
  };
}

function failedRun(member: FleetMember, dataset: WatchedDataset, atMs: number): ReportBackup {
  const { completedAt = '' } = nightlyBackup(member, dataset, atMs);
  const endedAtMs = Date.parse(completedAt);
  return {
    dataset: dataset.dataset,
    source: dataset.source,
    outcome: 'failed',
    runId: `malam-${completedAt.slice(0, 10)}`,
    startedAt: new Date(endedAtMs - 20 * 60_000).toISOString(),
    completedAt,
    exitCode: 1,
    lastLines: ['tar: /srv/cadangan: Cannot write: No space left on device'],
  };
}

function emptyBackup(member: FleetMember, dataset: WatchedDataset, atMs: number): ReportBackup {
  const empty = { objectName: `${dataset.dataset}-gagal.tar.zst`, sizeBytes: 0, sha256: sha256OfNothing };
  return { ...nightlyBackup(member, dataset, atMs), ...empty };
}

/** Some copies are left behind: nothing of `not-arrived` has come for two nights and more. */
const lostSinceMs = 60 * hourMs;

export function troubledCopies(copiesOf: CopiesOf, places: Places): CopiesOf {
  return (owner, atMs) => {
    const copies = copiesOf(owner, atMs);
    if (datasetIn(places, owner.pd, owner.dataset)?.trouble !== 'not-arrived') return copies;
    return copies.filter(({ modifiedAtMs }) => modifiedAtMs <= atMs - lostSinceMs);
  };
}

/** What was carried on to the DRC, some hours later. */
export function offsiteCopies(copiesOf: CopiesOf, places: Places): CopiesOf {
  return (owner, atMs) => {
    if (datasetIn(places, owner.pd, owner.dataset)?.isOffsite !== true) return [];
    const carried = copiesOf(owner, atMs).map((copy) => ({ ...copy, arrivedAtMs: copy.arrivedAtMs + 3 * hourMs }));
    return carried.filter(({ arrivedAtMs }) => arrivedAtMs <= atMs);
  };
}

/** The restore tests that a department has to tell of. */
export function restoreTestsOf(member: FleetMember, places: Places, atMs: number): ReportRestoreTest[] {
  if (!member.isFirstOfPd) return [];
  const today = Math.floor(atMs / dayMs);
  const test = (dataset: string, daysAgo: number, outcome: 'ok' | 'failed'): ReportRestoreTest => {
    const endedAtMs = (today - daysAgo) * dayMs - 2 * hourMs;
    const { objectName = '' } = nightlyBackup(member, { dataset, source: 'files' }, endedAtMs);
    return {
      dataset,
      drill: 'archive',
      runId: `uji-${new Date(endedAtMs).toISOString().slice(0, 10)}`,
      outcome,
      ...(outcome === 'ok' ? {} : { reason: 'checksum-mismatch' }),
      startedAt: new Date(endedAtMs - 15 * 60_000).toISOString(),
      completedAt: new Date(endedAtMs).toISOString(),
      objectName,
      fileCount: 1240,
    };
  };
  return (places.department(member.agent.pd)?.datasets ?? []).flatMap(({ id, restoreTest }) => {
    if (restoreTest === 'passed') return [test(id, 4, 'ok')];
    if (restoreTest === 'overdue') return [test(id, 50, 'ok')];
    return restoreTest === 'failed' ? [test(id, 35, 'ok'), test(id, 0, 'failed')] : [];
  });
}
