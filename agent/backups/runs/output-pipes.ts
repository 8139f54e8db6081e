import { closeSync, constants, fstatSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isatty } from 'node:tty';

/** One of our own outputs that the command reaches through us. */
export interface Outlet {
  /** `both` when the two go to the same place. */
  name: 'stdout' | 'stderr' | 'both';
  /** Where the bytes go in the end: 1 or 2. */
  toFd: 1 | 2;
  /** The end of a pipe that we read. */
  readFd: number;
}

export interface OutputPlan {
  /** What the command gets as its files 1 and 2. */
  stdout: number;
  stderr: number;
  outlets: Outlet[];
  /** Ours no longer once the command has them: as long as we held them, the pipes would never end. */
  closeAfterStart(): void;
  /** When the command could not be started. */
  closeAll(): void;
}

/**
 * Decides for each output whether it runs through us. A terminal goes to the command directly, so that colours,
 * progress bars and questions work as ever; nothing is kept of it then. Two outputs that go to the same place stay one,
 * so that their lines keep their order. When no pipe can be made both go to the command directly.
 */
export function planOutput(): OutputPlan {
  const direct: OutputPlan = { stdout: 1, stderr: 2, outlets: [], closeAfterStart: () => {}, closeAll: () => {} };
  const isCaptured = { stdout: !isatty(1), stderr: !isatty(2) };
  if (process.platform === 'win32' || (!isCaptured.stdout && !isCaptured.stderr)) return direct;
  const isOne = isCaptured.stdout && isCaptured.stderr && isSameFile(1, 2);
  const wanted: Pick<Outlet, 'name' | 'toFd'>[] = [];
  if (isOne) wanted.push({ name: 'both', toFd: 1 });
  if (isCaptured.stdout && !isOne) wanted.push({ name: 'stdout', toFd: 1 });
  if (isCaptured.stderr && !isOne) wanted.push({ name: 'stderr', toFd: 2 });
  const pipes = makePipes(wanted);
  if (pipes === undefined) return direct;
  const writeFdOf = (own: 'stdout' | 'stderr') => pipes.find(({ name }) => name === own || name === 'both')?.writeFd;
  const closeAfterStart = () => pipes.forEach(({ writeFd }) => closeSync(writeFd));
  return {
    stdout: writeFdOf('stdout') ?? 1,
    stderr: writeFdOf('stderr') ?? 2,
    outlets: pipes.map(({ writeFd: _, ...outlet }) => outlet),
    closeAfterStart,
    closeAll: () => {
      closeAfterStart();
      for (const { readFd } of pipes) closeSync(readFd);
    },
  };
}

interface Pipe extends Outlet {
  writeFd: number;
}

/**
 * Real pipes. What Node would make are socket pairs, and `echo failed > /dev/stderr` in a script does not work on a
 * socket. Node has no pipe(2), so these are named ones whose names are gone before anybody can use them.
 */
function makePipes(wanted: readonly Pick<Outlet, 'name' | 'toFd'>[]): Pipe[] | undefined {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const opened: Pipe[] = [];
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'pantau-run-'));
    const inFolder = folder;
    const places = wanted.map((outlet) => ({ outlet, path: join(inFolder, outlet.name) }));
    const paths = places.map(({ path }) => path);
    if (spawnSync('mkfifo', ['-m', '600', ...paths], { stdio: 'ignore' }).status !== 0) return undefined;
    for (const { outlet, path } of places) {
      // The reading end first, and without waiting for a writer.
      const readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      opened.push({ ...outlet, readFd, writeFd: openSync(path, constants.O_WRONLY) });
    }
    return opened;
  } catch {
    for (const { readFd, writeFd } of opened) for (const fd of [readFd, writeFd]) closeSync(fd);
    return undefined;
  } finally {
    if (folder !== undefined) removeQuietly(folder);
  }
}

function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Whoever cleans the folder for temporary files removes it.
  }
}

function isSameFile(one: number, other: number): boolean {
  const [a, b] = [fstatSync(one, { bigint: true }), fstatSync(other, { bigint: true })];
  return a.dev === b.dev && a.ino === b.ino;
}
