import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { showPath, toPath } from '../sensors/byte-path.ts';
import { cleanReason, cleanText } from '../sensors/clean-text.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { BackupClaim, BackupDeps, BackupSource, Explanation, SourceSettings } from './backup-source.ts';
import { findNewestFile } from './files/find-newest-file.ts';
import type { FileVersion } from './files/hash-cache.ts';
import type { SettleRule } from './files/seen-files.ts';

export interface FilesConfig {
  path: string;
  settle: SettleRule;
}

const usualSettleSeconds = 60;

export const filesSource = {
  kind: 'files' as const,
  docs: 'The newest complete file that matches a path pattern: name, time, size and, once worked out, its SHA-256.',
  config: async () => (await import('../../shared/backup-settings/sources/files.schema.ts')).FilesSettingsSchema,
  parse: parseFilesSettings,
  look: async (config, deps) => [await latestFile(config, deps)],
  explain: async ({ path }) => [await explainNewest(path)],
} satisfies BackupSource<FilesConfig>;

/** @throws AppError `invalid-source-settings`. */
export function parseFilesSettings(settings: SourceSettings): FilesConfig {
  const { kind: _, path, settleSeconds, ...others } = settings as Record<string, string | number | boolean>;
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(other, 'is not a setting of the source "files"; it knows path, settleSeconds');
  if (typeof path !== 'string' || !isAbsolute(path) || path.length > 4096 || path.includes('\0')) {
    throw invalid('path', 'must be an absolute path, say /var/backups/db/*.sql.gz');
  }
  return { path: process.platform === 'win32' ? path.replaceAll('\\', '/') : path, settle: parseSettle(settleSeconds) };
}

/** Unless told, two looks that saw the same are enough; an administrator's own time holds for watching too. */
function parseSettle(settleSeconds: string | number | boolean | undefined): SettleRule {
  if (settleSeconds === undefined) return { settledAfterMs: usualSettleSeconds * 1000, watchedForMs: 0 };
  if (typeof settleSeconds !== 'number' || !(settleSeconds >= 0 && settleSeconds <= 604_800)) {
    throw invalid('settleSeconds', 'must be a number of seconds from 0 to 604800');
  }
  return { settledAfterMs: settleSeconds * 1000, watchedForMs: settleSeconds * 1000 };
}

async function latestFile(
  { path, settle }: FilesConfig,
  { clock, hashes, seenFiles }: BackupDeps,
): Promise<BackupClaim> {
  const look = seenFiles.look(settle, { nowMs: clock.nowMs(), monotonicMs: clock.monotonicMs() });
  let newest: FileVersion | undefined;
  try {
    newest = await findNewestFile(path, (file) => look.isSettled(file));
    look.end();
  } catch (error) {
    if (error instanceof RangeError) throw invalid('path', `cannot be read as a pattern: ${error.message}`);
    if (error instanceof AppError) return { outcome: 'unknown', reason: cleanReason(error.message) };
    throw error;
  }
  if (newest === undefined) {
    return { outcome: 'no-data', ...(look.hasUnsettled() ? { reason: 'still-being-written' } : {}) };
  }
  const sha256 = hashes.find(newest);
  const objectName = cleanText(baseName(newest.path), 1024);
  return {
    outcome: 'ok',
    ...(objectName === undefined ? {} : { objectName }),
    completedAt: new Date(Number(newest.modifiedAtNs / 1_000_000n)).toISOString(),
    sizeBytes: newest.sizeBytes,
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

/** A name and a size can be seen without permission to read; the hash, by which an arrival is known, cannot. */
async function explainNewest(path: string): Promise<Explanation> {
  let newest: FileVersion | undefined;
  try {
    newest = await findNewestFile(path, () => true);
  } catch (error) {
    const [text = '', remedy = 'correct source.path'] = messageOf(error).split('; ');
    return { text, remedy };
  }
  if (newest === undefined) return { text: `no file matches ${path}.` };
  const shown = showPath(newest.path);
  try {
    const file = await open(toPath(newest.path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    await file.close();
    return { text: `${shown} is the newest file that matches, and can be read.` };
  } catch (error) {
    const text = `${shown} cannot be read (${messageOf(error).split(',')[0]}), so it has no hash to be known by.`;
    return { text, remedy: "let the agent's user read it, or run the agent by its own service file" };
  }
}

function baseName(latin1Path: string): string {
  return showPath(latin1Path.slice(latin1Path.lastIndexOf('/') + 1));
}

function invalid(field: string, problem: string): AppError {
  return new AppError('invalid-source-settings', `source.${field} ${problem}`, { field: `/source/${field}` });
}
