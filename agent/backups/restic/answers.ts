import { cleanText } from '../../sensors/clean-text.ts';
import type { BackupClaim } from '../backup-source.ts';
import { countOf, type Fields, fieldsOf, hexIdOf, instantOf, listOf, parseJson, textOf } from '../tools/tool-output.ts';
import { ToolProblem } from '../tools/tool-problem.ts';
import { claimedCount, type Figures, newestClaims } from '../tools/watch-repository.ts';

export interface ResticSnapshots {
  claims: BackupClaim[];
  /** Who made the newest one, as it says itself. */
  newestHost: string | undefined;
}

/** Newest first is not promised by restic, and with this more than enough come from each host and set of paths. */
export const snapshotsArguments = ['snapshots', '--json', `--latest=${claimedCount}`];

/**
 * Reads what `restic snapshots --json` prints.
 * @param emptyReason what the one claim says when there is no snapshot.
 * @throws ToolProblem `answer-not-understood`. Single snapshots that make no sense are left out while others do.
 */
export function parseSnapshots(stdout: string, emptyReason: string): ResticSnapshots {
  const rows = listOf(parseJson(stdout));
  if (rows === undefined) throw notUnderstood('is not a list of snapshots');
  const snapshots = rows.flatMap((row) => {
    const claim = claimOf(fieldsOf(row) ?? {});
    return claim === undefined ? [] : [{ claim, host: textOf(fieldsOf(row)?.['hostname']) }];
  });
  if (rows.length > 0 && snapshots.length === 0) throw notUnderstood('holds no snapshot with an id and a time');
  const claims = newestClaims(
    snapshots.map(({ claim }) => claim),
    emptyReason,
  );
  const host = snapshots.find(({ claim }) => claim === claims.at(-1))?.host;
  return { claims, newestHost: host === undefined ? undefined : cleanText(host, 128) };
}

function claimOf(row: Fields): BackupClaim | undefined {
  const objectId = hexIdOf(row['id']);
  const startedAt = instantOf(row['time']);
  if (objectId === undefined || startedAt === undefined) return undefined;
  const paths = (listOf(row['paths']) ?? []).filter((path) => typeof path === 'string');
  const objectName = cleanText([objectId.slice(0, 8), ...paths].join(' '), 1024);
  const summary = fieldsOf(row['summary']) ?? {};
  const sizeBytes = countOf(summary['total_bytes_processed']);
  const fileCount = countOf(summary['total_files_processed']);
  return {
    outcome: 'ok',
    ...(objectName === undefined ? {} : { objectName }),
    objectId,
    startedAt,
    // Before 0.17 restic keeps no summary, and its time is the START of the backup: the backup is then told older than
    // it is, by the time that it took. The end could only be guessed, and a guess must not make a backup fresher.
    completedAt: instantOf(summary['backup_end']) ?? startedAt,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(fileCount === undefined ? {} : { fileCount }),
  };
}

/** The size of one snapshot when it is restored. Its count of files is left alone: it counts the folders as well. */
export function parseStats(stdout: string): Figures {
  const sizeBytes = countOf(fieldsOf(parseJson(stdout))?.['total_size']);
  if (sizeBytes === undefined) throw notUnderstood('has no total_size');
  return { sizeBytes };
}

/** The id in `restic cat config`, the same from whichever side one looks. */
export function parseRepositoryId(stdout: string): string {
  const id = hexIdOf(fieldsOf(parseJson(stdout))?.['id']);
  if (id === undefined) throw notUnderstood('has no id of the repository');
  return id;
}

function notUnderstood(problem: string): ToolProblem {
  return new ToolProblem(
    'answer-not-understood',
    `what restic answered ${problem}`,
    'run "restic snapshots --json" by hand; restic 0.14 and newer are understood',
  );
}
