import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError, toProblem } from '../shared/errors.ts';

const maxHeadersSizeBytes = 8 * 1024;

export interface ListenOptions {
  host: string;
  port: number;
  tls: { certificatePem: string; keyPem: string } | undefined;
  handler: RequestListener;
}

/**
 * Starts the server that agents and operators talk to, with bounds on how long and how large a request may be.
 * @throws AppError `port-busy` or `cannot-listen` that says what to do.
 */
export async function listen(options: ListenOptions): Promise<{ server: Server; port: number }> {
  const limits = {
    maxHeaderSize: maxHeadersSizeBytes,
    requestTimeout: 60_000,
    headersTimeout: 20_000,
    keepAliveTimeout: 90_000,
  };
  const server: Server =
    options.tls === undefined
      ? createServer(limits, options.handler)
      : createTlsServer(
          { ...limits, cert: options.tls.certificatePem, key: options.tls.keyPem, minVersion: 'TLSv1.2' },
          options.handler,
        );
  server.maxRequestsPerSocket = 0;
  server.on('clientError', answerUnreadable);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenProblem(options, cause)));
    server.listen({ host: options.host, port: options.port, backlog: 4096 }, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** What cannot even be read as HTTP gets a problem document too, and then loses its connection. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = unreadable(error.code);
  const body = JSON.stringify(toProblem(problem));
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function unreadable(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new AppError('headers-too-large', `The headers are larger than ${maxHeadersSizeBytes} bytes.`, {
      status: 431,
    });
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new AppError('request-timeout', 'The request took too long to arrive.', { status: 408, retryable: true });
  }
  return new AppError('bad-request', 'The request is not valid HTTP.');
}

function listenProblem({ host, port }: ListenOptions, cause: NodeJS.ErrnoException): AppError {
  const place = `${host}:${port}`;
  if (cause.code === 'EADDRINUSE') {
    return new AppError(
      'port-busy',
      `The address ${place} is in use by another program; stop it, or set another listen.port in pantau.yaml.`,
      { cause },
    );
  }
  return new AppError(
    'cannot-listen',
    `The address ${place} cannot be listened on (${cause.code}); check listen in pantau.yaml.`,
    {
      cause,
    },
  );
}
