import { createMask } from '../../../shared/mask-secrets.ts';
import { cleanReason, cleanText } from '../../sensors/clean-text.ts';
import type { BackupClaim } from '../backup-source.ts';
import { countOf, type Fields, fieldsOf, instantOfSeconds, listOf, parseJson, textOf } from '../tools/tool-output.ts';
import { ToolProblem } from '../tools/tool-problem.ts';
import { newestClaims } from '../tools/watch-repository.ts';

export interface StanzaAnswer {
  claims: BackupClaim[];
  backupCount: number;
  /** The last write-ahead log segment that arrived; advancing means that changes still reach the repository. */
  newestWal: string | undefined;
  /** Since a backup is running now. */
  isRunning: boolean;
}

/** Status codes of `info` at which the backups that are listed stand all the same, but not in every repository. */
const partialCodes: Readonly<Record<number, string>> = {
  4: 'repositories-differ',
  5: 'databases-differ',
};
const noBackups = 2;
const mask = createMask();

/**
 * Reads what `pgbackrest --output=json info` prints. Its `ok` says that there is a backup, not that it is recent.
 * @throws ToolProblem for what the status says, or `answer-not-understood`.
 */
export function parseInfo(stdout: string, stanza: string): StanzaAnswer {
  const answer = (listOf(parseJson(stdout)) ?? []).map(fieldsOf).find((row) => row?.['name'] === stanza);
  const status = fieldsOf(answer?.['status']);
  const code = countOf(status?.['code']);
  if (answer === undefined || status === undefined || code === undefined) {
    throw notUnderstood(`has no stanza "${stanza}"`);
  }
  const partial = partialCodes[code];
  if (code !== 0 && code !== noBackups && partial === undefined) throw statusProblem(answer, stanza);
  const backups = backupsOf(answer);
  if (partial !== undefined && backups.length === 0) throw statusProblem(answer, stanza);
  const claims = newestClaims(backups, 'repository-empty');
  return {
    claims: partial === undefined ? claims : [...claims.slice(0, -1), ...claims.slice(-1).map(partly(partial, answer))],
    backupCount: backups.length,
    newestWal: newestWalOf(answer),
    isRunning: fieldsOf(fieldsOf(status['lock'])?.['backup'])?.['held'] === true,
  };
}

function backupsOf(answer: Fields): BackupClaim[] {
  const rows = listOf(answer['backup']) ?? [];
  const backups = rows.flatMap((row) => claimOf(fieldsOf(row) ?? {}) ?? []);
  if (rows.length > 0 && backups.length === 0) throw notUnderstood('holds no backup with a label and a time');
  return backups;
}

function claimOf(row: Fields): BackupClaim | undefined {
  const label = textOf(row['label']);
  const timestamp = fieldsOf(row['timestamp']);
  const startedAt = instantOfSeconds(timestamp?.['start']);
  const completedAt = instantOfSeconds(timestamp?.['stop']);
  if (label === undefined || !/^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/.test(label) || completedAt === undefined) {
    return undefined;
  }
  const sizeBytes = countOf(fieldsOf(row['info'])?.['size']);
  const objectName = cleanText(`${label} ${textOf(row['type']) ?? ''}`.trim(), 1024);
  return {
    ...(row['error'] === true
      ? { outcome: 'warning', reason: 'page-checksum-errors: pages of the database were damaged when it was backed up' }
      : { outcome: 'ok' }),
    ...(objectName === undefined ? {} : { objectName }),
    objectId: label,
    ...(startedAt === undefined ? {} : { startedAt }),
    completedAt,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  };
}

/** What holds of the present, the newest backup says: there is one, but not everywhere. */
function partly(code: string, answer: Fields): (claim: BackupClaim) => BackupClaim {
  const reason = cleanReason([`${code}: ${statusText(answer)}`, ...repositoryProblems(answer)].join('; '));
  return (claim) => (claim.outcome === 'ok' ? { ...claim, outcome: 'warning', reason } : claim);
}

interface RepositoryStatus {
  key: number | undefined;
  code: number | undefined;
  /** First line only: what follows are hints for the one who set pgBackRest up. */
  message: string;
}

/** The repositories that are not in order; one without backups is. */
function statusesOf(answer: Fields): RepositoryStatus[] {
  return (listOf(answer['repo']) ?? []).flatMap((row) => {
    const repo = fieldsOf(row);
    const status = fieldsOf(repo?.['status']);
    const code = countOf(status?.['code']);
    const message = textOf(status?.['message'])?.split('\n')[0] ?? 'no reason is given';
    return code === 0 || code === noBackups ? [] : [{ key: countOf(repo?.['key']), code, message: mask(message) }];
  });
}

function repositoryProblems(answer: Fields): string[] {
  return statusesOf(answer).map(({ key, message }) => `repository ${key ?? '?'}: ${message}`);
}

function newestWalOf(answer: Fields): string | undefined {
  const archives = (listOf(answer['archive']) ?? []).map(fieldsOf);
  return textOf(archives.at(-1)?.['max'])?.slice(0, 64);
}

function statusText(answer: Fields): string {
  return textOf(fieldsOf(answer['status'])?.['message']) ?? 'no reason is given';
}

function statusProblem(answer: Fields, stanza: string): ToolProblem {
  const [first] = statusesOf(answer);
  const message = first?.message ?? statusText(answer);
  if (first?.code === 1 || first?.code === 3) {
    return new ToolProblem(
      'no-repository',
      `pgBackRest has no stanza "${stanza}" in repository ${first.key ?? '?'}: ${message}`,
      'run "pgbackrest stanza-create", or correct source.stanza and source.configFile',
    );
  }
  const known = causes.find(({ signs }) => signs.test(message));
  return new ToolProblem(
    known?.code ?? 'repository-unreadable',
    `pgBackRest cannot read stanza "${stanza}": ${message}`,
    known?.remedy ?? 'run "pgbackrest info" by hand as the user of the agent',
  );
}

/** What stands in brackets before the message is pgBackRest's own name of the failure. */
const causes = [
  {
    code: 'repository-unreadable',
    signs: /permission denied/i,
    remedy: 'run the agent by its own service file, which may read every file, or add its user to the group postgres',
  },
  {
    code: 'wrong-password',
    signs: /^\[CryptoError\]/,
    remedy: 'correct the cipher type and pass of the repository in pgbackrest.conf',
  },
  {
    code: 'repository-damaged',
    signs: /^\[(Format|Checksum|FileInvalid)Error\]/,
    remedy: 'run "pgbackrest verify" and look after the disk',
  },
  {
    code: 'repository-unreachable',
    signs:
      /terminated unexpectedly|unable to (get address|connect)|connection refused|timed? ?out|^\[HostConnectError\]/i,
    remedy: 'check the network, and that the agent may log in there without being asked',
  },
] as const;

function notUnderstood(problem: string): ToolProblem {
  return new ToolProblem(
    'answer-not-understood',
    `what pgBackRest answered ${problem}`,
    'run "pgbackrest --output=json info" by hand; version 2.30 and newer are understood',
  );
}
