import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError, messageOf } from '../../../shared/errors.ts';
import type { CommandIo } from '../command.ts';

/** @throws AppError `no-file` when the file cannot be read or is larger than it may be. */
export function readInput(name: string, maxBytes: number, io: CommandIo): Uint8Array {
  const path = resolve(io.workingFolder, name);
  try {
    const about = statSync(path);
    if (!about.isFile()) throw new AppError('no-file', `${path} is no file.`);
    if (about.size <= maxBytes) return readFileSync(path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('no-file', `${path} cannot be read (${messageOf(cause)}).`, { cause });
  }
  throw new AppError('no-file', `${path} is larger than ${maxBytes / 1024 / 1024} MiB.`);
}
