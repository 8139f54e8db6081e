import type { KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentConfig, SignedConfig } from '../../shared/agent-config-schema.ts';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { verifyBytes } from '../../shared/signing.ts';

/** A configuration whose signature was good. */
export interface LoadedConfig {
  version: string;
  config: AgentConfig;
}

const maxSizeBytes = 4 * 1024 * 1024;

export const configPathOf = (dataFolder: string) => join(dataFolder, 'configuration.json');

/** @param signed was verified and checked by its caller. */
export function saveConfig(dataFolder: string, signed: SignedConfig): void {
  const { version, document, signature } = signed;
  writeFileAtomically(configPathOf(dataFolder), JSON.stringify({ version, document, signature }));
}

/**
 * The last accepted configuration. Its signature is checked each time, so that a file changed on disk is refused; its
 * shape was checked before it was saved (check-configuration.ts), which keeps the schema library out of the agent.
 * @throws AppError `no-configuration` or `damaged-configuration`.
 */
export function loadConfig(dataFolder: string, collectorPublicKey: KeyObject): LoadedConfig {
  const path = configPathOf(dataFolder);
  let text: string;
  try {
    if (statSync(path).size > maxSizeBytes) throw new RangeError('it is too large');
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError(
      'no-configuration',
      `The cached configuration ${path} cannot be read: ${messageOf(cause)}. Enrol again with a new token.`,
      { cause },
    );
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw damaged(path, 'it is not JSON', cause);
  }
  const signed = asSignedConfig(parsed);
  if (signed === undefined) throw damaged(path, 'version, document or signature is missing');
  return openSignedConfig(signed, collectorPublicKey, path);
}

/**
 * @param origin where it came from, for the message.
 * @throws AppError `damaged-configuration` when the signature is not the collector's.
 */
export function openSignedConfig(signed: SignedConfig, collectorPublicKey: KeyObject, origin: string): LoadedConfig {
  if (!verifyBytes('configuration', Buffer.from(signed.document), collectorPublicKey, signed.signature)) {
    throw damaged(origin, 'its signature is not from the collector that this agent enrolled with');
  }
  try {
    return { version: signed.version, config: JSON.parse(signed.document) as AgentConfig };
  } catch (cause) {
    throw damaged(origin, 'its document is not JSON', cause);
  }
}

/** @returns undefined when a value does not have the form of a signed configuration. */
export function asSignedConfig(value: unknown): SignedConfig | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { version, document, signature } = value as Record<string, unknown>;
  if (typeof version !== 'string' || typeof document !== 'string' || typeof signature !== 'string') return undefined;
  return /^[0-9a-f]{12}$/.test(version) ? { version, document, signature } : undefined;
}

function damaged(origin: string, reason: string, cause?: unknown): AppError {
  return new AppError(
    'damaged-configuration',
    `The configuration ${origin} is refused: ${reason}. Enrol again with a new token if this persists.`,
    { retryable: true, cause },
  );
}
