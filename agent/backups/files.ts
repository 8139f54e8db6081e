import { isAbsolute } from 'node:path';
import { showPath } from '../sensors/byte-path.ts';
import { cleanReason, cleanText } from '../sensors/clean-text.ts';
import { AppError } from '../../shared/errors.ts';
import type { BackupClaim, BackupDeps, BackupSource, SourceSettings } from './backup-source.ts';
import { findNewestFile } from './find-newest-file.ts';
import type { FileVersion } from './hash-cache.ts';

export interface FilesConfig {
  path: string;
  settleSeconds: number;
}

export const filesSource = {
  kind: 'files' as const,
  docs: 'The newest file that matches a path pattern: its name, time, size and, once it is worked out, its SHA-256.',
  config: async () => (await import('./files.schema.ts')).FilesSettingsSchema,
  parse: parseFilesSettings,
  latest: latestFile,
} satisfies BackupSource<FilesConfig>;

/** @throws AppError `invalid-source-settings`. */
export function parseFilesSettings(settings: SourceSettings): FilesConfig {
  const { kind: _, path, settleSeconds = 0, ...others } = settings as Record<string, string | number | boolean>;
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(other, 'is not a setting of the source "files"; it knows path, settleSeconds');
  if (typeof path !== 'string' || !isAbsolute(path) || path.length > 4096 || path.includes('\0')) {
    throw invalid('path', 'must be an absolute path, say /var/backups/db/*.sql.gz');
  }
  if (typeof settleSeconds !== 'number' || !(settleSeconds >= 0 && settleSeconds <= 604_800)) {
    throw invalid('settleSeconds', 'must be a number of seconds from 0 to 604800');
  }
  return { path: process.platform === 'win32' ? path.replaceAll('\\', '/') : path, settleSeconds };
}

async function latestFile(config: FilesConfig, { clock, hashes }: BackupDeps): Promise<BackupClaim> {
  let newest: FileVersion | undefined;
  try {
    newest = await findNewestFile(config.path, settledBefore(config, clock.nowMs()));
  } catch (error) {
    if (error instanceof RangeError) throw invalid('path', `cannot be read as a pattern: ${error.message}`);
    if (error instanceof AppError) return { outcome: 'failed', reason: cleanReason(error.message) };
    throw error;
  }
  if (newest === undefined) return { outcome: 'no-data' };
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

/** Without a settling time every file counts, also one whose time lies ahead of this machine's clock. */
function settledBefore({ settleSeconds }: FilesConfig, nowMs: number): bigint {
  if (settleSeconds === 0) return 2n ** 63n;
  return BigInt(Math.floor(nowMs - settleSeconds * 1000)) * 1_000_000n;
}

function baseName(latin1Path: string): string {
  return showPath(latin1Path.slice(latin1Path.lastIndexOf('/') + 1));
}

function invalid(field: string, problem: string): AppError {
  return new AppError('invalid-source-settings', `source.${field} ${problem}`, { field: `/source/${field}` });
}
