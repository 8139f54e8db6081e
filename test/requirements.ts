import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Requirements {
  root?: boolean;
  linux?: boolean;
  /** Names of programs that must be on the PATH. */
  tools?: readonly string[];
}

export interface Answer {
  ok: boolean;
  /** What is missing, for the name of the skipped test; empty when nothing is. */
  reason: string;
}

/** What this machine is, apart from its tools; a parameter so that the decision itself can be tested. */
export interface Machine {
  isRoot: boolean;
  isLinux: boolean;
  isCi: boolean;
  path: string;
}

const thisMachine: Machine = {
  isRoot: process.getuid?.() === 0,
  isLinux: process.platform === 'linux',
  isCi: process.env['CI'] === 'true',
  path: `${process.env['PATH'] ?? ''}${delimiter}/usr/sbin${delimiter}/sbin`,
};

/**
 * Whether the tests of a file can run here:
 * `const needed = needs({ tools: ['promtool'] }); describe.skipIf(!needed.ok)(`… ${needed.reason}`, …)`.
 * @throws when `CI=true` and something is missing: there a skip would be a silent hole.
 */
export function needs(requirements: Requirements, machine: Machine = thisMachine): Answer {
  const missing: string[] = [];
  if (requirements.linux === true && !machine.isLinux) missing.push('Linux');
  if (requirements.root === true && !machine.isRoot) missing.push('root');
  for (const tool of requirements.tools ?? []) if (!isOnPath(tool, machine.path)) missing.push(tool);
  if (missing.length === 0) return { ok: true, reason: '' };
  const reason = `needs ${missing.join(', ')}`;
  if (machine.isCi) throw new Error(`CI=true allows no skipped test, and this one ${reason}.`);
  return { ok: false, reason: `(skipped: ${reason})` };
}

function isOnPath(tool: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
