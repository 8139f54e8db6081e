import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { reportsPath } from '../../shared/wire.ts';
import { loopbackUrl } from './loopback-url.ts';

export interface ReportAnswer {
  status: number;
  /** What the collector asks to wait, when it does. */
  retryAfterSeconds: number | undefined;
  body: Buffer;
  /** From handing the request over until the whole answer was there. */
  answerMs: number;
}

export interface HttpCall {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: Buffer;
}

export interface ReportClient {
  /** Posts to the path of reports. @throws AppError `collector-unreachable` (retryable). */
  send(request: { headers: Record<string, string>; body: Buffer }): Promise<ReportAnswer>;
  /** Any other call to the same collector. @throws AppError as above. */
  call(call: HttpCall): Promise<ReportAnswer>;
  close(): void;
}

export interface ReportClientOptions {
  /** Base URL on 127.0.0.1. */
  url: string;
  /** `new` opens a connection for each request, as an agent behind a firewall that forgets would. */
  connections?: 'kept' | 'new';
  /** For one whole exchange. */
  timeoutMs?: number;
  /** Bound on connections at one time; what is above it waits. */
  maxConnections?: number;
  clock?: Clock;
}

const maxAnswerBytes = 64 * 2 ** 20;

/** @throws AppError `usage` when the URL leads off this machine. */
export function createReportClient(options: ReportClientOptions): ReportClient {
  const { connections = 'kept', timeoutMs = 30_000, maxConnections = 20_000, clock = systemClock } = options;
  const { hostname, port } = loopbackUrl(options.url);
  const agent = new Agent({ keepAlive: connections === 'kept', maxSockets: maxConnections, maxFreeSockets: 1000 });

  const attempt = ({ method, path, headers, body }: HttpCall, mayRepeat: boolean): Promise<ReportAnswer> => {
    const startedAtMs = clock.monotonicMs();
    return new Promise((resolve, reject) => {
      const request = httpRequest({ agent, method, host: hostname, port, path, headers });
      const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      const finish = () => clearTimeout(timer);
      request.once('response', (response) => {
        readBody(response)
          .then((answer) => resolve(answerOf(response, answer, clock.monotonicMs() - startedAtMs)), reject)
          .finally(finish);
      });
      request.once('error', (error: NodeJS.ErrnoException) => {
        finish();
        // The collector had just closed the kept connection: that says nothing about it being there.
        const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        if (isStale && mayRepeat)
          attempt({ method, path, headers, ...(body && { body }) }, false).then(resolve, reject);
        else reject(error);
      });
      request.end(body);
    });
  };

  const call = (wanted: HttpCall) =>
    attempt(wanted, true).catch((cause: unknown) => {
      throw new AppError(
        'collector-unreachable',
        `The collector at ${options.url} cannot be reached: ${messageOf(cause)}.`,
        {
          retryable: true,
          cause,
        },
      );
    });
  return {
    send: (request) => call({ method: 'POST', path: reportsPath, ...request }),
    call,
    close: () => agent.destroy(),
  };
}

function answerOf(response: IncomingMessage, body: Buffer, answerMs: number): ReportAnswer {
  const wait = response.headers['retry-after'];
  const retryAfterSeconds = wait !== undefined && /^\d{1,6}$/.test(wait) ? Number(wait) : undefined;
  return { status: response.statusCode ?? 0, retryAfterSeconds, body, answerMs };
}

function readBody(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    response.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      chunks.push(chunk);
      if (sizeBytes > maxAnswerBytes) response.destroy(new Error(`the answer is longer than ${maxAnswerBytes} bytes`));
    });
    response.once('end', () => resolve(Buffer.concat(chunks)));
    response.once('error', reject);
    response.once('close', () => reject(new Error('the connection broke inside the answer')));
  });
}
