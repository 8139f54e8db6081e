import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../shared/errors.ts';
import { authProtocols, privProtocols, type SnmpCredential } from './credential.ts';
import { SnmpProblem } from './problem.ts';

export const credentialsPathOf = (dataFolder: string) => join(dataFolder, 'snmp.json');

const maxSizeBytes = 256 * 1024;
const othersMayRead = 0o077;
const entryName = /^[a-z0-9][a-z0-9-]{0,62}$/;
const shortestKeyLength = 8;
const maxTextLength = 255;

/**
 * One entry of `snmp.json`. The file is read at each call, so that a new one counts at once; it is checked by hand,
 * because the schema library is too large for the running agent.
 * @throws SnmpProblem `no-such-credential`, `credentials-open-to-others` or `credentials-damaged`; no secret is ever
 * part of a message.
 */
export function readCredential(dataFolder: string, name: string): SnmpCredential {
  const path = credentialsPathOf(dataFolder);
  const text = readText(path);
  if (text === undefined) {
    throw new SnmpProblem('no-such-credential', `There is no file ${path}; write the entry "${name}" into it.`);
  }
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch {
    // The parser's own message shows a part of the text.
    throw damaged(path, 'it is not JSON');
  }
  if (!isRecord(entries)) throw damaged(path, 'it is not an object of entries');
  if (!entryName.test(name) || !Object.hasOwn(entries, name)) {
    throw new SnmpProblem('no-such-credential', `${path} has no entry "${name}".`);
  }
  const problem = entryProblem(entries[name]);
  if (problem !== undefined) throw damaged(path, `/${name}${problem}`);
  return entries[name] as SnmpCredential;
}

/** Which version an entry is meant for, whatever else is wrong with it. */
export function versionIn(dataFolder: string, name: string): SnmpCredential['version'] | undefined {
  try {
    const entries: unknown = JSON.parse(readText(credentialsPathOf(dataFolder)) ?? '');
    const entry = isRecord(entries) && Object.hasOwn(entries, name) ? entries[name] : undefined;
    const version = isRecord(entry) ? entry['version'] : undefined;
    return version === '2c' || version === '3' ? version : undefined;
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { mode, size } = fstatSync(file);
    if (size > maxSizeBytes) throw damaged(path, `it is larger than ${maxSizeBytes} bytes`);
    if (process.platform !== 'win32' && (mode & othersMayRead) !== 0) {
      throw new SnmpProblem(
        'credentials-open-to-others',
        `${path} may be read by others (mode ${(mode & 0o777).toString(8)}), so it is not used.`,
      );
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error instanceof SnmpProblem ? error : damaged(path, messageOf(error));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** What is wrong with an entry, as the end of a sentence that begins with its path. */
export function entryProblem(entry: unknown): string | undefined {
  if (!isRecord(entry)) return ': is not an object';
  const { version, ...fields } = entry;
  if (version === '2c') return fieldsProblem(fields, { community: () => undefined });
  if (version !== '3') return '/version: is neither "2c" nor "3"';
  return fieldsProblem(fields, {
    user: () => undefined,
    authProtocol: oneOf(authProtocols),
    authKey: longEnough,
    privProtocol: oneOf(privProtocols),
    privKey: longEnough,
  });
}

type Check = (value: string) => string | undefined;

function fieldsProblem(fields: Record<string, unknown>, checks: Record<string, Check>): string | undefined {
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(checks, name));
  if (unknown !== undefined) return `/${entryName.test(unknown.toLowerCase()) ? unknown : '?'}: is not a known field`;
  for (const [name, check] of Object.entries(checks)) {
    const value = fields[name];
    if (value === undefined) return `/${name}: is missing`;
    if (typeof value !== 'string' || value === '' || value.length > maxTextLength || /[\0\r\n]/.test(value)) {
      return `/${name}: is not a text of 1 to ${maxTextLength} characters`;
    }
    const problem = check(value);
    if (problem !== undefined) return `/${name}: ${problem}`;
  }
  return undefined;
}

function oneOf(known: readonly string[]): Check {
  return (value) => (known.includes(value) ? undefined : `is not one of ${known.join(', ')}`);
}

const longEnough: Check = (value) =>
  value.length < shortestKeyLength ? `is shorter than ${shortestKeyLength} characters` : undefined;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function damaged(path: string, problem: string): SnmpProblem {
  return new SnmpProblem('credentials-damaged', `${path} cannot be used: ${problem}.`);
}
