import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import {
  agentIdOf,
  createKeyPair,
  exportPrivateKey,
  exportPublicKey,
  importKeyPair,
  importPublicKey,
  type KeyPair,
} from '../../shared/signing.ts';
import type { Identity } from './identity.ts';
import { readPrivateFile } from './private-file.ts';

export const identityPathOf = (dataFolder: string) => join(dataFolder, 'identity.json');
const enrolmentKeyPathOf = (dataFolder: string) => join(dataFolder, 'enrolment-key.pem');

/** @throws AppError `not-enrolled` when there is none, `damaged-identity` when it cannot be used. */
export function loadIdentity(dataFolder: string, logger: Logger): Identity {
  const path = identityPathOf(dataFolder);
  const text = guarded(path, () => readPrivateFile(path, logger));
  if (text === undefined) {
    throw new AppError(
      'not-enrolled',
      `This agent is not enrolled: ${path} does not exist. Run "pantau-agent enroll <token>" with a token from the collector.`,
    );
  }
  return guarded(path, () => parseIdentity(text));
}

export function saveIdentity(dataFolder: string, identity: Identity): void {
  const stored = {
    agent: identity.agent,
    collectorUrl: identity.collectorUrl,
    fingerprint: identity.fingerprint,
    collectorPublicKey: exportPublicKey(identity.collectorPublicKey),
    allowPlainHttp: identity.allowPlainHttp,
    privateKey: exportPrivateKey(identity.privateKey),
  };
  writeFileAtomically(identityPathOf(dataFolder), `${JSON.stringify(stored, undefined, 2)}\n`);
  rmSync(enrolmentKeyPathOf(dataFolder), { force: true });
}

/**
 * The key pair to enrol with: the agent's own when it is enrolled, else the one of an enrolment that did not finish,
 * else a new one. It is on disk before it is used, so that the same token works again after a lost answer.
 * @throws AppError `damaged-identity` or `data-folder-unusable`.
 */
export function prepareKeyPair(dataFolder: string, logger: Logger): KeyPair {
  prepareDataFolder(dataFolder);
  const path = enrolmentKeyPathOf(dataFolder);
  const unfinished = guarded(path, () => readPrivateFile(path, logger));
  if (unfinished !== undefined) return guarded(path, () => importKeyPair(unfinished));
  if (guarded(identityPathOf(dataFolder), () => readPrivateFile(identityPathOf(dataFolder), logger)) !== undefined) {
    return loadIdentity(dataFolder, logger);
  }
  const pair = createKeyPair();
  writeFileAtomically(path, exportPrivateKey(pair.privateKey));
  return pair;
}

/** Makes the agent's folder, for its own user only. @throws AppError `data-folder-unusable`. */
export function prepareDataFolder(dataFolder: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError(
      'data-folder-unusable',
      `The data folder ${dataFolder} cannot be made: ${messageOf(cause)}. Choose another with --data or PANTAU_AGENT_DATA.`,
      { cause },
    );
  }
}

function parseIdentity(text: string): Identity {
  const stored = JSON.parse(text) as Record<string, unknown> | null;
  const read = (name: string): string => {
    const value = stored?.[name];
    if (typeof value !== 'string') throw new TypeError(`the field "${name}" is missing`);
    return value;
  };
  const pair = importKeyPair(read('privateKey'));
  const agent = read('agent');
  if (agent !== agentIdOf(exportPublicKey(pair.publicKey))) {
    throw new TypeError('the field "agent" does not belong to the private key');
  }
  const collectorUrl = read('collectorUrl');
  if (!URL.canParse(collectorUrl)) throw new TypeError('the field "collectorUrl" is not a URL');
  return {
    agent,
    ...pair,
    collectorUrl,
    ...(stored?.['fingerprint'] === undefined ? {} : { fingerprint: read('fingerprint') }),
    collectorPublicKey: importPublicKey(read('collectorPublicKey')),
    allowPlainHttp: stored?.['allowPlainHttp'] === true,
  };
}

function guarded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'damaged-identity',
      `The file ${path} cannot be used: ${messageOf(cause)}. Restore it from a backup, or remove it and enrol again.`,
      { cause },
    );
  }
}
