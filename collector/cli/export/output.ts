import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError, messageOf } from '../../../shared/errors.ts';
import type { CommandIo } from '../command.ts';

export interface Output {
  /** Where the work may put what does not fit into memory; beside the output, where there is room for it. */
  temporaryFolder: string;
  write: (text: string) => void;
  /** Everything is written. @param isKept false: a file of that name stays as it was. */
  finish(isKept: boolean): void;
  /** The error that tells what to do, where the disk is the reason. */
  failed(error: unknown): unknown;
  close(): void;
}

/** @param target a file, or `-` for the standard output. A file is there whole or not at all. */
export function openOutput(target: string, io: CommandIo): Output {
  const path = target === '-' ? undefined : resolve(io.workingFolder, target);
  const temporaryFolder = path === undefined ? (io.env['TMPDIR'] ?? tmpdir()) : dirname(path);
  const failed = (error: unknown): unknown => explained(error, path, temporaryFolder);
  if (path === undefined) return { temporaryFolder, write: io.stdout, finish: () => {}, failed, close: () => {} };
  const part = join(temporaryFolder, `.${basename(path)}.${process.pid}.part`);
  let file: number;
  try {
    file = openSync(part, 'w', 0o640);
  } catch (error) {
    throw failed(error);
  }
  return {
    temporaryFolder,
    write: (text) => writeWhole(file, text),
    finish(isKept) {
      if (isKept) renameSync(part, path);
    },
    failed,
    close() {
      closeSync(file);
      rmSync(part, { force: true });
    },
  };
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

function explained(error: unknown, path: string | undefined, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^E[A-Z]+$/.test(code) || error instanceof AppError) return error;
  const place = path === undefined ? `temporary files in ${folder}` : path;
  const remedy =
    path === undefined
      ? 'see that there is room, or name another folder in TMPDIR'
      : 'see that there is room and that this user may write there, or name another file with --output';
  return new AppError('export-failed', `The export cannot write ${place} (${messageOf(error)}); ${remedy}.`, {
    cause: error,
  });
}
