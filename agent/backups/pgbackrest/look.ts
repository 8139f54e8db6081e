import { createMask } from '../../../shared/mask-secrets.ts';
import { cleanText } from '../../sensors/clean-text.ts';
import type { BackupClaim, BackupDeps, Explanation } from '../backup-source.ts';
import { parseInfo } from './answers.ts';
import type { PgbackrestConfig } from './settings.ts';
import { readTrustedFile } from '../tools/private-files.ts';
import type { RunTool, ToolResult } from '../tools/run-tool.ts';
import { lastLineOf } from '../tools/tool-output.ts';
import { ownUserName, problemExplanation, ToolProblem } from '../tools/tool-problem.ts';
import { type RepositoryState, watchRepository } from '../tools/watch-repository.ts';

const lookWithinMs = 60_000;

export async function look(config: PgbackrestConfig, deps: BackupDeps): Promise<BackupClaim[]> {
  return (await watch(config, deps)).claims;
}

async function watch(config: PgbackrestConfig, deps: BackupDeps): Promise<RepositoryState> {
  return watchRepository(deps, {
    program: 'pgbackrest',
    lookEverySeconds: config.lookEverySeconds,
    async look() {
      const { stdout } = await askPgbackrest(config, deps.run);
      const { claims, ...rest } = parseInfo(stdout, config.stanza);
      deps.memory.set('stanza', describe(config, rest, claims.at(-1)));
      return claims;
    },
  });
}

/** @throws ToolProblem when it does not succeed. */
async function askPgbackrest({ stanza, configFile, repo }: PgbackrestConfig, run: RunTool): Promise<ToolResult> {
  // It can name programs that are run, so it must not be just anybody's.
  if (configFile !== undefined) await readTrustedFile(configFile, 'source.configFile');
  const args = [
    'info',
    '--output=json',
    `--stanza=${stanza}`,
    ...(configFile === undefined ? [] : [`--config=${configFile}`]),
    ...(repo === undefined ? [] : [`--repo=${repo}`]),
    // Its log belongs to the backup job; what goes wrong is wanted on stderr and nowhere else.
    '--log-level-console=off',
    '--log-level-file=off',
    '--log-level-stderr=error',
  ];
  const result = await run({ program: 'pgbackrest', args, workingFolder: '/', timeoutMs: lookWithinMs });
  if (result.exitCode === 0) return result;
  throw problemOf(result, configFile ?? '/etc/pgbackrest.conf');
}

/** Source: the error codes in pgBackRest's own error list (src/build/error/error.yaml). */
function problemOf({ exitCode, signal, stderr }: ToolResult, configFile: string): ToolProblem {
  const words = createMask()(wordsOf(stderr));
  switch (exitCode) {
    case 41:
    case 42:
      return new ToolProblem(
        'repository-unreadable',
        `the agent's user ${ownUserName()} may not read what pgBackRest needs: ${words}`,
        'run the agent by its own service file, which may read every file, or add its user to the group postgres',
      );
    case 55:
      return new ToolProblem('config-missing', `pgBackRest misses a file: ${words}`, `write or correct ${configFile}`);
    case 95:
      return new ToolProblem(
        'wrong-password',
        `pgBackRest cannot decrypt its repository: ${words}`,
        `correct repo1-cipher-pass in ${configFile}`,
      );
    default: {
      const ended =
        exitCode === undefined ? `was ended by ${signal ?? 'a signal'}` : `ended with exit code ${exitCode}`;
      return new ToolProblem('pgbackrest-failed', `pgBackRest ${ended}: ${words}`, `look into ${configFile}`);
    }
  }
}

function wordsOf(stderr: string): string {
  const line = stderr.split('\n').find((text) => /ERROR: \[\d+\]/.test(text)) ?? lastLineOf(stderr);
  return line.replace(/^.*ERROR: \[\d+\]: /, '').trim() || 'it gave no reason';
}

function describe(
  { stanza, repo }: PgbackrestConfig,
  { backupCount, newestWal, isRunning }: Omit<ReturnType<typeof parseInfo>, 'claims'>,
  newest: BackupClaim | undefined,
): string[] {
  const where = `stanza "${stanza}"${repo === undefined ? '' : ` in repository ${repo}`}`;
  const found =
    newest?.completedAt === undefined
      ? `${where} holds no backup yet.`
      : `${where} holds ${backupCount} backups, the newest ${newest.objectName ?? '?'} of ${newest.completedAt}.`;
  const wal =
    newestWal === undefined ? 'no write-ahead log has arrived.' : `write-ahead log has arrived up to ${newestWal}.`;
  return [found, wal, ...(isRunning ? ['a backup is running now.'] : [])].map((text) => cleanText(text, 512) ?? '');
}

export async function explain(config: PgbackrestConfig, deps: BackupDeps): Promise<Explanation[]> {
  const { claims, problem } = await watch(config, deps);
  if (problem !== undefined) return [problemExplanation(problem)];
  const newest = claims.at(-1);
  const warning =
    newest?.outcome === 'warning' && newest.reason !== undefined
      ? [{ text: newest.reason, remedy: 'run "pgbackrest check" and "pgbackrest info" by hand.' }]
      : [];
  return [...(deps.memory.get('stanza') as string[]).map((text) => ({ text })), ...warning];
}
