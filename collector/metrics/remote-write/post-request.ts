import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import { durationSeconds } from '../../../shared/duration.ts';
import { AppError, messageOf } from '../../../shared/errors.ts';
import { codeOf, safeCause, safeExcerpt } from '../../notify/mask-secrets.ts';
import { withDeadline } from '../../notify/send-deadline.ts';
import { readAnswer, retryAfterSecondsOf } from '../../notify/webhook-answer.ts';
import type { WebhookTarget } from '../../notify/webhook-target.ts';
import type { RemoteWriteConfig } from './config-schema.ts';
import { readRemoteWriteTarget } from './target.ts';

/** What became of one request. `code` is the HTTP status, or what kept it from getting one. */
export type PostOutcome =
  | { kind: 'taken'; code: string }
  /** It may pass later. */
  | { kind: 'later'; code: string; message: string; retryAfterSeconds: number | undefined }
  /** It will never pass as it is. */
  | { kind: 'refused'; code: string; message: string };

export interface Poster {
  /** One attempt; it never throws. */
  post(body: Uint8Array, signal: AbortSignal): Promise<PostOutcome>;
  /** Ends the connection that is kept open. */
  close(): void;
}

const retryableStatuses = new Set([408, 425, 429]);
/**
 * What Prometheus says of samples that it will never take. 2.42 answers 500 to those that are older than its
 * out-of-order window, and a sender that repeats them stands still for ever.
 */
const refusalPattern = /^(too old sample|out of bounds|out of order sample|duplicate sample for timestamp)\b/;

/** Speaks to one receiver over one connection. Files of the configuration are read for each request: secrets change. */
export function createPoster(config: RemoteWriteConfig): Poster {
  const keepAlive = { keepAlive: true, maxSockets: 1 };
  const http = new HttpAgent(keepAlive);
  let https: { ca: string | undefined; agent: HttpsAgent } | undefined;

  function agentsFor({ ca }: WebhookTarget) {
    if (https === undefined || https.ca !== ca) {
      https?.agent.destroy();
      https = { ca, agent: new HttpsAgent({ ...keepAlive, ...(ca === undefined ? {} : { ca }) }) };
    }
    return { httpAgent: http, httpsAgent: https.agent };
  }

  return {
    async post(body, signal) {
      let target: WebhookTarget;
      try {
        target = readRemoteWriteTarget(config);
      } catch (error) {
        return { kind: 'later', code: codeOf(error), message: messageOf(error), retryAfterSeconds: undefined };
      }
      const what = `receiver at ${target.origin}`;
      const timeoutMs = durationSeconds(config.timeout) * 1000;
      try {
        return await withDeadline({ what, timeoutMs, signal }, async (signal) => {
          const response = await send(target, body, { signal, ...agentsFor(target) });
          const answer = await readAnswer(response.data, signal).catch(() => '');
          return outcomeOf(what, response, safeExcerpt(answer, target.secrets));
        });
      } catch (error) {
        return unreached(what, error, target.secrets);
      }
    },
    close() {
      http.destroy();
      https?.agent.destroy();
    },
  };
}

interface Connection {
  signal: AbortSignal;
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
}

/**
 * axios is loaded with the first request at the latest, and not at all without remote write. It takes the process some
 * fifty milliseconds, so that a collector that starts loads it before it listens.
 */
export async function loadClient() {
  const { default: axios } = await import('axios');
  return axios;
}

async function send(target: WebhookTarget, body: Uint8Array, connection: Connection) {
  const axios = await loadClient();
  return axios.request<Readable>({
    method: 'POST',
    url: target.url,
    data: Buffer.from(body.buffer, body.byteOffset, body.length),
    headers: {
      'User-Agent': 'pantau-collector',
      ...target.headers,
      'Content-Type': 'application/x-protobuf',
      'Content-Encoding': 'snappy',
      'X-Prometheus-Remote-Write-Version': '0.1.0',
    },
    // A redirect would carry the headers' secrets elsewhere.
    maxRedirects: 0,
    responseType: 'stream',
    validateStatus: () => true,
    ...connection,
    ...(target.loopback ? { proxy: false as const } : {}),
  });
}

const login = 'check basicAuth, bearerToken and headers of this receiver';
const path = 'check the path of its url (/api/v1/write, Mimir: /api/v1/push), and that it was started to receive';
/** Refusals that lie in what was configured, not in the samples. */
const remedies: ReadonlyMap<number, string> = new Map([
  [401, login],
  [403, login],
  [404, path],
  [405, path],
]);

function outcomeOf(what: string, { status, headers }: { status: number; headers: object }, said: string): PostOutcome {
  const code = String(status);
  if (status >= 200 && status < 300) return { kind: 'taken', code };
  const remedy = remedies.get(status);
  const message = `${what} answered ${status}${said === '' ? '' : `: ${said}`}${remedy === undefined ? '' : `; ${remedy}`}`;
  const isRefused = status >= 400 && status < 500 && !retryableStatuses.has(status);
  if (isRefused || (status === 500 && refusalPattern.test(said))) return { kind: 'refused', code, message };
  const fields = new Map(Object.entries(headers));
  return {
    kind: 'later',
    code,
    message,
    retryAfterSeconds: retryAfterSecondsOf(fields.get('retry-after'), fields.get('date')),
  };
}

function unreached(what: string, error: unknown, secrets: string[]): PostOutcome {
  const later = { kind: 'later', retryAfterSeconds: undefined } as const;
  if (error instanceof AppError) return { ...later, code: error.code, message: error.message };
  const code = codeOf(error);
  const reason = code === '' ? safeCause(error, secrets).message : code;
  return { ...later, code: code === '' ? 'unreachable' : code, message: `${what} cannot be reached: ${reason}` };
}
