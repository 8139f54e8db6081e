import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { normalize } from 'node:path';
import { messageOf } from '../../../shared/errors.ts';
import { ownUserName, ToolProblem } from './tool-problem.ts';

const maxFileBytes = 64 * 1024;
const othersMayWrite = 0o022;
const othersMayRead = 0o004;

/**
 * Reads a small file that only the configuration names, a password say.
 * @param setting what names it in the configuration, `source.passwordFile` say.
 * @returns its text without the line's end at its end.
 * @throws ToolProblem `secret-file-unreadable`; the content is never part of a message.
 */
export async function readSecretFile(path: string, setting: string): Promise<string> {
  const { text } = await readSmallFile(path, setting);
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '' || secret.includes('\0')) {
    throw unreadable(
      path,
      setting,
      secret === '' ? 'is empty' : 'holds a zero byte',
      `write the password into ${path}`,
    );
  }
  return secret;
}

/**
 * Reads a small file that decides what a tool does (an address, an environment). It counts only when nobody but root
 * and the agent's user can have written it, or when it lies below /etc, where root decided whose it is: the
 * configuration comes from the collector and must not be able to choose a file of just anybody.
 * @throws ToolProblem `secret-file-unreadable` or `secret-file-unsafe`.
 */
export async function readTrustedFile(path: string, setting: string): Promise<string> {
  const { text, uid, mode } = await readSmallFile(path, setting);
  const ownUid = process.geteuid?.();
  if (ownUid === undefined) return text;
  const unsafe = (problem: string, remedy: string) =>
    new ToolProblem('secret-file-unsafe', `${setting} ${path} is not followed: ${problem}`, remedy);
  if (uid !== 0 && uid !== ownUid && !normalize(path).startsWith('/etc/')) {
    throw unsafe(`it belongs to user ${uid}`, `run "chown ${ownUserName()} ${path} && chmod 600 ${path}"`);
  }
  if ((mode & othersMayWrite) !== 0) throw unsafe('others may change it', `run "chmod go-w ${path}"`);
  return text;
}

/** Whether everybody on the machine can read the file; false when it cannot be seen. */
export async function isReadableByAll(path: string): Promise<boolean> {
  try {
    return ((await readSmallFile(path, '')).mode & othersMayRead) !== 0 && process.platform !== 'win32';
  } catch {
    return false;
  }
}

async function readSmallFile(path: string, setting: string): Promise<{ text: string; uid: number; mode: number }> {
  let file: FileHandle | undefined;
  try {
    // A pipe of that name must not hold us up.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await file.stat();
    if (!stats.isFile()) throw unreadable(path, setting, 'is not a file', `correct ${setting}`);
    if (stats.size > maxFileBytes) throw unreadable(path, setting, 'is too large', `correct ${setting}`);
    return { text: await file.readFile('utf8'), uid: stats.uid, mode: stats.mode };
  } catch (error) {
    throw error instanceof ToolProblem ? error : notOpened(path, setting, error as NodeJS.ErrnoException);
  } finally {
    await file?.close();
  }
}

function notOpened(path: string, setting: string, cause: NodeJS.ErrnoException): ToolProblem {
  const user = ownUserName();
  if (cause.code === 'EACCES' || cause.code === 'EPERM') {
    const remedy = `run "chown ${user} ${path} && chmod 600 ${path}", and let ${user} search the folders above it`;
    return unreadable(path, setting, `may not be read by the agent's user ${user}`, remedy, cause);
  }
  if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') {
    return unreadable(path, setting, 'does not exist', `write it, or correct ${setting}`, cause);
  }
  return unreadable(path, setting, `cannot be read (${cause.code ?? messageOf(cause)})`, `correct ${setting}`, cause);
}

function unreadable(path: string, setting: string, problem: string, remedy: string, cause?: unknown): ToolProblem {
  return new ToolProblem('secret-file-unreadable', `${setting} ${path} ${problem}`, remedy, cause);
}
