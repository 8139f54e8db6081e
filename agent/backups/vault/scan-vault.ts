import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import { cleanReason } from '../../sensors/clean-text.ts';
import { datasetOf } from './dataset.ts';
import type { FileRecord, RememberedFile } from './file-record.ts';
import { filesBelow, pathOf } from './folder-record.ts';
import { FolderCursor } from './folder-cursor.ts';
import { recognizeMoved } from './note-file.ts';
import { createBreather } from './pace.ts';
import { instantOf, goneRow } from './rows.ts';
import { codeOf, Findings, listHere, type Scan, ScanStopped } from './scan.ts';
import { scanPlace } from './scan-tree.ts';
import type { Vault } from './vault.ts';

export interface ScanDeps {
  clock: Clock;
  signal: AbortSignal;
}

/** Looks at a whole vault once. What went wrong stands in the vault's `lastScan`. @throws the signal's reason. */
export async function scanVault(vault: Vault, { clock, signal }: ScanDeps): Promise<void> {
  const nowMs = clock.nowMs();
  const monotonicMs = clock.monotonicMs();
  const found = new Findings(vault.limits.ofVault);
  vault.scanNumber += 1;
  vault.isScanning = true;
  vault.postponed.clear();
  let reason: string | undefined;
  try {
    await scanRoot(vault, { found, nowMs, monotonicMs, breathe: createBreather(clock, signal) });
    reason = coverageProblem(vault);
  } catch (error) {
    signal.throwIfAborted();
    reason = failureOf(error);
    vault.hasFailed = true;
  } finally {
    vault.isScanning = false;
  }
  for (const [file, problem] of vault.readProblems) found.addProblem(pathOf(file), problem);
  vault.lastScan = {
    vault: vault.config.id,
    location: vault.config.location,
    scannedAt: instantOf(nowMs),
    durationSeconds: Math.round(clock.monotonicMs() - monotonicMs) / 1000,
    outcome: vault.hasFailed ? 'failed' : 'ok',
    ...(reason !== undefined && { reason: cleanReason(reason) }),
    entryCount: found.entryCount,
    unownedCount: found.unownedCount,
    unowned: found.unowned(),
    problemCount: found.problemCount,
    problems: found.problems(),
  };
  vault.isScanSaid = false;
}

type Beginning = Pick<Scan, 'found' | 'nowMs' | 'monotonicMs' | 'breathe'>;

async function scanRoot(vault: Vault, beginning: Beginning): Promise<void> {
  const cursor = new FolderCursor(vault.config.root);
  try {
    const scan = { vault, cursor, number: vault.scanNumber, unreadable: [], partlyUnreadable: new Set<never>() };
    await scanEntries({ ...scan, ...beginning });
  } finally {
    cursor.close();
  }
}

async function scanEntries(scan: Scan): Promise<void> {
  const { vault } = scan;
  const entries = listHere(scan);
  if (entries.length === 0 && holdsSomething(vault)) {
    throw new ScanStopped('root-empty: there were files and now there is nothing below the root; is it mounted?');
  }
  await scanPlace(scan, vault.places, '', entries);
  vault.hasFailed = false;
  recognizeMoved(vault);
  for (const dataset of vault.datasets) vault.summaryOf(dataset);
  tellLeftovers(scan);
  vault.queue.arrange();
  const liveCount = vault.datasets.reduce((count, dataset) => count + (dataset.summary?.checkedCount ?? 0), 0);
  vault.index.tidy(liveCount, () => remembered(vault));
  vault.index.flush();
}

function holdsSomething({ datasets, index }: Vault): boolean {
  const isKnown = datasets.some(({ root }) => filesBelow(root).next().done === false);
  return isKnown || index.leftovers().next().done === false;
}

/** What was there before the reader was started and is no more. */
function tellLeftovers({ vault, unreadable }: Scan): void {
  const folders = new Set(unreadable);
  for (const [path, file] of vault.index.leftovers()) {
    if (liesBelow(folders, path)) continue;
    const dataset = datasetOf(vault.places, path);
    if (dataset !== undefined && file.announcedAs !== '' && file.announcedAs !== 'borg') {
      const object = { kind: file.announcedAs, path: path.slice(dataset.root.path.length + 1), reason: 'vanished' };
      vault.gone.push(goneRow(vault.config.id, dataset, file, object));
    }
    vault.index.forget(path);
  }
}

function liesBelow(folders: ReadonlySet<string>, path: string): boolean {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (folders.has(path.slice(0, at))) return true;
  }
  return false;
}

function* remembered({ datasets, index }: Vault): Generator<readonly [string, RememberedFile], void> {
  const isKept = ({ checkedAtMs, announcedAs }: FileRecord) => checkedAtMs > 0 || announcedAs !== '';
  for (const { root } of datasets) for (const file of filesBelow(root)) if (isKept(file)) yield [pathOf(file), file];
  yield* index.leftovers();
}

/** Honest about a vault that is too large for the speed that it may be read at. */
function coverageProblem({ config, datasets }: Vault): string | undefined {
  const sizeBytes = datasets.reduce((sum, { summary }) => sum + (summary?.sizeBytes ?? 0), 0);
  const neededBytesPerSecond = Math.ceil(sizeBytes / config.coverSeconds);
  if (neededBytesPerSecond <= config.hashBytesPerSecond) return undefined;
  return `reading-too-slow: ${sizeBytes} bytes in ${config.coverSeconds} seconds need ${neededBytesPerSecond} bytes/s`;
}

function failureOf(error: unknown): string {
  if (error instanceof ScanStopped) return error.message;
  const remedies: Record<string, string> = {
    ENOENT: 'root-missing: the root of the vault does not exist; create it, mount it, or correct its path',
    ENOTDIR: 'root-not-a-folder: correct the path of the vault',
    EACCES: "root-unreadable: give the agent's user read and search permission on the root",
    EPERM: "root-unreadable: give the agent's user read and search permission on the root",
  };
  return remedies[codeOf(error)] ?? `scan-failed: ${messageOf(error)}`;
}
