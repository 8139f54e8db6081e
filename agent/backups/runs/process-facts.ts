import { readdirSync, readFileSync } from 'node:fs';

/** What Linux says of a process; undefined where there is no /proc, or when it does not show this one. */
export interface ProcessFacts {
  parentPid: number;
  groupId: number;
  /** 0 when it has no terminal. */
  terminal: number;
  /** The process group in the foreground of that terminal. */
  foregroundGroupId: number;
  /** It has ended, and its parent has not asked how. */
  isZombie: boolean;
  /** Since the boot; together with pid and boot it names a process for ever. */
  startTicks: string;
}

export function processFacts(pid: number | 'self'): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The program's name may hold spaces and parentheses; see proc(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [, parentPid = 0, groupId = 0, , terminal = 0, foregroundGroupId = -1] = fields.map(Number);
    const [state] = fields;
    const startTicks = fields[19] ?? '';
    return { parentPid, groupId, terminal, foregroundGroupId, isZombie: state === 'Z', startTicks };
  } catch {
    return undefined;
  }
}

/** A text that no other process ever has: `<pid> <start>:<boot>`; only the pid where the system does not say. */
export function processMark(pid: number): string {
  const startTicks = processFacts(pid)?.startTicks;
  return startTicks === undefined ? String(pid) : `${pid} ${startTicks}:${bootId()}`;
}

/**
 * Whether the process of a mark still runs. A process that is there and hidden from us (hidepid, ProtectProc) counts as
 * the one of the mark within the same boot: a run is not declared dead without knowing.
 */
export function isProcessAlive(mark: string): boolean {
  const [pidText = '', rest] = mark.split(' ');
  const pid = Number(pidText);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const facts = processFacts(pid);
  if (facts?.isZombie === true) return false;
  const [markedTicks, markedBoot] = rest?.split(':') ?? [];
  if (markedBoot !== undefined && markedBoot !== bootId()) return false;
  return facts === undefined || markedTicks === undefined || facts.startTicks === markedTicks;
}

/** All processes below one, children before grandchildren. Empty where there is no /proc. */
export function descendantsOf(pid: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const name of processNames()) {
    const facts = processFacts(Number(name));
    if (facts !== undefined)
      childrenOf.set(facts.parentPid, [...(childrenOf.get(facts.parentPid) ?? []), Number(name)]);
  }
  const found = [...(childrenOf.get(pid) ?? [])];
  // Grows while it is walked: each one brings its own children.
  for (const each of found) found.push(...(childrenOf.get(each) ?? []).filter((child) => !found.includes(child)));
  return found;
}

function processNames(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
  } catch {
    return '';
  }
}
