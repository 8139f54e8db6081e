import { createHash, type KeyObject, randomBytes } from 'node:crypto';
import { Compile } from 'typebox/compile';
import type { SignedConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import { type EnrolAnswer, type EnrolRequest, EnrolRequestSchema } from '../../shared/enrolment.ts';
import { AppError } from '../../shared/errors.ts';
import { agentIdOf, exportPublicKey, importPublicKey, verifyBytes } from '../../shared/signing.ts';
import type { AgentRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

const check = Compile(EnrolRequestSchema);

export interface EnrolmentOptions {
  store: Store;
  clock: Clock;
  /** Base64url text of the collector's own public key. */
  collectorPublicKey: string;
  configFor(agent: AgentRow): SignedConfig;
  onEnrolled(agent: AgentRow): void;
}

/** One-time secrets are random and long, so a plain hash keeps them as well as a slow one would. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

const refusals = {
  'unknown-token': 'This enrolment token is not known here; make a new one with "pantau-collector token create".',
  'expired-token': 'This enrolment token has expired; make a new one with "pantau-collector token create".',
  'used-token': 'This enrolment token was already used by another agent; make a new one for this machine.',
} as const;

/**
 * Turns a one-time token into an enrolled agent.
 * @param body exactly as it arrived, because the signature covers those bytes.
 * @throws AppError 400, 401, 403 or 422.
 */
export async function enrolAgent(
  options: EnrolmentOptions,
  body: Buffer,
  signature: string | undefined,
): Promise<EnrolAnswer> {
  const request = parseRequest(body);
  if (!verifyBytes('enrolment', body, publicKeyOf(request), signature)) {
    throw new AppError('bad-signature', 'The request is not signed with the key that it brings.', { status: 401 });
  }
  const id = agentIdOf(request.publicKey);
  const agent = { id, node: request.node, publicKey: request.publicKey };
  const result = await options.store.enrol(hashSecret(request.secret), agent, options.clock.nowMs());
  if (result.outcome !== 'enrolled') {
    throw new AppError(result.outcome, refusals[result.outcome], { status: 403, field: '/secret' });
  }
  options.onEnrolled(result.agent);
  return { agent: id, collectorPublicKey: options.collectorPublicKey, configuration: options.configFor(result.agent) };
}

function parseRequest(body: Buffer): EnrolRequest {
  let data: unknown;
  try {
    data = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new AppError('not-json', 'The body is not JSON.', { cause });
  }
  if (check.Check(data)) return data;
  const [first] = check.Errors(data);
  const field = first?.instancePath === undefined || first.instancePath === '' ? '/' : first.instancePath.slice(0, 200);
  throw new AppError('invalid-enrolment', `${field} ${first?.message ?? 'does not fit'}.`, { status: 422, field });
}

function publicKeyOf(request: EnrolRequest): KeyObject {
  try {
    const key = importPublicKey(request.publicKey);
    // The last letter has spare bits: one key written in four ways would be four agents.
    if (exportPublicKey(key) !== request.publicKey) throw new Error('not the usual way of writing this key');
    return key;
  } catch (cause) {
    throw new AppError('invalid-enrolment', 'The public key is not an Ed25519 key.', {
      status: 422,
      field: '/publicKey',
      cause,
    });
  }
}
