import Type from 'typebox';
import { backupStatuses } from '../../obligations/backup-status.ts';
import { instant, type Resource } from '../resource.ts';
import { Amount, Instant, OptionalText } from './fields.ts';
import { reasonOf } from './obligations.ts';

const row = Type.Object({
  pd: Type.String(),
  dataset: Type.String(),
  proof: Type.String({ description: 'none, claimed, arrived, intact or restorable' }),
  lastClaimAt: Instant,
  lastArrivalAt: Instant,
  lastSuccessAt: Instant,
  lastRestoreTestAt: Instant,
  copyCount: Amount,
  nextDueAt: Instant,
  sizeBytes: Amount,
  status: Type.String(),
  reason: OptionalText,
});

export const backupsResource: Resource<typeof row> = {
  name: 'backups',
  summary: 'Datasets with their last good backup and how far it is proven',
  row,
  rows: (view) =>
    backupStatuses(view).map((status) => ({
      pd: status.pd,
      dataset: status.dataset,
      proof: status.proof,
      lastClaimAt: instant(view, status.lastClaimAtMs),
      lastArrivalAt: instant(view, status.lastArrivalAtMs),
      lastSuccessAt: instant(view, status.lastSuccessAtMs),
      lastRestoreTestAt: instant(view, status.lastRestoreTestAtMs),
      copyCount: status.copyCount ?? null,
      nextDueAt: instant(view, status.nextDueAtMs),
      sizeBytes: status.sizeBytes ?? null,
      status: status.status,
      reason: status.verdict === undefined ? null : reasonOf(view, status.verdict),
    })),
};
