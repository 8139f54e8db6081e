import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Settings {
  /** Absolute path of the folder that holds identity, configuration and spool. */
  dataFolder: string;
}

/**
 * Where this agent keeps its things: `--data`, else the variable PANTAU_AGENT_DATA, else /var/lib/pantau-agent for
 * root and ~/.local/share/pantau-agent for others.
 * @param dataOption what stood after `--data`.
 */
export function readSettings(dataOption: string | undefined): Settings {
  const fromEnvironment = process.env['PANTAU_AGENT_DATA'];
  const chosen = dataOption ?? (fromEnvironment === '' ? undefined : fromEnvironment);
  return { dataFolder: resolve(chosen ?? defaultFolder()) };
}

function defaultFolder(): string {
  return process.getuid?.() === 0 ? '/var/lib/pantau-agent' : join(homedir(), '.local', 'share', 'pantau-agent');
}

/** What every tool that the agent runs may see of the agent's own environment: where programs and home are. */
export function toolEnvironment(): Record<string, string> {
  const { PATH, HOME } = process.env;
  return { PATH: PATH ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: HOME ?? homedir() };
}

export const spoolFolderOf = (dataFolder: string) => join(dataFolder, 'spool');

/** The version in package.json, `0.0.0` when that file is not shipped along. */
export function agentVersion(): string {
  try {
    const path = fileURLToPath(new URL('../../package.json', import.meta.url));
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : '0.0.0';
  } catch {
    return '0.0.0';
  }
}
