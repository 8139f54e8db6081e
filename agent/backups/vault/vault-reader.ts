import { join } from 'node:path';
import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import { applyReading } from './apply-reading.ts';
import type { FileRecord } from './file-record.ts';
import { HashIndex } from './hash-index.ts';
import { createBreather } from './pace.ts';
import { lastReadMs } from './read-queue.ts';
import { readThrough } from './read-file.ts';
import type { EntryLimits } from './scan.ts';
import { scanVault } from './scan-vault.ts';
import { restate, tell } from './tell.ts';
import type { VaultReport } from './vault-report.ts';
import { Vault } from './vault.ts';

export interface VaultReaderOptions {
  /** Folder of the agent's data; what is known of each vault is kept in it. */
  dataFolder: string;
  clock: Clock;
  logger: Logger;
  restateEveryMs: number;
  /** A file that has not changed for so long is complete. */
  quietMs: number;
  /** How many files are remembered; the usual number unless told. */
  limits?: EntryLimits;
}

/** Each file comes up again after this part of the time in which all have to. */
const turnRatio = 0.75;
/** One that waited longer is read without regard to evenness. */
const lateRatio = 0.9;
/** So much of a turn is made up for when there was no time. */
const catchUpRatio = 0.05;
/** A large new file waits for a newer one of at most this part of its size; one that is read again for any. */
const smallRatio = 0.25;
/** Long waits are cut, because the wall clock that they were worked out with may jump. */
const longestIdleMs = 60_000;

interface Waiter {
  /** The scans that there had been of each vault when the waiting began. */
  scanNumbers: ReadonlyMap<Vault, number>;
  resolve: () => void;
}

/** Reads vaults without end, one thing at a time: scans them, reads what is new, reads everything again in turn. */
export class VaultReader {
  readonly #options: VaultReaderOptions;
  readonly #stopping = new AbortController();
  readonly #waiters: Waiter[] = [];
  readonly #working: Promise<void>;
  /** The one that was served last comes last. */
  #vaults: Vault[] = [];
  /** More than one while small files are read in the middle of a large one. */
  #readingUnreadCount = 0;
  #wake = () => {};

  constructor(options: VaultReaderOptions) {
    this.#options = options;
    this.#working = this.#keepWorking();
  }

  /** What did not change goes on as it was; of the rest everything is looked at and told anew. */
  configure(configs: readonly VaultConfig[]): void {
    const { dataFolder, clock, logger, quietMs, limits } = this.#options;
    const before = this.#vaults;
    const unique = [...new Map(configs.map((config) => [config.id, config])).values()];
    this.#vaults = unique.map((config) => {
      const same = before.find((vault) => isSameConfig(vault.config, config));
      if (same !== undefined) return same;
      for (const vault of before) if (vault.config.id === config.id) vault.close();
      const filePath = join(dataFolder, 'vaults', `${config.id}.index`);
      return new Vault(config, { index: new HashIndex(filePath, config.root, logger), clock, quietMs, limits });
    });
    for (const vault of before) if (!this.#vaults.includes(vault)) vault.close();
    this.#wake();
  }

  /** What is new, at most as much as fits into a report. */
  tell(): VaultReport {
    const nowMs = this.#options.clock.monotonicMs();
    for (const vault of this.#vaults) {
      if (nowMs - vault.restatedAtMs < this.#options.restateEveryMs) continue;
      vault.restatedAtMs = nowMs;
      restate(vault);
    }
    return tell(this.#vaults);
  }

  /** Looks at every vault once more; done when what is new was read. */
  settle(): Promise<void> {
    return new Promise((resolve) => {
      const scanNumbers = new Map(this.#vaults.map((vault) => [vault, vault.scanNumber]));
      this.#waiters.push({ scanNumbers, resolve });
      for (const vault of this.#vaults) vault.nextScanAtMs = -Infinity;
      this.#wake();
    });
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#working;
    for (const vault of this.#vaults) vault.close();
    for (const { resolve } of this.#waiters.splice(0)) resolve();
  }

  async #keepWorking(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#work();
      } catch (error) {
        if (signal.aborted) return;
        this.#options.logger.error('reading the vaults failed and begins again', { reason: messageOf(error) });
        await this.#idle(longestIdleMs);
      }
    }
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    const breathe = createBreather(this.#options.clock, signal);
    while (!signal.aborted) {
      await breathe();
      if ((await this.#scanIfDue()) || (await this.#readUnread(Infinity))) continue;
      this.#resolveSettled();
      if (!(await this.#readDoubtful()) && !(await this.#readAgain())) await this.#idle(this.#untilDueMs());
    }
  }

  async #scanIfDue(): Promise<boolean> {
    const { clock } = this.#options;
    const beganAtMs = clock.monotonicMs();
    const vault = this.#vaults.find(({ nextScanAtMs }) => nextScanAtMs <= beganAtMs);
    if (vault === undefined) return false;
    vault.nextScanAtMs = Infinity;
    await scanVault(vault, { clock, signal: this.#stopping.signal });
    const tookMs = clock.monotonicMs() - beganAtMs;
    // One that takes long leaves as much time to read in; one that was asked for meanwhile begins at once.
    const nextAtMs = beganAtMs + Math.max(vault.config.scanEverySeconds * 1000, 2 * tookMs);
    vault.nextScanAtMs = Math.min(vault.nextScanAtMs, nextAtMs);
    return true;
  }

  async #readUnread(maxSizeBytes: number): Promise<boolean> {
    for (const vault of this.#vaults) {
      const file = vault.queue.nextUnread(maxSizeBytes);
      if (file === undefined) continue;
      this.#vaults = [...this.#vaults.filter((other) => other !== vault), vault];
      this.#readingUnreadCount += 1;
      await this.#read(vault, file, file.sizeBytes * smallRatio).finally(() => (this.#readingUnreadCount -= 1));
      return true;
    }
    return false;
  }

  async #readDoubtful(): Promise<boolean> {
    for (const vault of this.#vaults) {
      const file = vault.queue.nextDoubtful();
      if (file === undefined) continue;
      await this.#read(vault, file, Infinity);
      return true;
    }
    return false;
  }

  async #readAgain(): Promise<boolean> {
    const { clock } = this.#options;
    for (const vault of this.#vaults) {
      const { queue, config, datasets } = vault;
      const file = queue.peekTurn(datasets, clock.nowMs());
      if (file === undefined) continue;
      const turnMs = turnRatio * config.coverSeconds * 1000;
      const pauseMs = queue.shareOf(file) * turnMs;
      vault.nextAgainAtMs ??= clock.monotonicMs() + pauseMs;
      if (!this.#isLate(vault, file) && vault.nextAgainAtMs > clock.monotonicMs()) continue;
      queue.takeTurn();
      vault.nextAgainAtMs = Math.max(vault.nextAgainAtMs + pauseMs, clock.monotonicMs() - catchUpRatio * turnMs);
      await this.#read(vault, file, Infinity);
      return true;
    }
    return false;
  }

  #isLate({ config, postponed }: Vault, file: FileRecord): boolean {
    const nowMs = this.#options.clock.nowMs();
    return !postponed.has(file) && nowMs - lastReadMs(file, nowMs) > lateRatio * config.coverSeconds * 1000;
  }

  /** @param letThroughBytes new files up to this size are read in between. */
  async #read(vault: Vault, file: FileRecord, letThroughBytes: number): Promise<void> {
    const { clock } = this.#options;
    const { sizeBytes, modifiedAtMs } = file;
    const reading = await readThrough(file, {
      root: vault.config.root,
      pace: vault.pace,
      clock,
      signal: this.#stopping.signal,
      between: () => this.#letThrough(letThroughBytes),
    });
    // A scan or another configuration may have come between.
    const isSame = !file.isGone && file.sizeBytes === sizeBytes && file.modifiedAtMs === modifiedAtMs;
    if (isSame && this.#vaults.includes(vault)) applyReading(vault, file, reading, clock);
  }

  /** While a large file is read: scans go on, and small new files do not wait for it. */
  async #letThrough(maxSizeBytes: number): Promise<void> {
    while ((await this.#scanIfDue()) || (await this.#readUnread(maxSizeBytes))) {
      this.#stopping.signal.throwIfAborted();
    }
    this.#resolveSettled();
  }

  #untilDueMs(): number {
    const { clock } = this.#options;
    const nowMs = clock.nowMs();
    const dueAtMs = this.#vaults.map(({ queue, datasets, nextScanAtMs, nextAgainAtMs }) =>
      queue.peekTurn(datasets, nowMs) === undefined ? nextScanAtMs : Math.min(nextScanAtMs, nextAgainAtMs ?? Infinity),
    );
    return Math.min(...dueAtMs) - clock.monotonicMs();
  }

  async #idle(durationMs: number): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.max(durationMs, 1), longestIdleMs));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #resolveSettled(): void {
    if (this.#waiters.length === 0 || this.#readingUnreadCount > 0) return;
    if (this.#vaults.some(({ queue }) => queue.hasUnread())) return;
    for (const waiter of this.#waiters.splice(0)) {
      const wasScanned = (vault: Vault) => vault.scanNumber > (waiter.scanNumbers.get(vault) ?? 0);
      if (this.#vaults.every(wasScanned)) waiter.resolve();
      else this.#waiters.push(waiter);
    }
  }
}

function isSameConfig(one: VaultConfig, other: VaultConfig): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
