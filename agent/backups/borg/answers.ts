import { cleanText } from '../../sensors/clean-text.ts';
import type { BackupClaim } from '../backup-source.ts';
import { countOf, type Fields, fieldsOf, hexIdOf, instantOf, listOf, parseJson, textOf } from '../tools/tool-output.ts';
import { ToolProblem } from '../tools/tool-problem.ts';
import { claimedCount, type Figures, newestClaims } from '../tools/watch-repository.ts';

export interface BorgArchives {
  claims: BackupClaim[];
  /** Who made the newest one, as it says itself. */
  newestHost: string | undefined;
  /** Names as borg has them, by id; what claims carry is cleaned and cut. */
  names: ReadonlyMap<string, string>;
}

/** The format only adds those fields to the JSON: without it, the list does not know when a backup ended. */
export const listArguments = ['list', '--json', `--last=${claimedCount}`, '--format={end}{hostname}'];

/**
 * Reads what `borg list --json` prints. Borg 1 writes its times without a zone, in that of the process: the agent runs
 * every tool in UTC.
 * @param emptyReason what the one claim says when there is no archive.
 * @throws ToolProblem `answer-not-understood`. Single archives that make no sense are left out while others do.
 */
export function parseArchives(stdout: string, emptyReason: string): BorgArchives {
  const answer = fieldsOf(parseJson(stdout));
  const rows = listOf(answer?.['archives']);
  const repositoryId = hexIdOf(fieldsOf(answer?.['repository'])?.['id']);
  if (rows === undefined || repositoryId === undefined) throw notUnderstood('is not a list of archives');
  const archives = rows.flatMap((row) => {
    const claim = claimOf(fieldsOf(row) ?? {}, repositoryId);
    const [name, host] = [textOf(fieldsOf(row)?.['name']), textOf(fieldsOf(row)?.['hostname'])];
    return claim === undefined ? [] : [{ claim, name, host }];
  });
  if (rows.length > 0 && archives.length === 0) throw notUnderstood('holds no archive with an id and a time');
  const claims = newestClaims(
    archives.map(({ claim }) => claim),
    emptyReason,
  );
  const host = archives.find(({ claim }) => claim === claims.at(-1))?.host;
  const names = archives.flatMap(({ claim, name }): [string, string][] =>
    claim.objectId === undefined || name === undefined ? [] : [[claim.objectId, name]],
  );
  return { claims, newestHost: host === undefined ? undefined : cleanText(host, 128), names: new Map(names) };
}

function claimOf(row: Fields, repositoryId: string): BackupClaim | undefined {
  const objectId = hexIdOf(row['id']);
  const startedAt = instantOf(row['start'] ?? row['time'], 'Z');
  if (objectId === undefined || startedAt === undefined) return undefined;
  const objectName = cleanText(textOf(row['name']) ?? objectId.slice(0, 8), 1024);
  return {
    outcome: 'ok',
    ...(objectName === undefined ? {} : { objectName }),
    objectId,
    repositoryId,
    startedAt,
    completedAt: instantOf(row['end'], 'Z') ?? startedAt,
  };
}

/**
 * Asks for type and size of each file of one archive. `borg info` would know the sum, but only after it has built an
 * index of all archives of the repository, in memory and in the agent's folder.
 */
export function itemsArguments(archiveName: string): string[] {
  // Braces are placeholders to borg, and doubled they are themselves.
  return ['list', '--format={type}{size}{NL}', `::${archiveName.replaceAll(/[{}]/g, '$&$&')}`];
}

/** Adds up what `itemsArguments` asked for. It can be millions of lines, so they are not taken apart all at once. */
export function parseItems(stdout: string): Figures {
  let sizeBytes = 0;
  let fileCount = 0;
  let endOfLine: number;
  for (let at = 0; at < stdout.length; at = endOfLine + 1) {
    endOfLine = stdout.indexOf('\n', at);
    if (endOfLine < 0) throw notUnderstood('ends in the middle of a line');
    const itemBytes = Number(stdout.slice(at + 1, endOfLine));
    if (!Number.isSafeInteger(itemBytes) || itemBytes < 0) throw notUnderstood('has a file without a size');
    sizeBytes += itemBytes;
    if (stdout[at] === '-') fileCount += 1;
  }
  if (!Number.isSafeInteger(sizeBytes)) throw notUnderstood('is larger than can be');
  return { sizeBytes, fileCount };
}

/** Reads what `borg info --json` prints of one archive. @throws ToolProblem when that is not the one that was meant. */
export function parseArchiveInfo(stdout: string, objectId: string): Figures {
  const archives = listOf(fieldsOf(parseJson(stdout))?.['archives']) ?? [];
  const archive = archives.map(fieldsOf).find((row) => row?.['id'] === objectId);
  const stats = fieldsOf(archive?.['stats']);
  const sizeBytes = countOf(stats?.['original_size']);
  const fileCount = countOf(stats?.['nfiles']);
  if (sizeBytes === undefined) throw notUnderstood('does not tell the size of the archive');
  return { sizeBytes, ...(fileCount === undefined ? {} : { fileCount }) };
}

function notUnderstood(problem: string): ToolProblem {
  return new ToolProblem(
    'answer-not-understood',
    `what borg answered ${problem}`,
    'run "borg list --json" by hand; borg 1.1 to 1.4 are understood',
  );
}
