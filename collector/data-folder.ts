import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../shared/atomic-file.ts';
import { AppError } from '../shared/errors.ts';
import { createKeyPair, exportPrivateKey, importKeyPair, type KeyPair } from '../shared/signing.ts';

/** @throws AppError `data-folder` that names the folder when it cannot be made or written. */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new AppError(
      'data-folder',
      `The data folder ${folder} cannot be written; give this user the right to it, or name another with PANTAU_DATA.`,
      { cause },
    );
  }
}

/** @returns the database of a collector. */
export function databaseIn(folder: string): string {
  return join(folder, 'pantau.db');
}

/** @returns where samples wait for the receivers of remote write. */
export function remoteWriteIn(folder: string): string {
  return join(folder, 'remote-write');
}

/** @returns where files that are attached to entries of registers are kept. */
export function attachmentsIn(folder: string): string {
  return join(folder, 'attachments');
}

/** @returns where the reports lie that the collector makes by itself, a folder for each month. */
export function reportsIn(folder: string): string {
  return join(folder, 'reports');
}

/** @throws AppError `data-folder` unless a collector has been started in it, whose data this user may write. */
export function findDataFolder(folder: string): void {
  const another = 'with --data DIR or PANTAU_DATA';
  try {
    if (statSync(databaseIn(folder), { throwIfNoEntry: false }) !== undefined) return prepareDataFolder(folder);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    const remedy = `run this as the user that runs the collector, or name its folder ${another}`;
    throw new AppError('data-folder', `The data folder ${folder} cannot be read${code}; ${remedy}.`, { cause });
  }
  throw new AppError(
    'data-folder',
    `There is no collector's data in ${folder}; name the data folder of the collector ${another}. ` +
      'Only "pantau-collector serve" makes a new one.',
  );
}

/** The collector's own Ed25519 key: it signs what agents are told to do. Made at the first start. */
export function loadCollectorKeys(folder: string): KeyPair {
  const path = join(folder, 'collector-key.pem');
  if (existsSync(path)) return importKeyPair(readFileSync(path, 'utf8'));
  const keys = createKeyPair();
  writeFileAtomically(path, exportPrivateKey(keys.privateKey));
  return keys;
}

/** The first operator's bearer token, in `<data>/admin-token` (mode 600). */
export function loadOperatorToken(folder: string): string {
  const path = join(folder, 'admin-token');
  if (!existsSync(path)) writeFileAtomically(path, `${randomBytes(32).toString('base64url')}\n`);
  const token = readFileSync(path, 'utf8').trim();
  if (token.length >= 16) return token;
  throw new AppError(
    'data-folder',
    `The operator's token in ${path} is shorter than 16 characters; remove the file to get a new one.`,
  );
}
