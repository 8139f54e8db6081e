import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import type { SecretFile } from './config-fields.ts';

const maxSizeBytes = 65_536;
/** A named pipe must not hold the process; Windows has no such flag. */
const readNonBlocking = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/**
 * The text of a small file without the white space around it.
 * @throws AppError `file-unreadable` that names the path, never the content.
 */
export function readSmallFile(path: string): string {
  let text: string;
  try {
    text = readBounded(path).trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'not a small regular file';
    throw unreadable(path, code);
  }
  if (text === '') throw unreadable(path, 'it is empty');
  return text;
}

/** A secret in one line, given directly or as a file. @throws AppError `file-unreadable` */
export function readSecret(value: string | SecretFile): string {
  if (typeof value === 'string') return value;
  const text = readSmallFile(value.file);
  // oxlint-disable-next-line no-control-regex -- a line break in a secret would end a header
  if (/[\u0000-\u001f\u007f]/.test(text)) throw unreadable(value.file, 'it must hold one line');
  return text;
}

function readBounded(path: string): string {
  const file = openSync(path, readNonBlocking);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size > maxSizeBytes) throw new Error('not a small regular file');
    const buffer = Buffer.alloc(maxSizeBytes);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, maxSizeBytes, 0));
  } finally {
    closeSync(file);
  }
}

function unreadable(path: string, why: string): AppError {
  return new AppError('file-unreadable', `the file ${path} cannot be used: ${why}; check the path, its owner and mode`);
}
