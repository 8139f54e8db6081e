import { gzipSync } from 'node:zlib';
import { asSignedConfig } from '../config/config-cache.ts';
import type { SignedConfig } from '../../shared/agent-config-schema.ts';
import type { Clock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { compressWithDictionary } from '../../shared/report-dictionary.ts';
import { signBytes } from '../../shared/signing.ts';
import {
  agentConfigPath,
  agentHeader,
  dictionaryEncoding,
  type ReportsAck,
  reportsPath,
  signatureHeader,
} from '../../shared/wire.ts';
import type { Identity } from '../identity/identity.ts';
import { answerProblem } from './answer-problem.ts';
import { createExchange, type ExchangeAnswer } from './http-exchange.ts';

export interface CollectorClientOptions {
  identity: Identity;
  clock: Pick<Clock, 'nowMs'>;
  /** For one whole exchange; 30 seconds unless told. */
  timeoutMs?: number;
}

export interface CollectorClient {
  /**
   * Sends an envelope, signed and compressed. Resolves when the collector has it on disk.
   * @throws AppError of http-exchange.ts, answer-problem.ts, or `answer-unusable`; `retryable` says whether to keep it.
   */
  postReports(envelope: Buffer): Promise<ReportsAck>;
  /** The configuration that this agent should have; its signature is not checked here. @throws AppError as above. */
  fetchConfiguration(): Promise<SignedConfig>;
  close(): void;
}

const maxAckBytes = 64 * 1024;
const maxConfigurationBytes = 4 * 1024 * 1024;

export function createCollectorClient({
  identity,
  clock,
  timeoutMs = 30_000,
}: CollectorClientOptions): CollectorClient {
  const { agent, privateKey, collectorUrl, fingerprint, allowPlainHttp } = identity;
  const exchange = createExchange({ url: collectorUrl, fingerprint, allowPlainHttp, timeoutMs });
  // An older collector may not know the dictionary; it says so once, and gzip serves from then on.
  let encoding: typeof dictionaryEncoding | 'gzip' = dictionaryEncoding;

  const post = (envelope: Buffer): Promise<ExchangeAnswer> => {
    const body = encoding === 'gzip' ? gzipSync(envelope) : compressWithDictionary(envelope);
    return exchange.send({
      method: 'POST',
      path: reportsPath,
      headers: {
        'content-encoding': encoding,
        [agentHeader]: agent,
        [signatureHeader]: signBytes('report', body, privateKey),
      },
      body,
      maxAnswerBytes: maxAckBytes,
    });
  };

  return {
    async postReports(envelope) {
      let answer = await post(envelope);
      if (answer.status === 415 && encoding !== 'gzip') {
        encoding = 'gzip';
        answer = await post(envelope);
      }
      return parseAck(accepted(answer, clock.nowMs()));
    },
    async fetchConfiguration() {
      const time = new Date(clock.nowMs()).toISOString();
      const answer = await exchange.send({
        method: 'GET',
        path: agentConfigPath,
        headers: {
          [agentHeader]: agent,
          'x-pantau-time': time,
          [signatureHeader]: signBytes('configuration-request', Buffer.from(`${agent}\n${time}`), privateKey),
        },
        maxAnswerBytes: maxConfigurationBytes,
      });
      const signed = asSignedConfig(parseJson(accepted(answer, clock.nowMs())));
      if (signed === undefined) throw unusable('it is not a signed configuration');
      return signed;
    },
    close: () => exchange.close(),
  };
}

function accepted(answer: ExchangeAnswer, nowMs: number): Buffer {
  if (answer.status >= 200 && answer.status < 300) return answer.body;
  throw answerProblem(answer, nowMs);
}

/** Anything in between can answer 200; only a whole acknowledgement lets a report go. */
function parseAck(body: Buffer): ReportsAck {
  const value = parseJson(body);
  const { acked, acceptedCount, duplicateCount, config } = (value ?? {}) as Record<string, unknown>;
  if (!isCount(acked) || !isCount(acceptedCount) || !isCount(duplicateCount) || typeof config !== 'string') {
    throw unusable('it is not an acknowledgement');
  }
  return { acked, acceptedCount, duplicateCount, config };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw unusable('it is not JSON', cause);
  }
}

function unusable(reason: string, cause?: unknown): AppError {
  return new AppError(
    'answer-unusable',
    `The answer does not come from a collector: ${reason}. Check for a proxy or another program at its address.`,
    { retryable: true, cause },
  );
}
