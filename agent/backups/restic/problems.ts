import type { ResticAccess } from './access.ts';
import type { ToolResult } from '../tools/run-tool.ts';
import { fieldsOf, lastLineOf, parseJson, textOf } from '../tools/tool-output.ts';
import { ToolProblem } from '../tools/tool-problem.ts';

/**
 * What a run of restic that failed has to say. Since 0.17 the exit code tells (10 no repository, 11 locked, 12 wrong
 * password); before, it is 1 for everything and only the words tell.
 */
export function resticProblem({ exitCode, signal, stderr }: ToolResult, access: ResticAccess): ToolProblem {
  const { shownRepository: repository, passwordFile, mask } = access;
  const words = mask(stderr);
  if (exitCode === 12 || /wrong password or no key found/i.test(words)) {
    const where = passwordFile === undefined ? 'the password in source.environmentFile' : passwordFile;
    return new ToolProblem(
      'wrong-password',
      `restic does not open ${repository} with ${where}`,
      'write the password of this repository into it, or correct the settings',
    );
  }
  if (exitCode === 11 || /already locked/i.test(words)) {
    return new ToolProblem(
      'repository-locked',
      `${repository} is locked: ${lockHolder(words)}`,
      'wait for the backup to end; when none runs, run "restic unlock"',
    );
  }
  const known = causes.find(({ signs }) => signs.test(words));
  if (known !== undefined) return new ToolProblem(known.code, `${repository} ${known.text}`, known.remedy);
  if (exitCode === 10 || /Is there a repository at the following location|repository does not exist/i.test(words)) {
    return new ToolProblem(
      'no-repository',
      `there is no restic repository at ${repository}`,
      'make it with "restic init", or correct source.repository',
    );
  }
  const ended = exitCode === undefined ? `was ended by ${signal ?? 'a signal'}` : `ended with exit code ${exitCode}`;
  return new ToolProblem('restic-failed', `restic ${ended}: ${messageOf(words)}`, 'run "restic snapshots" by hand');
}

const causes = [
  {
    code: 'repository-unreadable',
    signs: /permission denied/i,
    text: 'may not be read by the agent',
    remedy: 'run the agent by its own service file, or as the user who makes the backups',
  },
  {
    code: 'access-denied',
    signs: /\b(401|403)\b|unauthorized|forbidden|access ?denied|signature ?does ?not ?match/i,
    text: 'refuses the credentials',
    remedy: 'correct the user and password or keys in source.environmentFile or source.repositoryFile',
  },
  {
    code: 'repository-unreachable',
    signs:
      /dial tcp|connection (refused|reset|closed|timed out)|no such host|no route to host|i\/o timeout|unable to start the sftp session|could not resolve|host key verification|ssh: /i,
    text: 'does not answer',
    remedy: 'check the network, the name, and that the agent may log in there without being asked',
  },
] as const;

/** Since 0.17 a JSON line on stderr, before that a line that begins with Fatal. */
function messageOf(stderr: string): string {
  const lines = stderr.split('\n');
  const json = lines.map((line) => fieldsOf(parseJson(line))).find((line) => line?.['message_type'] === 'exit_error');
  const told = textOf(json?.['message']) ?? lines.find((line) => line.startsWith('Fatal:')) ?? lastLineOf(stderr);
  return told.replace(/^Fatal: /, '').trim() || 'it gave no reason';
}

function lockHolder(words: string): string {
  const holder = /locked (?:exclusively )?by (PID \d+ on [^\n"\\]+)/.exec(words)?.[1] ?? 'by another program';
  const since = /lock was created at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/.exec(words)?.[1];
  return since === undefined ? holder : `${holder}, since ${since} UTC`;
}
