import { fileURLToPath } from 'node:url';
import { AppError, messageOf } from '../../shared/errors.ts';

const childScript = fileURLToPath(new URL('check-child-main.ts', import.meta.url));
const maxOutputBytes = 64 * 1024;

export interface CheckOptions {
  /** Id that the configuration must be for. */
  agent: string;
  timeoutMs?: number;
  /** The script to run, for tests. */
  scriptPath?: string;
}

/**
 * Checks a configuration document in a child process that ends afterwards, so that the running agent never loads the
 * schema library.
 * @returns what is wrong with it, as one sentence that names the field, or undefined.
 * @throws AppError `check-failed`, retryable, when the child could not say.
 */
export async function checkInChild(document: string, options: CheckOptions): Promise<string | undefined> {
  const output = await runChild(document, options);
  try {
    const { problem } = JSON.parse(output) as { problem?: unknown };
    return typeof problem === 'string' ? problem : undefined;
  } catch (cause) {
    throw failed(messageOf(cause), cause);
  }
}

function runChild(
  document: string,
  { agent, timeoutMs = 30_000, scriptPath = childScript }: CheckOptions,
): Promise<string> {
  const { execFile } = process.getBuiltinModule('node:child_process');
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [scriptPath, agent],
      { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: maxOutputBytes, windowsHide: true },
      (error, stdout) => (error === null ? resolve(stdout) : reject(failed(messageOf(error), error))),
    );
    // A child that dies early closes its end; its exit says why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(document);
  });
}

function failed(reason: string, cause: unknown): AppError {
  return new AppError('check-failed', `The new configuration could not be checked: ${reason}`, {
    retryable: true,
    cause,
  });
}
