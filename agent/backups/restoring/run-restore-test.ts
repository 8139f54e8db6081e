import { AppError, messageOf } from '../../../shared/errors.ts';
import type { BackupConfig } from '../../../shared/agent-config-schema.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { ReportRestoreTest } from '../../../shared/report-schema.ts';
import { cleanReason, cleanText } from '../../sensors/clean-text.ts';
import type { BackupIdentity, CommonSettings, Drill, DrillDeps, DrillSettings } from '../drills/drill.ts';
import { checkExpectations } from './expectations.ts';
import { startLimits } from './limits.ts';
import { createRunProgram, createStartProgram } from './start-program.ts';
import { createTally, type Tally } from './tally.ts';
import { unprivilegedUser } from './unprivileged-user.ts';
import { chooseBase } from './work-base.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

export interface RestoreTestOptions {
  backup: BackupConfig & { restoreTest: DrillSettings };
  drill: AnyDrill;
  /** Names the test for ever. */
  runId: string;
  dataFolder: string;
  /** Where the private folder is made; see work-base.ts. */
  chosenFolder?: string | undefined;
  /** Leaves what came back where it is. */
  keep: boolean;
  /** PATH and HOME of the tools, from the settings. */
  environment: Readonly<Record<string, string>>;
  clock: Clock;
  /** Stops the test: nothing is found out then. */
  signal: AbortSignal;
  say: (sentence: string) => void;
}

/** A drill whose settings were checked against its own schema. */
export type AnyDrill = Drill<CommonSettings>;

const usualMaxSeconds = 3600;
const usualMaxBytes = 10 * 1024 ** 3;

/**
 * Runs a drill in a private folder that is gone afterwards, whatever happens, and judges what came back.
 * @returns the result as a report carries it.
 * @throws the signal's reason when it was stopped, AppError `work-folder-unusable` when there is no place for it.
 */
export async function runRestoreTest(options: RestoreTestOptions): Promise<ReportRestoreTest> {
  const { backup, drill, clock, signal, say } = options;
  const { mustContain } = backup.restoreTest as CommonSettings;
  const user = drill.runsServer === true ? unprivilegedUser() : undefined;
  const base = chooseBase(options.dataFolder, options.chosenFolder, { user, forSocket: drill.runsServer === true });
  const work = makeWorkFolder(base, user);
  const startedAtMs = clock.nowMs();
  const beganAtMs = clock.monotonicMs();
  const tally = createTally(mustContain);
  const found: Found = { backup: {}, checks: [], failure: undefined };
  try {
    await tryDrill(options, { work, tally, found, user });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    found.failure = error;
  } finally {
    await cleanUp(work, options.keep, say);
  }
  return {
    dataset: backup.dataset,
    drill: drill.kind,
    runId: options.runId,
    ...outcomeOf(found.failure),
    startedAt: new Date(startedAtMs).toISOString(),
    // Not a second look at the wall clock, which may have been set meanwhile.
    completedAt: new Date(startedAtMs + Math.round(clock.monotonicMs() - beganAtMs)).toISOString(),
    ...figuresOf(drill, tally, found),
  };
}

/** What is known so far; after a failure as well. */
interface Found {
  backup: BackupIdentity;
  checks: string[];
  failure: unknown;
}

interface Attempt {
  work: WorkFolder;
  tally: Tally;
  found: Found;
  user: ReturnType<typeof unprivilegedUser>;
}

async function tryDrill(options: RestoreTestOptions, { work, tally, found, user }: Attempt): Promise<void> {
  const { backup, drill, dataFolder, environment, clock, say } = options;
  const { maxSeconds = usualMaxSeconds, maxBytes = usualMaxBytes, ...expected } = backup.restoreTest as CommonSettings;
  const limits = startLimits({ maxSeconds, maxBytes, folder: work.content, signal: options.signal });
  const { signal, requireSpace } = limits;
  const context = { environment, folder: work.content, signal, ...(user === undefined ? {} : { user }) };
  const deps: DrillDeps = {
    dataset: backup.dataset,
    dataFolder,
    source: backup.source,
    folder: work.content,
    clock,
    environment,
    signal,
    tally,
    run: createRunProgram(context),
    start: createStartProgram(context),
    say,
    requireSpace,
    identify: (identity) => void (found.backup = identity),
  };
  try {
    found.checks = await drill.run(backup.restoreTest, deps);
    found.checks.push(...checkExpectations(expected, tally, drill));
  } catch (error) {
    // What a program or a pause says when it is ended is not the cause.
    throw signal.aborted && !isSameCause(error, signal.reason) ? signal.reason : error;
  } finally {
    limits.stop();
  }
}

/** The limit itself, with what a program had to say. */
function isSameCause(error: unknown, reason: unknown): boolean {
  return error instanceof AppError && reason instanceof AppError && error.code === reason.code;
}

async function cleanUp(work: WorkFolder, keep: boolean, say: (sentence: string) => void): Promise<void> {
  if (keep) {
    work.keep();
    say(`What came back is kept in ${work.content}; remove ${work.path} when you have seen it.`);
    return;
  }
  try {
    await work.remove();
  } catch (error) {
    say(`${work.path} could not be removed (${messageOf(error)}); the next restore test tries again.`);
  }
}

function outcomeOf(failure: unknown): Pick<ReportRestoreTest, 'outcome' | 'reason'> {
  if (failure === undefined) return { outcome: 'ok' };
  const code = failure instanceof AppError ? failure.code : 'unexpected-failure';
  return { outcome: 'failed', reason: cleanReason(`${code}: ${messageOf(failure)}`) };
}

/** Texts and figures as the report's schema allows them. */
function figuresOf({ counts }: AnyDrill, tally: Tally, { backup, checks }: Found): Partial<ReportRestoreTest> {
  const objectName = cleanText(backup.objectName ?? '', 1024);
  const objectId = cleanText(backup.objectId ?? '', 128);
  const sentences = checks.slice(0, 16).flatMap((check) => cleanText(check, 200) ?? []);
  const isCounted = tally.itemCount > 0;
  return {
    ...(objectName === undefined ? {} : { objectName }),
    ...(objectId === undefined ? {} : { objectId }),
    // Tables are no files; their number stands in the checks.
    ...(isCounted && counts !== 'tables' ? { fileCount: tally.itemCount } : {}),
    ...(isCounted && Number.isSafeInteger(tally.sizeBytes) ? { sizeBytes: tally.sizeBytes } : {}),
    ...(sentences.length === 0 ? {} : { checks: sentences }),
  };
}
