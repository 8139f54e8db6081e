import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { systemClock } from '../../../shared/clock.ts';
import type { Attempt } from './attempt-several-times.ts';
import { ProbeFailure } from './failure-reasons.ts';
import { addPhase, openConnection } from './open-connection.ts';
import { startTls } from './start-tls.ts';

export interface PageRequest {
  url: URL;
  /** Host name or address that is connected to. */
  connectTo: string;
  /** What an https server's certificate must be for. */
  certificateName: string;
  timeoutMs: number;
}

export interface HttpAnswer {
  status: number;
  location: string | undefined;
  /** The first 64 KiB. */
  body: Buffer;
}

const maxBodyBytes = 64 * 1024;

/** One GET over a connection of its own, which is closed afterwards; the phases are added to the attempt's. */
export async function requestPage(attempt: Attempt, request: PageRequest): Promise<HttpAnswer> {
  const { url, connectTo, certificateName, timeoutMs } = request;
  const isTls = url.protocol === 'https:';
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port);
  const socket = await openConnection(attempt, { host: connectTo, port }, timeoutMs);
  try {
    return await exchange(attempt, url, isTls ? await startTls(attempt, socket, certificateName) : socket);
  } finally {
    socket.destroy();
  }
}

async function exchange(attempt: Attempt, url: URL, socket: Socket): Promise<HttpAnswer> {
  // Without the ESM facade of node:http, which would load a second HTTP client that nobody here needs.
  const http = process.getBuiltinModule('node:http');
  let sinceMs = systemClock.monotonicMs();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = http.request({
      createConnection: () => socket,
      method: 'GET',
      path: url.pathname + url.search,
      headers: { host: url.host, 'user-agent': 'pantau-agent', accept: '*/*', connection: 'close' },
      maxHeaderSize: 16 * 1024,
    });
    request.on('error', reject);
    request.once('response', resolve);
    request.once('close', () => reject(new ProbeFailure('connection-reset')));
    request.end();
  });
  // Whatever becomes of it after it has been left is of no account.
  response.on('error', () => {});
  const answeredAtMs = systemClock.monotonicMs();
  addPhase(attempt, 'waitSeconds', answeredAtMs - sinceMs);
  sinceMs = answeredAtMs;
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 599) throw new ProbeFailure('bad-answer');
  attempt.details.httpStatus = status;
  const body = await readStart(response);
  addPhase(attempt, 'transferSeconds', systemClock.monotonicMs() - sinceMs);
  return { status, location: status >= 300 && status < 400 ? response.headers.location : undefined, body };
}

function readStart(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const finish = () => resolve(Buffer.concat(chunks).subarray(0, maxBodyBytes));
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes >= maxBodyBytes) finish();
    });
    response.once('end', finish);
    response.on('error', reject);
    response.once('close', () => reject(new ProbeFailure('connection-reset')));
  });
}
