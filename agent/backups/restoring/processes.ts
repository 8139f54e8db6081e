import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { processFacts } from '../runs/process-facts.ts';

const endWithinMs = 5000;

/**
 * Ends the processes that work in a folder or below it and belong to no terminal: programs of a drill that outlived
 * it, a server say. Somebody's shell in a folder is left alone. Does nothing where there is no /proc.
 */
export async function endProcessesIn(folder: string): Promise<void> {
  const endsAtNs = process.hrtime.bigint() + BigInt(endWithinMs) * 1_000_000n;
  let found = processesIn(folder);
  // A PostgreSQL that is asked also gives its shared memory back.
  for (const pid of found) signal(pid, 'SIGTERM');
  while (found.length > 0 && process.hrtime.bigint() < endsAtNs) {
    await pause(50);
    found = processesIn(folder);
  }
  for (const pid of found) signal(pid, 'SIGKILL');
  if (found.length > 0) await pause(200);
}

function processesIn(folder: string): number[] {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.map(Number).filter((pid) => {
    try {
      const workingFolder = readlinkSync(`/proc/${pid}/cwd`);
      if (workingFolder !== folder && !workingFolder.startsWith(`${folder}/`)) return false;
      return pid !== process.pid && processFacts(pid)?.terminal === 0;
    } catch {
      // It has ended, or it is somebody else's.
      return false;
    }
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}
