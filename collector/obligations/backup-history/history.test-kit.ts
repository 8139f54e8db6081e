import type { ArrivalRow, ClaimRow } from '../../store/rows.ts';
import type { HistoryRun } from './runs.ts';

/** Instants in WIB. */
export const wib = (text: string): number => Date.parse(`${text}+07:00`);
export const hourMs = 3_600_000;
export const record = (seq: number) => ({ agent: 'a'.repeat(16), session: 'session-0001', seq });

/** A backup that arrived, unless told otherwise. */
export function run(atMs: number, patch: Partial<HistoryRun> = {}): HistoryRun {
  return {
    outcome: 'ok',
    atMs,
    startedAtMs: undefined,
    completedAtMs: atMs,
    source: 'files',
    objectName: undefined,
    sizeBytes: 4096,
    exitCode: undefined,
    reason: undefined,
    lastLines: [],
    arrival: {
      atMs: atMs + 60_000,
      by: 'hash',
      vault: 'brankas',
      objectName: 'x.tar',
      missedAtMs: undefined,
      record: record(2),
    },
    mismatch: undefined,
    record: record(1),
    ...patch,
  };
}

export const unseen = { arrival: undefined } as const;

export function claimRow(atMs: number, patch: Partial<ClaimRow> = {}): ClaimRow {
  return {
    pd: 'dinkes',
    dataset: 'simpus',
    agentKey: 1,
    source: 'files',
    outcome: 'ok',
    reason: undefined,
    runId: undefined,
    objectName: `simpus-${new Date(atMs).toISOString()}.tar`,
    objectId: undefined,
    repositoryId: undefined,
    startedAtMs: undefined,
    completedAtMs: atMs,
    saidCompletedAtMs: atMs,
    sizeBytes: 4096,
    fileCount: undefined,
    sha256: undefined,
    exitCode: undefined,
    lastLines: [],
    observedAtMs: atMs + 60_000,
    record: record(1),
    ...patch,
  };
}

/** The object that such a claim speaks of, a minute later in the vault. */
export function arrivalRow(atMs: number, patch: Partial<ArrivalRow> = {}): ArrivalRow {
  return {
    vault: 'brankas',
    pd: 'dinkes',
    dataset: 'simpus',
    agentKey: 2,
    kind: 'file',
    objectName: `simpus-${new Date(atMs).toISOString()}.tar`,
    objectId: undefined,
    repositoryId: undefined,
    modifiedAtMs: atMs,
    arrivedAtMs: atMs + 60_000,
    sizeBytes: 4096,
    sha256: undefined,
    verifiedAtMs: undefined,
    state: 'present',
    reason: undefined,
    observedAtMs: atMs + 120_000,
    record: record(2),
    ...patch,
  };
}

/** A bare word of a wrapper or a ping. */
export const bare = { source: 'command', objectName: undefined, sizeBytes: undefined } as const;
