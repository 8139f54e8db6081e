import type { BorgAccess } from './access.ts';
import type { ToolResult } from '../tools/run-tool.ts';
import { type Fields, fieldsOf, lastLineOf, parseJson, textOf } from '../tools/tool-output.ts';
import { ToolProblem } from '../tools/tool-problem.ts';

interface Cause {
  code: string;
  /** Borg's own names of the failure (`msgid`). They tell more than its exit code, which is 2 for nearly everything. */
  msgids: readonly string[];
  text(access: BorgAccess): string;
  remedy: string;
}

/** Source: "Message IDs" in the chapter on frontends of borg's documentation, and borg 1.2 itself. */
const causes: readonly Cause[] = [
  {
    code: 'wrong-password',
    msgids: ['PassphraseWrong', 'PasscommandFailure', 'NoPassphraseFailure', 'PasswordRetriesExceeded'],
    text: ({ shownRepository, passphraseFile }) =>
      `borg does not open ${shownRepository} with ${passphraseFile ?? 'the passphrase that it is given'}`,
    remedy: 'write the passphrase of this repository into source.passphraseFile',
  },
  {
    code: 'repository-locked',
    msgids: ['LockTimeout', 'LockError', 'LockErrorT', 'LockFailed'],
    text: ({ shownRepository }) => `${shownRepository} is locked`,
    remedy: 'wait for the backup to end; when none runs, run "borg break-lock"',
  },
  {
    code: 'no-repository',
    msgids: [
      'Repository.DoesNotExist',
      'Repository.InvalidRepository',
      'Repository.InvalidRepositoryConfig',
      'Repository.ParentPathDoesNotExist',
      'PathNotAllowed',
    ],
    text: ({ shownRepository }) => `there is no borg repository at ${shownRepository}`,
    remedy: 'make it with "borg init", or correct source.repository',
  },
  {
    code: 'key-missing',
    msgids: ['KeyfileNotFoundError', 'RepoKeyNotFoundError', 'KeyfileInvalidError', 'KeyfileMismatchError'],
    text: ({ shownRepository }) => `borg finds no key for ${shownRepository}`,
    remedy: 'set BORG_KEY_FILE in source.environmentFile to the key of this repository',
  },
  {
    code: 'repository-unreachable',
    msgids: ['ConnectionClosed', 'ConnectionClosedWithHint', 'UnexpectedRPCDataFormatFromServer'],
    text: ({ shownRepository }) => `the machine of ${shownRepository} does not answer with borg`,
    remedy: 'check the network, that borg is installed there, and that the agent may log in without being asked',
  },
  {
    code: 'repository-replaced',
    msgids: ['Cache.RepositoryReplay', 'Cache.RepositoryIDNotUnique', 'Cache.EncryptionMethodMismatch'],
    text: ({ shownRepository }) => `${shownRepository} is older than what the agent has seen of it`,
    remedy: 'when it was restored on purpose, remove the folder "borg" in the data folder of the agent',
  },
  {
    code: 'repository-damaged',
    msgids: ['Repository.CheckNeeded', 'IntegrityError', 'FileIntegrityError', 'Repository.ObjectNotFound'],
    text: ({ shownRepository }) => `borg finds ${shownRepository} damaged`,
    remedy: 'run "borg check" and look after the disk',
  },
];

/** What a run of borg that failed has to say; borg was told to log in JSON. */
export function borgProblem({ exitCode = -1, signal, stderr }: ToolResult, access: BorgAccess): ToolProblem {
  const errors = stderr
    .split('\n')
    // A question that nobody answered may stand before it.
    .map((line) => fieldsOf(parseJson(line.slice(Math.max(0, line.indexOf('{'))))))
    .filter((line): line is Fields => line?.['levelname'] === 'ERROR');
  const msgid = textOf(errors.find((line) => textOf(line['msgid']) !== undefined)?.['msgid']);
  const cause = causes.find(({ msgids }) => msgid !== undefined && msgids.includes(msgid));
  if (cause !== undefined) return new ToolProblem(cause.code, cause.text(access), cause.remedy);
  const ended = exitCode < 0 ? `was ended by ${signal ?? 'a signal'}` : `ended with exit code ${exitCode}`;
  const words = access.mask(wordsOf(errors, stderr));
  return new ToolProblem('borg-failed', `borg ${ended}: ${words}`, 'run "borg list" by hand as the user of the agent');
}

/** The words of the first error; of a stack trace its last line, which says what happened. */
function wordsOf(errors: readonly Fields[], stderr: string): string {
  const messages = errors.flatMap((line) => textOf(line['message']) ?? []);
  const trace = messages.find((message) => message.startsWith('Traceback'));
  if (trace !== undefined) return lastLineOf(trace.split(/\n\s*\n/)[0] ?? trace);
  return messages[0]?.split('\n')[0] ?? (lastLineOf(stderr) || 'it gave no reason');
}
