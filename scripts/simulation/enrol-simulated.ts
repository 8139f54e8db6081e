import { Value } from 'typebox/value';
import {
  type AgentConfig,
  AgentConfigSchema,
  type SignedConfig,
  SignedConfigSchema,
} from '../../shared/agent-config-schema.ts';
import { type EnrolAnswer, EnrolAnswerSchema, type EnrolRequest } from '../../shared/enrolment.ts';
import { AppError } from '../../shared/errors.ts';
import { exportPublicKey, importPublicKey, signBytes, verifyBytes } from '../../shared/signing.ts';
import { agentConfigPath, agentHeader, enrolPath, signatureHeader } from '../../shared/wire.ts';
import type { ReportAnswer, ReportClient } from './report-client.ts';
import type { SimulatedAgent } from './simulated-agent.ts';

export interface EnrolledAgent {
  answer: EnrolAnswer;
  /** What the agent is told to do; the collector's signature on it was checked. */
  config: AgentConfig;
}

/**
 * Enrols an agent as a real one does.
 * @param secret of a token that the collector knows.
 * @throws AppError `enrolment-refused` with the collector's own words, or `collector-unreachable`.
 */
export async function enrolSimulated(
  agent: Pick<SimulatedAgent, 'keys' | 'node'>,
  options: { client: ReportClient; secret: string },
): Promise<EnrolledAgent> {
  const publicKey = exportPublicKey(agent.keys.publicKey);
  const request: EnrolRequest = { secret: options.secret, publicKey, node: agent.node, agentVersion: 'simulated' };
  const body = Buffer.from(JSON.stringify(request));
  const headers = {
    'content-type': 'application/json',
    [signatureHeader]: signBytes('enrolment', body, agent.keys.privateKey),
  };
  const answer = accepted(await options.client.call({ method: 'POST', path: enrolPath, headers, body }));
  if (!Value.Check(EnrolAnswerSchema, answer)) throw unusable('it is no enrolment');
  return { answer, config: openConfig(answer.configuration, answer.collectorPublicKey) };
}

/** Fetches the configuration of an agent that is enrolled already. @throws AppError as enrolSimulated. */
export async function fetchConfiguration(
  agent: Pick<SimulatedAgent, 'id' | 'keys'>,
  options: { client: ReportClient; collectorPublicKey: string; nowMs: number },
): Promise<AgentConfig> {
  const time = new Date(options.nowMs).toISOString();
  const signed = signBytes('configuration-request', Buffer.from(`${agent.id}\n${time}`), agent.keys.privateKey);
  const headers = { [agentHeader]: agent.id, 'x-pantau-time': time, [signatureHeader]: signed };
  const answer = accepted(await options.client.call({ method: 'GET', path: agentConfigPath, headers }));
  if (!Value.Check(SignedConfigSchema, answer)) throw unusable('it is no configuration');
  return openConfig(answer, options.collectorPublicKey);
}

function openConfig({ document, signature }: SignedConfig, collectorPublicKey: string): AgentConfig {
  const isOwn = verifyBytes('configuration', Buffer.from(document), importPublicKey(collectorPublicKey), signature);
  if (!isOwn) throw unusable('the configuration in it does not bear its signature');
  const config: unknown = JSON.parse(document);
  if (!Value.Check(AgentConfigSchema, config)) throw unusable('the configuration in it does not fit this version');
  return config;
}

function accepted({ status, body }: ReportAnswer): unknown {
  const text = body.toString('utf8');
  if (status === 200) return JSON.parse(text);
  throw new AppError(
    'enrolment-refused',
    `The collector refused a simulated agent with status ${status}: ${text.slice(0, 500)}`,
    {
      status,
    },
  );
}

function unusable(reason: string): AppError {
  return new AppError('answer-unusable', `The collector's answer to a simulated agent cannot be used: ${reason}.`);
}
