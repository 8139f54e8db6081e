import { fileURLToPath } from 'node:url';
import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import { AppError, messageOf } from '../../../shared/errors.ts';
import type { VaultLook } from './look-at-vault.ts';

const childScript = fileURLToPath(new URL('look-at-vault-main.ts', import.meta.url));
const maxOutputBytes = 64 * 1024;
/** To start and to tell: the look itself may take the rest. */
const aroundMs = 2000;

export interface LookOptions {
  timeoutMs: number;
  /** The script to run, for tests. */
  scriptPath?: string;
}

/**
 * Looks at a vault in a process of its own: a file system that does not answer holds up whoever asks it.
 * @throws AppError `vault-silent` when there is no answer in time, `look-failed` when there is none at all.
 */
export function lookInChild(config: VaultConfig, options: LookOptions): Promise<VaultLook> {
  const { timeoutMs, scriptPath = childScript } = options;
  const { execFile } = process.getBuiltinModule('node:child_process');
  const lookMs = Math.max(timeoutMs - aroundMs, timeoutMs / 2);
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [scriptPath, String(lookMs)],
      { maxBuffer: maxOutputBytes, windowsHide: true },
      (error, stdout) => {
        clearTimeout(timer);
        if (error === null) resolve(JSON.parse(stdout) as VaultLook);
        else reject(new AppError('look-failed', `it could not be looked at: ${messageOf(error)}`, { cause: error }));
      },
    );
    const timer = setTimeout(() => {
      // One that hangs in a dead file system cannot even be killed, and nobody must wait for it.
      child.kill('SIGKILL');
      child.unref();
      for (const stream of child.stdio) stream?.destroy();
      reject(new AppError('vault-silent', `it does not answer within ${timeoutMs / 1000} seconds`));
    }, timeoutMs);
    // A child that dies early closes its end; its exit says why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(JSON.stringify(config));
  });
}
