import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { ReportInventory } from '../../shared/report-schema.ts';

const maxOutputBytes = 256 * 1024;
const maxTimeoutMs = 60_000;
const childScript = fileURLToPath(new URL('inventory-child.ts', import.meta.url));

export type Inventory = ReportInventory;

export interface InventoryOptions {
  /** At most 60 000, which is also the default. */
  timeoutMs?: number;
  /** The Node program; the running one unless told. */
  nodePath?: string;
  /** The script to run, for tests. */
  scriptPath?: string;
}

/**
 * Hardware, system and listening services, taken by a child that ends afterwards: what the inventory needs is large
 * and starts dozens of programs, which the agent itself must not.
 * @throws AppError `inventory-failed` when the child hangs, fails, or says something else than an inventory.
 */
export async function takeInventory(options: InventoryOptions = {}): Promise<Inventory> {
  const output = await runChild({
    timeoutMs: Math.min(options.timeoutMs ?? maxTimeoutMs, maxTimeoutMs),
    nodePath: options.nodePath ?? process.execPath,
    scriptPath: options.scriptPath ?? childScript,
  });
  let inventory: unknown;
  try {
    inventory = JSON.parse(output);
  } catch (cause) {
    throw failed('it did not print JSON', cause);
  }
  if (!looksLikeInventory(inventory)) throw failed('what it printed is not an inventory');
  return inventory;
}

function runChild({ timeoutMs, nodePath, scriptPath }: Required<InventoryOptions>): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    // A group of its own, so that the programs that it started can be ended with it.
    const child = spawn(nodePath, [scriptPath], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const giveUp = (reason: string) => {
      endGroup(child);
      reject(failed(reason));
    };
    const timer = setTimeout(() => giveUp(`it took longer than ${timeoutMs} ms`), timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > maxOutputBytes) giveUp(`it printed more than ${maxOutputBytes} bytes`);
      else chunks.push(chunk);
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(failed(`it could not be started: ${messageOf(error)}`, error));
    });
    child.once('close', (exitCode, signal) => {
      clearTimeout(timer);
      if (exitCode === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(failed(`it ended with ${signal ?? `exit code ${exitCode}`}`));
    });
  });
}

function endGroup(child: ChildProcess): void {
  child.stdout?.destroy();
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}

/** A check of the shape only; the child keeps to the limits of the report's schema, and the collector checks them. */
function looksLikeInventory(value: unknown): value is Inventory {
  if (typeof value !== 'object' || value === null) return false;
  const parts = value as Record<string, unknown>;
  const isRow = (part: unknown) => typeof part === 'object' && part !== null && !Array.isArray(part);
  const isRows = (part: unknown) => Array.isArray(part) && part.every(isRow);
  return (
    typeof parts['takenAt'] === 'string' &&
    ['system', 'os', 'cpu'].every((name) => isRow(parts[name])) &&
    ['disks', 'interfaces', 'listening'].every((name) => isRows(parts[name]))
  );
}

function failed(reason: string, cause?: unknown): AppError {
  return new AppError('inventory-failed', `The inventory could not be taken: ${reason}.`, { retryable: true, cause });
}
