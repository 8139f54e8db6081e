import type { BackupView, DatasetSubjectFacts, VaultView } from '../../rule.ts';

/** Instants in WIB, the zone of the schedule. */
export const wib = (text: string): number => Date.parse(`${text}+07:00`);
export const record = (seq: number) => ({ agent: 'a'.repeat(16), session: 'session-0001', seq });

export const dataset: NonNullable<DatasetSubjectFacts['dataset']> = {
  id: 'simpus',
  schedule: { cron: '0 1 * * *', timezone: 'Asia/Jakarta', graceSeconds: 6 * 3600 },
  scheduleAdopted: false,
  minSizeBytes: 1,
  demandedProof: 'arrived',
  maxRunSeconds: 4 * 3600,
  keepCopies: undefined,
  restoreTestEverySeconds: undefined,
  isClaimless: false,
};

/** A backup that arrived, unless told otherwise. */
export function backup(at: string, patch: Partial<BackupView> & { seq?: number } = {}): BackupView {
  const { seq = 1, ...rest } = patch;
  const completedAtMs = wib(at);
  return {
    outcome: 'ok',
    source: 'files',
    completedAtMs,
    startedAtMs: undefined,
    sizeBytes: 4096,
    objectName: 'simpus.tar',
    exitCode: undefined,
    reason: undefined,
    proof: 'arrived',
    arrival: {
      atMs: completedAtMs + 60_000,
      by: 'hash',
      vault: 'brankas',
      objectName: 'simpus.tar',
      missedAtMs: undefined,
      record: record(seq + 100),
    },
    mismatch: undefined,
    record: record(seq),
    ...rest,
  };
}

/** One that is only claimed. */
export const claimed = { proof: 'claimed', arrival: undefined } as const;

export const read: VaultView = {
  state: 'read',
  copyCount: 3,
  wholeUntilMs: undefined,
  coverSeconds: 30 * 86_400,
  damaged: undefined,
  newest: { arrivedAtMs: -1e14, modifiedAtMs: -1e14, objectName: 'simpus.tar', record: record(200) },
};
export const notRead: VaultView = {
  state: 'none',
  copyCount: undefined,
  wholeUntilMs: undefined,
  coverSeconds: undefined,
  damaged: undefined,
  newest: undefined,
};

export function datasetFacts(patch: Partial<DatasetSubjectFacts> = {}): DatasetSubjectFacts {
  return {
    dataset,
    knownSinceMs: wib('2026-11-20T12:00'),
    backups: [],
    unclaimed: undefined,
    goneCountsAtMs: undefined,
    lastFailure: undefined,
    running: undefined,
    lastLook: undefined,
    watched: true,
    awaited: false,
    clockErrorSeconds: 0,
    pusatData: read,
    drc: notRead,
    drcDistanceKilometres: undefined,
    restoreTests: [],
    ...patch,
  };
}
