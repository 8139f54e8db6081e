import type { AgentConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { ReportBackup, ReportRestoreTest } from '../../shared/report-schema.ts';
import { readRestoreTests } from '../backups/restore-tests.ts';
import { type BackupRunner, createBackupRunner } from '../backups/run-backups.ts';
import type { VaultReport, VaultWatch } from '../backups/vault/vault-watch.ts';
import type { BackupPart, ReportFailure } from './build-report.ts';
import { LateRound } from './late-round.ts';

export interface BackupRoundsOptions {
  dataFolder: string;
  clock: Clock;
  logger: Logger;
}

export const noEvidence: BackupPart = { backups: [], restoreTests: [], arrivals: [], holdings: [], vaultScans: [] };

const restateEveryMs = 3_600_000;
const mostClaims = 128;
const mostRestoreTests = 32;

/** What a report says of backups: claims of sources, restore tests, and what a reader sees in vaults. */
export class BackupRounds {
  readonly #options: BackupRoundsOptions;
  readonly #backups: BackupRunner;
  readonly #backupRound = new LateRound<ReportBackup>();
  #vaults: VaultWatch | undefined;
  #saidTests = new Set<string>();
  #saidTestsAtMs = -Infinity;

  constructor(options: BackupRoundsOptions) {
    this.#options = options;
    this.#backups = createBackupRunner(options);
  }

  /**
   * What is new or due to be said again. Claims that come after the wait go with a later report. Never throws: what
   * fails is added to the failures.
   * @param round `isOnly`: no other round follows, so wait for one whole scan of the vaults.
   */
  async look(
    config: AgentConfig,
    round: { waitMs: number; isOnly: boolean },
    failures: ReportFailure[],
  ): Promise<BackupPart> {
    const guard = <Result>(of: string, work: Promise<Result>, otherwise: Result): Promise<Result> =>
      work.catch((error: unknown) => {
        failures.push({ of, reason: messageOf(error) });
        return otherwise;
      });
    const [backups, restoreTests, vaults] = await Promise.all([
      guard('backups', this.#claims(config, round.waitMs), []),
      guard('restore-tests', this.#restoreTests(config), []),
      guard('vaults', this.#inVaults(config, round.isOnly), noEvidence),
    ]);
    const { arrivals, holdings, vaultScans } = vaults;
    return { backups, restoreTests, arrivals, holdings, vaultScans };
  }

  async close(): Promise<void> {
    await Promise.all([this.#backups.close(), this.#vaults?.close()]);
  }

  async #claims({ backups }: AgentConfig, waitMs: number): Promise<ReportBackup[]> {
    if (backups.length === 0) return [];
    return this.#backupRound.take(() => this.#backups.run(backups), { waitMs, maxCount: mostClaims });
  }

  /** Tests that were not said yet; all of them again each hour, so that a lost report repairs itself. */
  async #restoreTests({ backups }: AgentConfig): Promise<ReportRestoreTest[]> {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs - this.#saidTestsAtMs >= restateEveryMs) {
      this.#saidTestsAtMs = nowMs;
      this.#saidTests = new Set();
    }
    const datasets = backups.map(({ dataset }) => dataset);
    const tests = readRestoreTests(this.#options.dataFolder, datasets);
    const fresh = tests.filter(({ runId }) => !this.#saidTests.has(runId)).slice(-mostRestoreTests);
    for (const { runId } of fresh) this.#saidTests.add(runId);
    return fresh;
  }

  async #inVaults({ vaults = [] }: AgentConfig, wait: boolean): Promise<VaultReport> {
    if (vaults.length === 0 && this.#vaults === undefined) return noEvidence;
    // Loaded only where a vault is read: it costs the others memory.
    const { createVaultWatch } = await import('../backups/vault/vault-watch.ts');
    this.#vaults ??= createVaultWatch(this.#options);
    return this.#vaults.take(vaults, { wait });
  }
}
