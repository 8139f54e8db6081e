import type { VaultConfig } from '../../../shared/agent-config-schema.ts';
import type { Clock } from '../../../shared/clock.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import type { ReportVaultScan } from '../../../shared/report-schema.ts';
import { cleanReason } from '../../sensors/clean-text.ts';
import type { FromReader } from './messages.ts';
import { type ReaderProcess, startReader } from './reader-process.ts';
import { maxVaultRows, noVaultReport, type VaultReport } from './vault-report.ts';

export type { VaultReport } from './vault-report.ts';

export interface VaultWatchOptions {
  /** Folder of the agent's data; what is known of each vault is kept in it. */
  dataFolder: string;
  clock: Clock;
  logger: Logger;
  /** How often things are told again, so that a lost report repairs itself; one hour unless told. */
  restateEveryMs?: number;
  /** A file that has not changed for so long is complete; half a minute unless told. */
  quietMs?: number;
  /** A reader that says nothing for so long hangs; ten minutes unless told. */
  answerWithinMs?: number;
  /** The reader's script, for tests. */
  scriptPath?: string;
}

export interface VaultWatch {
  /**
   * What is new in the vaults since the last call, and from time to time what was told before; at most as much as fits
   * into a report, the rest with the next call. Looking and reading go on in the background, in a process of their own,
   * which the first call starts. Never throws: a reader that fails is told of as a failed scan.
   * @param options `wait`: until every vault was looked at once more and what is new in it was read.
   */
  take(vaults: readonly VaultConfig[], options?: { wait?: boolean }): Promise<VaultReport>;
  /** Waits until every vault was looked at once more and what is new in it was read. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Telling costs the reader milliseconds; what comes later goes with the next report. */
const tellWithinMs = 1000;
const restartAfterMs = 60_000;
const usualQuietMs = 30_000;

export function createVaultWatch(options: VaultWatchOptions): VaultWatch {
  return new Watch(options);
}

class Watch implements VaultWatch {
  readonly #options: VaultWatchOptions;
  readonly #restateEveryMs: number;
  readonly #answerWithinMs: number;
  #vaults: readonly VaultConfig[] = [];
  #configured: readonly VaultConfig[] | undefined;
  #reader: ReaderProcess | undefined;
  #startedAtMs = -Infinity;
  #isClosed = false;
  /** What the reader told and no report took yet. */
  #told: VaultReport | undefined;
  #onReport: (() => void) | undefined;
  /** Since when the reader owes an answer; monotonic. */
  #askedAtMs: number | undefined;
  #settling: (() => void)[] = [];
  #failure: string | undefined;
  #failureSaidAtMs = -Infinity;

  constructor(options: VaultWatchOptions) {
    this.#options = options;
    this.#restateEveryMs = options.restateEveryMs ?? 3_600_000;
    this.#answerWithinMs = options.answerWithinMs ?? 600_000;
  }

  async take(vaults: readonly VaultConfig[], { wait = false }: { wait?: boolean } = {}): Promise<VaultReport> {
    if (this.#isClosed) return noVaultReport();
    this.#vaults = vaults;
    if (vaults.length === 0) {
      await this.#stop();
      return noVaultReport();
    }
    this.#endHanging();
    this.#startIfNeeded();
    this.#configure();
    if (wait) await this.settled();
    await this.#askForReport();
    const report = this.#told ?? noVaultReport();
    this.#told = undefined;
    report.vaultScans = [...this.#failedScans(), ...report.vaultScans].slice(0, maxVaultRows.vaultScans);
    return report;
  }

  async settled(): Promise<void> {
    const reader = this.#reader;
    if (reader === undefined) return;
    this.#askedAtMs ??= this.#nowMs();
    // A reader that hangs is given up here too: nobody else looks at it meanwhile.
    const timer = setInterval(() => this.#endHanging(), Math.min(this.#answerWithinMs, 10_000));
    await new Promise<void>((resolve) => {
      this.#settling.push(resolve);
      reader.send({ do: 'settle' });
    });
    clearInterval(timer);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#stop();
  }

  #startIfNeeded(): void {
    if (this.#reader !== undefined || this.#nowMs() - this.#startedAtMs < restartAfterMs) return;
    const { dataFolder, scriptPath, quietMs = usualQuietMs } = this.#options;
    this.#startedAtMs = this.#nowMs();
    this.#configured = undefined;
    this.#askedAtMs = undefined;
    try {
      const reader = startReader({
        dataFolder,
        restateEveryMs: this.#restateEveryMs,
        quietMs,
        ...(scriptPath !== undefined && { scriptPath }),
        onMessage: (message) => this.#hear(message),
        onEnd: (reason) => {
          if (this.#reader === reader) this.#onEnd(reason);
        },
      });
      this.#reader = reader;
    } catch (error) {
      this.#onEnd(messageOf(error));
    }
  }

  #configure(): void {
    // The reader itself sees what really changed; while the configuration stays, so does the list.
    if (this.#reader === undefined || this.#vaults === this.#configured) return;
    this.#configured = this.#vaults;
    this.#reader.send({ do: 'configure', vaults: this.#vaults });
  }

  async #askForReport(): Promise<void> {
    if (this.#reader === undefined || this.#told !== undefined) return;
    this.#askedAtMs ??= this.#nowMs();
    if (this.#onReport === undefined) this.#reader.send({ do: 'tell' });
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#onReport = resolve;
      timer = setTimeout(resolve, tellWithinMs);
    });
    clearTimeout(timer);
  }

  #hear(message: FromReader): void {
    this.#failure = undefined;
    this.#askedAtMs = undefined;
    if (message.is === 'report') {
      this.#told = message.report;
      this.#onReport?.();
      this.#onReport = undefined;
    } else if (message.is === 'settled') {
      for (const resolve of this.#settling.splice(0)) resolve();
    } else if (message.is === 'log') this.#options.logger[message.level](message.message, message.fields);
    else this.#askedAtMs = this.#nowMs();
  }

  #endHanging(): void {
    if (this.#reader === undefined || this.#askedAtMs === undefined) return;
    if (this.#nowMs() - this.#askedAtMs < this.#answerWithinMs) return;
    // One that cannot be killed stays the only one: a second would hang in the same place.
    this.#reader.kill();
    this.#fail(`no-answer: the reader has said nothing for ${Math.round(this.#answerWithinMs / 1000)} seconds`);
  }

  #onEnd(reason: string): void {
    this.#reader = undefined;
    if (this.#isClosed || this.#vaults.length === 0) this.#giveUpWaiting();
    else this.#fail(this.#failure ?? `reader-failed: ${reason}`);
  }

  #fail(reason: string): void {
    this.#giveUpWaiting();
    if (this.#failure === reason) return;
    this.#failure = reason;
    this.#failureSaidAtMs = -Infinity;
    this.#options.logger.warn('the vaults are not being read', { reason });
  }

  #giveUpWaiting(): void {
    this.#onReport?.();
    this.#onReport = undefined;
    for (const resolve of this.#settling.splice(0)) resolve();
  }

  /** What cannot be read is not healthy: while there is no reader, each vault's scan has failed. */
  #failedScans(): ReportVaultScan[] {
    const reason = this.#failure;
    if (reason === undefined || this.#nowMs() - this.#failureSaidAtMs < this.#restateEveryMs) return [];
    this.#failureSaidAtMs = this.#nowMs();
    const scannedAt = new Date(this.#options.clock.nowMs()).toISOString();
    return this.#vaults.map(({ id, location }) => ({
      vault: id,
      location,
      scannedAt,
      durationSeconds: 0,
      outcome: 'failed',
      reason: cleanReason(reason),
      entryCount: 0,
      unownedCount: 0,
      unowned: [],
      problemCount: 0,
      problems: [],
    }));
  }

  async #stop(): Promise<void> {
    const reader = this.#reader;
    this.#reader = undefined;
    this.#configured = undefined;
    this.#startedAtMs = -Infinity;
    this.#giveUpWaiting();
    await reader?.end();
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }
}
