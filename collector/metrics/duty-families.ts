import { proofLevels, verdictStatuses } from '../../shared/states.ts';
import { type BackupStatus, backupStatuses } from '../obligations/backup-status.ts';
import type { Family, Sample } from './exposition.ts';
import type { FleetView, Labels } from './fleet-view.ts';

/** One scrape asks for the same list once for each family. */
const statusesOfView = new WeakMap<FleetView, BackupStatus[]>();

function statusesOf(view: FleetView): BackupStatus[] {
  const statuses = statusesOfView.get(view) ?? backupStatuses(view);
  statusesOfView.set(view, statuses);
  return statuses;
}

function backupFamily(
  name: string,
  help: string,
  read: (status: BackupStatus) => number | undefined,
): Family<FleetView> {
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
  return { name, type: 'gauge', help, samples };
}

const seconds = (atMs: number | undefined): number | undefined => (atMs === undefined ? undefined : atMs / 1000);

const obligationStatus: Family<FleetView> = {
  name: 'pantau_obligation_status',
  type: 'gauge',
  help: 'The verdict on a duty: 1 for the status that holds, 0 for the others.',
  *samples({ judging }) {
    for (const verdict of judging.verdicts()) {
      const judged = judging.caseOf(verdict);
      if (judged === undefined) continue;
      for (const status of verdictStatuses) {
        const labels: Labels = [
          ['pd', verdict.pd],
          ['obligation', verdict.obligation],
          ['subject', judged.part ?? ''],
          ['regulation', judged.regulation.id],
          ['pasal', judged.obligation.citation.pasal],
          ['status', status],
        ];
        yield { labels, value: verdict.status === status ? 1 : 0 };
      }
    }
  },
};

const incidentsOpen: Family<FleetView> = {
  name: 'pantau_incidents_open',
  type: 'gauge',
  help: 'Incidents that are open or acknowledged.',
  *samples({ config, judging }) {
    const counts = new Map<string, number>();
    for (const pd of config.perangkatDaerah) {
      for (const severity of ['critical', 'warning', 'info']) counts.set(`${pd.id} ${severity}`, 0);
    }
    for (const incident of judging.openIncidents()) {
      const key = `${incident.pd} ${incident.severity}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, value] of counts) {
      const [pd = '', severity = ''] = key.split(' ');
      yield {
        labels: [
          ['pd', pd],
          ['severity', severity],
        ],
        value,
      };
    }
  },
};

export const dutyFamilies: readonly Family<FleetView>[] = [
  backupFamily('pantau_backup_last_success_timestamp_seconds', 'When the last good backup was completed.', (status) =>
    seconds(status.lastSuccessAtMs),
  ),
  backupFamily(
    'pantau_backup_last_arrival_timestamp_seconds',
    'When the newest object of the dataset arrived in the Pusat Data.',
    (status) => seconds(status.lastArrivalAtMs),
  ),
  backupFamily('pantau_backup_last_restore_test_timestamp_seconds', 'When a restore test last passed.', (status) =>
    seconds(status.lastRestoreTestAtMs),
  ),
  backupFamily('pantau_backup_copies', 'Backups of the dataset in the Pusat Data.', (status) => status.copyCount),
  backupFamily('pantau_backup_next_due_timestamp_seconds', 'When the next backup is due, without grace.', (status) =>
    seconds(status.nextDueAtMs),
  ),
  backupFamily('pantau_backup_size_bytes', 'Size of the last good backup.', (status) => status.sizeBytes),
  backupFamily(
    'pantau_backup_proof_level',
    'How far the last backup is proven: 0 none, 1 claimed, 2 arrived, 3 intact, 4 restorable.',
    (status) => proofLevels.indexOf(status.proof),
  ),
  obligationStatus,
  incidentsOpen,
];
