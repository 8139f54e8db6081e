import { proofLevels } from '../../shared/states.ts';
import { type BackupStatus, eachBackupStatus } from '../obligations/backup-status.ts';
import type { FleetFamily, Sample } from './family.ts';
import type { FleetView, Labels } from './fleet-view.ts';

interface Statuses {
  known: BackupStatus[];
  rest: Iterator<BackupStatus>;
}

const statusesOfView = new WeakMap<FleetView, Statuses>();

/** One scrape asks for the same list once for each family: the first works it out, one by one, for all that follow. */
function* statusesOf(view: FleetView): Generator<BackupStatus> {
  const statuses = statusesOfView.get(view) ?? { known: [], rest: eachBackupStatus(view) };
  statusesOfView.set(view, statuses);
  for (let place = 0; ; place += 1) {
    if (place === statuses.known.length) {
      const next = statuses.rest.next();
      if (next.done === true) return;
      statuses.known.push(next.value);
    }
    yield statuses.known[place] as BackupStatus;
  }
}

function backupFamily(name: string, help: string, read: (status: BackupStatus) => number | undefined): FleetFamily {
  function* samples(view: FleetView): Generator<Sample> {
    for (const status of statusesOf(view)) {
      const labels: Labels = [
        ['pd', status.pd],
        ['dataset', status.dataset],
      ];
      const value = read(status);
      if (value !== undefined) yield { labels, value };
    }
  }
  return { of: 'fleet', group: 'backup', name, type: 'gauge', labels: ['pd', 'dataset'], help, samples };
}

const seconds = (atMs: number | undefined): number | undefined => (atMs === undefined ? undefined : atMs / 1000);
const whether = (is: boolean | undefined): number | undefined => (is === undefined ? undefined : Number(is));

export const backupFamilies: readonly FleetFamily[] = [
  // Every dataset has one. Between two samples others have their turn, and the first family works out all statuses.
  backupFamily(
    'pantau_backup_grace_seconds',
    'How long after its due time a backup may still come.',
    (status) => status.graceSeconds,
  ),
  backupFamily(
    'pantau_backup_last_claim_timestamp_seconds',
    'When the newest backup was completed by the word of the department, in seconds since the epoch.',
    (status) => seconds(status.lastClaimAtMs),
  ),
  backupFamily(
    'pantau_backup_last_success_timestamp_seconds',
    'When the last good backup was completed, in seconds since the epoch.',
    (status) => seconds(status.lastSuccessAtMs),
  ),
  backupFamily(
    'pantau_backup_last_arrival_timestamp_seconds',
    'When the newest object of the dataset arrived in the Pusat Data, in seconds since the epoch.',
    (status) => seconds(status.lastArrivalAtMs),
  ),
  backupFamily(
    'pantau_backup_last_restore_test_timestamp_seconds',
    'When a restore test last passed, in seconds since the epoch.',
    (status) => seconds(status.lastRestoreTestAtMs),
  ),
  backupFamily(
    'pantau_backup_last_run_success',
    'What the newest run said of itself: 1 it made a backup, perhaps with warnings, 0 it failed.',
    (status) => whether(status.lastRunSucceeded),
  ),
  backupFamily('pantau_backup_copies', 'Backups of the dataset in the Pusat Data.', (status) => status.copyCount),
  backupFamily(
    'pantau_backup_next_due_timestamp_seconds',
    'When the next backup is due, without grace, in seconds since the epoch.',
    (status) => seconds(status.nextDueAtMs),
  ),
  backupFamily(
    'pantau_backup_overdue',
    'Whether due time and grace are over without a good backup, also where a waiver excuses it: 1 yes, 0 no, NaN when it is not known.',
    (status) => whether(status.isOverdue) ?? Number.NaN,
  ),
  backupFamily('pantau_backup_size_bytes', 'Size of the last good backup.', (status) => status.sizeBytes),
  backupFamily(
    'pantau_backup_proof_level',
    'How far the last backup is proven: 0 none, 1 claimed, 2 arrived, 3 intact, 4 restorable.',
    (status) => proofLevels.indexOf(status.proof),
  ),
  backupFamily(
    'pantau_backup_demanded_proof_level',
    'How far a backup must be proven: 1 claimed, 2 arrived, 3 intact, 4 restorable.',
    (status) => proofLevels.indexOf(status.demandedProof),
  ),
  backupFamily(
    'pantau_backup_restore_test_period_seconds',
    'How often a restore test is demanded, where the Pemda has set it.',
    (status) => status.restoreTestEverySeconds,
  ),
];
