import type { Agent, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { AppError } from '../../shared/errors.ts';
import { connectPinned, patientWithAddresses } from './pinned-tls.ts';
import { checkTransport, type Transport } from './transport-rule.ts';

export interface ExchangeRequest {
  method: 'GET' | 'POST';
  /** Absolute path below the base URL. */
  path: string;
  headers: Record<string, string | number>;
  body?: Buffer;
  /** A longer answer is an error. */
  maxAnswerBytes: number;
}

export interface ExchangeAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Exchange {
  /** @throws AppError `certificate-mismatch`, `collector-unreachable` or `answer-too-large`, all retryable. */
  send(request: ExchangeRequest): Promise<ExchangeAnswer>;
  close(): void;
}

/**
 * Requests to one collector over one kept connection. Uses the system's own http without its ESM facade, which would
 * load a second HTTP client that nobody here needs.
 * @param timeoutMs for one whole exchange.
 * @throws AppError of checkTransport.
 */
export function createExchange(transport: Transport & { timeoutMs: number }): Exchange {
  checkTransport(transport);
  const http = process.getBuiltinModule('node:http');
  const url = new URL(transport.url);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
  const isTls = url.protocol === 'https:';
  if (isTls) pinConnections(agent, transport);
  const target = {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
    basePath: url.pathname.replace(/\/$/, ''),
  };

  const attempt = ({ method, path, headers, body, maxAnswerBytes }: ExchangeRequest, mayRepeat: boolean) =>
    new Promise<ExchangeAnswer>((resolve, reject) => {
      const request = http.request({
        agent,
        method,
        host: target.host,
        port: target.port,
        ...patientWithAddresses(transport.timeoutMs),
        path: target.basePath + path,
        headers: { host: url.host, ...headers, ...(body === undefined ? {} : { 'content-length': body.length }) },
      });
      const timer = setTimeout(
        () => request.destroy(new Error(`no answer within ${transport.timeoutMs} ms`)),
        transport.timeoutMs,
      );
      request.once('response', (response) => {
        readBounded(response, maxAnswerBytes)
          .then(resolve, reject)
          .finally(() => clearTimeout(timer));
      });
      request.once('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        // The collector had just closed the kept connection: that says nothing about it being there.
        const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        if (isStale && mayRepeat)
          attempt({ method, path, headers, maxAnswerBytes, ...(body && { body }) }, false).then(resolve, reject);
        else reject(error);
      });
      request.end(body);
    });

  return {
    send: (request) =>
      attempt(request, true).catch((error: unknown) => {
        throw error instanceof AppError && error.code !== 'connect-timeout' ? error : unreachable(url.origin, error);
      }),
    close: () => agent.destroy(),
  };
}

/** The agent gets a socket only once its certificate has been checked. */
function pinConnections(agent: Agent, { fingerprint = '', timeoutMs }: Transport & { timeoutMs: number }): void {
  agent.createConnection = (options, callback) => {
    connectPinned({ host: String(options.host), port: Number(options.port), fingerprint, timeoutMs }).then(
      (socket) => callback?.(null, socket),
      (error: Error) => callback?.(error, undefined as never),
    );
    return undefined;
  };
}

function readBounded(response: IncomingMessage, maxSizeBytes: number): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    response.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      chunks.push(chunk);
      if (sizeBytes > maxSizeBytes) response.destroy(tooLarge(maxSizeBytes));
    });
    response.once('end', () => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
    });
    response.once('error', reject);
    response.once('close', () => reject(new Error('the connection broke inside the answer')));
  });
}

function tooLarge(maxSizeBytes: number): AppError {
  return new AppError('answer-too-large', `The collector's answer is longer than ${maxSizeBytes} bytes.`, {
    retryable: true,
  });
}

function unreachable(origin: string, cause: unknown): AppError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = message === '' || message === undefined ? (code ?? 'unknown') : message;
  return new AppError('collector-unreachable', `The collector at ${origin} cannot be reached: ${reason}.`, {
    retryable: true,
    cause,
  });
}
