import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { checkInChild } from '../config/check-child.ts';
import { type LoadedConfig, openSignedConfig, saveConfig } from '../config/config-cache.ts';
import type { Identity } from '../identity/identity.ts';
import type { CollectorClient } from '../uplink/collector-client.ts';
import type { ReportFailure } from './build-report.ts';

export interface ConfigUpdaterOptions {
  identity: Identity;
  dataFolder: string;
  client: Pick<CollectorClient, 'fetchConfiguration'>;
  clock: Pick<Clock, 'monotonicMs'>;
  logger: Logger;
  /** Takes a configuration that is checked and saved. */
  apply: (loaded: LoadedConfig) => void;
  check?: typeof checkInChild;
}

const retryAfterMs = 60_000;

/**
 * Follows the configuration version that the collector names with each acknowledgement. A new one is used only when
 * its signature is the collector's and a child process found nothing wrong with it; otherwise the old one stays.
 */
export class ConfigUpdater {
  readonly #options: ConfigUpdaterOptions;
  #version: string;
  #refusedVersion: string | undefined;
  #isBusy = false;
  #notBeforeMs = -Infinity;
  /** Why the collector's newest configuration is not in use; goes into every report until that changes. */
  problem: ReportFailure | undefined;

  constructor(options: ConfigUpdaterOptions, version: string) {
    this.#options = options;
    this.#version = version;
  }

  /** Never throws. @param version that the agent should have. */
  async follow(version: string): Promise<void> {
    if (version === this.#version) this.problem = undefined;
    if (version === this.#version || version === this.#refusedVersion || this.#isBusy) return;
    if (this.#options.clock.monotonicMs() < this.#notBeforeMs) return;
    this.#isBusy = true;
    try {
      await this.#update();
    } catch (error) {
      this.#notBeforeMs = this.#options.clock.monotonicMs() + retryAfterMs;
      this.#say(messageOf(error));
    } finally {
      this.#isBusy = false;
    }
  }

  async #update(): Promise<void> {
    const { client, identity, dataFolder, logger, apply, check = checkInChild } = this.#options;
    const signed = await client.fetchConfiguration();
    if (signed.version === this.#version) return;
    const loaded = openSignedConfig(signed, identity.collectorPublicKey, 'from the collector');
    const problem = await check(signed.document, { agent: identity.agent });
    if (problem !== undefined) {
      this.#refusedVersion = signed.version;
      this.#say(`version ${signed.version} is not used: ${problem}`);
      return;
    }
    saveConfig(dataFolder, signed);
    this.#version = signed.version;
    this.#refusedVersion = undefined;
    this.problem = undefined;
    apply(loaded);
    logger.info('A new configuration is in use.', { version: signed.version });
  }

  #say(reason: string): void {
    if (this.problem?.reason !== reason) {
      this.#options.logger.error('The new configuration is not used; the old one stays.', { reason });
    }
    this.problem = { of: 'configuration', reason };
  }
}
