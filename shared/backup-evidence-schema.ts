import Type from 'typebox';
import { Bytes, Count, Instant, Name, Seconds, Sha256, strict, Text } from './wire-types.ts';

/**
 * What a report says of backups. A department's agent makes claims (`backups`) and runs restore tests; an agent with
 * the role `vault` tells what a reader in the Pusat Data or the DRC sees (`arrivals`, `holdings`, `vaultScans`). Only
 * facts about backups travel, never their content.
 */

/** Names a run or a test for ever: a claim that is said again is the same claim. */
const RunId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$' });

/**
 * - `ok`: the job says it succeeded, or an object is there. `warning`: it succeeded in part (restic 3, borg 1).
 * - `failed`: the job says it failed. `running`: it has begun and not yet ended.
 * - `no-data`: looked and found nothing. `unknown`: could not look.
 */
export const claimOutcomes = ['ok', 'warning', 'failed', 'running', 'no-data', 'unknown'] as const;
export type ClaimOutcome = (typeof claimOutcomes)[number];

export const Backup = Type.Object(
  {
    dataset: Name,
    source: Name,
    outcome: Type.Unsafe<ClaimOutcome>(Type.Union(claimOutcomes.map((outcome) => Type.Literal(outcome)))),
    reason: Type.Optional(Text(256)),
    runId: Type.Optional(RunId),
    /** The object that the claim is about: a file's name, a snapshot's or archive's name. */
    objectName: Type.Optional(Text(1024)),
    /** What the tool itself calls it for ever: the full snapshot id (restic), archive id (borg), label (pgBackRest). */
    objectId: Type.Optional(Text(128)),
    /** The tool's own id of the repository, which is the same from whichever side one looks. */
    repositoryId: Type.Optional(Text(128)),
    startedAt: Type.Optional(Instant),
    completedAt: Type.Optional(Instant),
    sizeBytes: Type.Optional(Bytes),
    fileCount: Type.Optional(Count),
    sha256: Type.Optional(Sha256),
    exitCode: Type.Optional(Type.Integer({ minimum: 0, maximum: 255 })),
    /** The last lines that a job wrote, with what looks like a secret taken out; when it did not end well only. */
    lastLines: Type.Optional(Type.Array(Text(200), { maxItems: 5 })),
  },
  strict,
);

export const RestoreTest = Type.Object(
  {
    dataset: Name,
    /** The kind of drill that was run. */
    drill: Name,
    runId: RunId,
    outcome: Type.Union([Type.Literal('ok'), Type.Literal('failed')]),
    reason: Type.Optional(Text(256)),
    startedAt: Instant,
    completedAt: Instant,
    objectName: Type.Optional(Text(1024)),
    objectId: Type.Optional(Text(128)),
    /** What came back. */
    fileCount: Type.Optional(Count),
    sizeBytes: Type.Optional(Bytes),
    /** What was compared, one sentence each. */
    checks: Type.Optional(Type.Array(Text(200), { maxItems: 16 })),
  },
  strict,
);

/** One object in a vault that belongs to a dataset. */
export const Arrival = Type.Object(
  {
    vault: Name,
    pd: Name,
    dataset: Name,
    /** A plain file, a restic snapshot, or the last commit of a borg repository. */
    kind: Type.Union([Type.Literal('file'), Type.Literal('restic'), Type.Literal('borg')]),
    /** Below the dataset's folder; together with `modifiedAt` it names the object for ever. */
    objectName: Text(1024),
    objectId: Type.Optional(Text(128)),
    repositoryId: Type.Optional(Text(128)),
    /** The file's own time of change. */
    modifiedAt: Instant,
    /** When it came to be in the vault: the time of its inode, or when it was first seen if that is earlier. */
    arrivedAt: Instant,
    sizeBytes: Type.Optional(Bytes),
    /** Worked out from the bytes in the vault. */
    sha256: Type.Optional(Sha256),
    /** When its bytes were read again after the first time and still matched. */
    verifiedAt: Type.Optional(Instant),
    state: Type.Union([Type.Literal('present'), Type.Literal('damaged'), Type.Literal('gone')]),
    reason: Type.Optional(Text(256)),
  },
  strict,
);

/** What a vault holds of one dataset, as the last scan saw it. */
export const Holding = Type.Object(
  {
    vault: Name,
    pd: Name,
    dataset: Name,
    kind: Type.Union([
      Type.Literal('files'),
      Type.Literal('restic'),
      Type.Literal('borg'),
      /** There is no folder, or nothing in it. */
      Type.Literal('empty'),
      Type.Literal('unreadable'),
    ]),
    reason: Type.Optional(Text(256)),
    repositoryId: Type.Optional(Text(128)),
    /** Backups that are there: files, snapshots; for borg not known without the key, and absent. */
    copyCount: Type.Optional(Count),
    fileCount: Count,
    sizeBytes: Bytes,
    newestAt: Type.Optional(Instant),
    /** How much of it was read again and found whole. */
    integrity: Type.Optional(
      Type.Object(
        {
          /** Files whose bytes were read at least once, of `totalCount`. */
          checkedCount: Count,
          totalCount: Count,
          damagedCount: Count,
          damaged: Type.Array(Text(512), { maxItems: 16 }),
          /** The oldest of the last checks; everything was read since then. Absent until each file was read once. */
          coveredSince: Type.Optional(Instant),
        },
        strict,
      ),
    ),
  },
  strict,
);

export const VaultScan = Type.Object(
  {
    vault: Name,
    location: Type.Union([Type.Literal('pusat-data'), Type.Literal('drc')]),
    scannedAt: Instant,
    durationSeconds: Seconds,
    outcome: Type.Union([Type.Literal('ok'), Type.Literal('failed')]),
    reason: Type.Optional(Text(256)),
    entryCount: Count,
    /** Entries that belong to no dataset: listed, never guessed. */
    unownedCount: Count,
    unowned: Type.Array(Text(512), { maxItems: 64 }),
    /** What could not be read or was passed over: links that lead out, pipes, folders without permission. */
    problemCount: Count,
    problems: Type.Array(Type.Object({ path: Text(512), reason: Text(128) }, strict), { maxItems: 64 }),
  },
  strict,
);

export type ReportBackup = Type.Static<typeof Backup>;
export type ReportRestoreTest = Type.Static<typeof RestoreTest>;
export type ReportArrival = Type.Static<typeof Arrival>;
export type ReportHolding = Type.Static<typeof Holding>;
export type ReportVaultScan = Type.Static<typeof VaultScan>;
