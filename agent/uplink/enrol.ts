import { AppError } from '../../shared/errors.ts';
import type { EnrolmentToken } from '../../shared/enrolment-token.ts';
import { type EnrolAnswer, EnrolAnswerSchema, type EnrolRequest } from '../../shared/enrolment.ts';
import type { Logger } from '../../shared/logger.ts';
import { agentIdOf, exportPublicKey, importPublicKey, type KeyPair, signBytes } from '../../shared/signing.ts';
import { enrolPath, signatureHeader } from '../../shared/wire.ts';
import { openSignedConfig, saveConfig } from '../config/config-cache.ts';
import { configProblem } from '../config/check-configuration.ts';
import type { Identity } from '../identity/identity.ts';
import { prepareKeyPair, saveIdentity } from '../identity/store-identity.ts';
import { postOnce } from './enrol-request.ts';
import { checkTransport } from './transport-rule.ts';

export interface EnrolOptions {
  token: EnrolmentToken;
  dataFolder: string;
  /** What the machine calls itself; the collector makes it unique within the department. */
  node: string;
  agentVersion: string;
  /** True when plain HTTP beyond this machine was asked for in words. */
  allowPlainHttp: boolean;
  nowMs: number;
  timeoutMs?: number;
  logger: Logger;
}

/**
 * Makes this machine an agent of the collector that the token names, and saves who it is and what it is to do. The key
 * is on disk before the request, so the same token works again when the answer was lost. For a short-lived process:
 * it loads axios and the schema library.
 * @throws AppError with one sentence that says what to do.
 */
export async function enrol(options: EnrolOptions): Promise<Identity> {
  const { token, dataFolder, allowPlainHttp, logger } = options;
  if (options.nowMs > token.expiresAtMs) throw expired(token, options.nowMs);
  checkTransport({ url: token.url, fingerprint: token.fingerprint, allowPlainHttp });
  const pair = prepareKeyPair(dataFolder, logger);
  const answer = await askCollector(options, pair);
  const identity: Identity = {
    ...pair,
    agent: answer.agent,
    collectorUrl: token.url,
    ...(token.fingerprint === undefined ? {} : { fingerprint: token.fingerprint }),
    collectorPublicKey: importPublicKey(answer.collectorPublicKey),
    allowPlainHttp,
  };
  openSignedConfig(answer.configuration, identity.collectorPublicKey, 'in the enrolment answer');
  const problem = await configProblem(answer.configuration.document, identity.agent);
  if (problem !== undefined) {
    throw unusable(`its configuration does not fit this version of the agent (${problem})`);
  }
  saveConfig(dataFolder, answer.configuration);
  saveIdentity(dataFolder, identity);
  return identity;
}

async function askCollector(options: EnrolOptions, pair: KeyPair): Promise<EnrolAnswer> {
  const { token, node, agentVersion, timeoutMs = 30_000 } = options;
  const publicKey = exportPublicKey(pair.publicKey);
  const request: EnrolRequest = { secret: token.secret, publicKey, node, agentVersion };
  const body = Buffer.from(JSON.stringify(request));
  const answer = await postOnce({
    url: `${token.url}${enrolPath}`,
    fingerprint: token.fingerprint,
    headers: { 'content-type': 'application/json', [signatureHeader]: signBytes('enrolment', body, pair.privateKey) },
    body,
    timeoutMs,
  });
  const { Value } = await import('typebox/value');
  const value = parseJson(answer.text);
  if (answer.status < 200 || answer.status > 299) throw refused(answer.status, value);
  if (!Value.Check(EnrolAnswerSchema, value)) {
    const first = Value.Errors(EnrolAnswerSchema, value)[0];
    throw unusable(`${first?.instancePath ?? '/'} ${first?.message ?? 'does not fit'}`);
  }
  if (value.agent !== agentIdOf(publicKey)) throw unusable('it is for another agent');
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(status: number, problem: unknown): AppError {
  const detail = (problem as { detail?: unknown } | undefined)?.detail;
  const said = typeof detail === 'string' ? detail.slice(0, 500) : `It answered with HTTP status ${status}.`;
  return new AppError('enrolment-refused', `The collector refused the enrolment: ${said}`, {
    status,
    retryable: status >= 500 || status === 429,
  });
}

function unusable(reason: string): AppError {
  return new AppError(
    'answer-unusable',
    `The enrolment failed because the collector's answer cannot be used: ${reason}. Use the same version on both sides.`,
  );
}

function expired(token: EnrolmentToken, nowMs: number): AppError {
  return new AppError(
    'expired-token',
    `The enrolment token expired at ${new Date(token.expiresAtMs).toISOString()} (this machine's clock says ` +
      `${new Date(nowMs).toISOString()}). Make a new one with "pantau-collector token create".`,
  );
}
