import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentConfig, BackupConfig } from '../../../shared/agent-config-schema.ts';
import type { Clock } from '../../../shared/clock.ts';
import { type Logger, silentLogger } from '../../../shared/logger.ts';
import type { ReportBackup } from '../../../shared/report-schema.ts';
import type { Explanation } from '../../backups/backup-source.ts';
import { type BackupRunner, createBackupRunner } from '../../backups/run-backups.ts';
import { cleanText } from '../../sensors/clean-text.ts';
import { restoreTestFindings, runFindings } from './check-records.ts';
import { fine, type Finding, problem } from './finding.ts';

export interface CheckBackupsOptions {
  /** The agent's own folder; only read. */
  dataFolder: string;
  clock: Clock;
  logger?: Logger;
  /** How long one source may take; a minute unless told. */
  answerWithinMs?: number;
}

/**
 * For each dataset of the configuration what its source finds now and how it explains that, the runs that were
 * recorded, and its restore test. What the running agent remembers stays untouched: hashes and the caches of tools
 * live in a folder that is removed afterwards.
 */
export async function checkBackups({ backups }: AgentConfig, options: CheckBackupsOptions): Promise<Finding[]> {
  if (backups.length === 0) return [fine('backups', 'this agent is not asked to watch any.')];
  const { dataFolder, clock, logger = silentLogger, answerWithinMs = 60_000 } = options;
  const cacheFolder = mkdtempSync(join(tmpdir(), 'pantau-doctor-'));
  const runner = createBackupRunner({ dataFolder, cacheFolder, logger, clock, answerWithinMs });
  try {
    const findings: Finding[] = [];
    for (const config of backups) {
      findings.push(
        ...(await sourceFindings(config, runner)),
        ...runFindings(config, dataFolder),
        ...restoreTestFindings(config, dataFolder),
      );
    }
    return findings;
  } finally {
    await runner.close();
    rmSync(cacheFolder, { recursive: true, force: true });
  }
}

async function sourceFindings(config: BackupConfig, runner: BackupRunner): Promise<Finding[]> {
  const { dataset, source } = config;
  const subject = `backup ${dataset}`;
  if (source === undefined) {
    const text = 'the collector hears of it from others; this agent tells of recorded runs and restore tests only.';
    return [fine(subject, text)];
  }
  const claims = await runner.run([config]);
  const explained = (await runner.explain(config)).map((each) => explanationFinding(subject, each));
  const newest = claims.findLast((claim) => claim.source === source.kind);
  if (newest === undefined) return explained;
  const claim = backupFinding(newest);
  const isExplained = newest.outcome === 'unknown' && explained.some(({ ok }) => !ok);
  return [isExplained ? { ...claim, remedy: 'see the next line.' } : claim, ...explained];
}

function explanationFinding(subject: string, { text, remedy }: Explanation): Finding {
  const said = sentence(text);
  return remedy === undefined ? fine(subject, said) : problem(subject, said, sentence(remedy));
}

/** Names of hosts and files reach a terminal here. */
function sentence(text: string): string {
  const clean = cleanText(text, 2000) ?? '?';
  return /[.!?]$/.test(clean) ? clean : `${clean}.`;
}

/** The newest claim in one line. */
export function backupFinding(claim: ReportBackup): Finding {
  const { dataset, source, outcome, reason, startedAt } = claim;
  const subject = `backup ${dataset}`;
  const because = reason === undefined ? '' : `: ${reason}`;
  switch (outcome) {
    case 'ok':
      return fine(subject, `the newest is good: ${describe(claim)}.`);
    case 'running':
      return fine(subject, `one runs now, since ${startedAt ?? 'an unknown time'}.`);
    case 'warning':
      return problem(
        subject,
        `the newest was made only in part: ${describe(claim)}${because}.`,
        'read what the job wrote, repair what it warns of, and run it again.',
      );
    case 'failed':
      return problem(
        subject,
        `the newest failed: ${describe(claim)}${because}.`,
        'read what the job wrote, repair it, and run it again.',
      );
    case 'no-data':
      if (reason === 'still-being-written') {
        return fine(subject, 'a file that matches is still being written, and none is complete yet.');
      }
      return problem(
        subject,
        `nothing found${because}.`,
        'run the backup job, or correct where it looks in pantau.yaml.',
      );
    default:
      return problem(
        subject,
        `source ${source} could not look${because}.`,
        "let the agent's user read it, or correct the source in pantau.yaml.",
      );
  }
}

function describe({ objectName, runId, sizeBytes, startedAt, completedAt, exitCode }: ReportBackup): string {
  const details = [
    ...(sizeBytes === undefined ? [] : [`${sizeBytes} bytes`]),
    completedAt ?? (startedAt === undefined ? 'no time' : `began at ${startedAt}`),
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
  ];
  return `${objectName ?? runId ?? 'unnamed'} (${details.join(', ')})`;
}
