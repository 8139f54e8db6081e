import { fstatSync, readdirSync, readFileSync } from 'node:fs';

const maxFd = 255;
const accessMode = 0o3;

/**
 * The open files beyond 0, 1 and 2 that we were started with, say of `restic --password-file <(pass show restic)` or of
 * a lock. Node closes them to its children unless told; the command must find them under their numbers. Node's own are
 * told apart by their kind: files and sockets are none of its, and of its pipes it holds both ends. Empty without /proc.
 */
export function inheritedFiles(): number[] {
  const found = openFiles().flatMap((fd) => describe(fd) ?? []);
  const modesOf = new Map<string, Set<number>>();
  for (const { id, mode } of found) modesOf.set(id, (modesOf.get(id) ?? new Set()).add(mode));
  return found.filter(({ id, isPipe }) => !isPipe || modesOf.get(id)?.size === 1).map(({ fd }) => fd);
}

interface OpenFile {
  fd: number;
  /** Of the file behind it. */
  id: string;
  isPipe: boolean;
  /** Reading 0, writing 1, both 2. */
  mode: number;
}

function describe(fd: number): OpenFile | undefined {
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() && !stat.isSocket() && !stat.isFIFO() && !stat.isDirectory()) return undefined;
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? '0';
    return { fd, id: `${stat.dev}:${stat.ino}`, isPipe: stat.isFIFO(), mode: Number.parseInt(flags, 8) & accessMode };
  } catch {
    // The one that listed the folder is closed again.
    return undefined;
  }
}

function openFiles(): number[] {
  try {
    return readdirSync('/proc/self/fd')
      .map(Number)
      .filter((fd) => fd > 2 && fd <= maxFd);
  } catch {
    return [];
  }
}
