import { userInfo } from 'node:os';
import { AppError, messageOf } from '../../../shared/errors.ts';
import { cleanReason } from '../../sensors/clean-text.ts';
import type { BackupClaim, Explanation } from '../backup-source.ts';

/** Why a backup tool could not answer: what is so, and exactly what to do. Neither text may hold a secret. */
export class ToolProblem extends AppError {
  readonly remedy: string;

  /** @param code stands in front of the reason in reports; the collector tells reasons apart by it. */
  constructor(code: string, message: string, remedy: string, cause?: unknown) {
    super(code, message, { cause });
    this.name = 'ToolProblem';
    this.remedy = remedy;
  }
}

/** Debian's names of the packages, where they differ from the program's. */
const packages: Readonly<Record<string, string>> = { borg: 'borgbackup' };

/** Turns whatever asking a tool has thrown into a problem with a remedy. */
export function toolProblemOf(error: unknown, program: string): ToolProblem {
  if (error instanceof ToolProblem) return error;
  const code = error instanceof AppError ? error.code : 'tool-failed';
  return new ToolProblem(code, messageOf(error).split('; ')[0] ?? code, remedyOf(code, program), error);
}

function remedyOf(code: string, program: string): string {
  switch (code) {
    case 'tool-missing':
      return `install the package ${packages[program] ?? program}, or correct PATH in the agent's service`;
    case 'tool-timeout':
      return 'look whether the storage of the repository answers';
    case 'tool-output-too-large':
      return "narrow what is looked at in the source's settings, or remove old backups";
    default:
      return `run ${program} by hand as the agent's user`;
  }
}

/** Could not look: the reason as it goes into the report, the code first. */
export function problemClaim({ code, message, remedy }: ToolProblem): BackupClaim {
  return { outcome: 'unknown', reason: cleanReason(`${code}: ${message}; ${remedy}`) };
}

export function problemExplanation({ message, remedy }: ToolProblem): Explanation {
  return { text: message, remedy };
}

/** Who the agent is, for remedies. */
export function ownUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.() ?? "the agent's user");
  }
}

/** What one does when the agent may not read the files of a repository. */
export function unreadableRepository(folder: string, cause?: unknown): ToolProblem {
  return new ToolProblem(
    'repository-unreadable',
    `the agent's user ${ownUserName()} may not read the repository ${folder}`,
    'run the agent by its own service file, which may read every file, or as the user who makes the backups',
    cause,
  );
}
