import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createKeyPair, exportPublicKey, agentIdOf } from '../../shared/signing.ts';
import type { Identity } from '../identity/identity.ts';
import type { TestCertificate } from './certificate.test-kit.ts';

export interface PeerRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Peer {
  url: string;
  requests: PeerRequest[];
  connectionCount: () => number;
  /** Bytes that all clients have sent, framing included. */
  receivedBytes: () => number;
  dropConnections: () => void;
  close: () => Promise<void>;
}

/** A real server on 127.0.0.1 that stands where the collector would. */
export async function startPeer(
  answer: (request: PeerRequest, response: ServerResponse) => void,
  certificate?: TestCertificate,
): Promise<Peer> {
  const requests: PeerRequest[] = [];
  const sockets = new Set<Socket>();
  const seen: Socket[] = [];
  const server: Server = certificate === undefined ? createServer() : createTlsServer(certificate);
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    seen.push(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const whole = { method, path: url, headers, body: Buffer.concat(chunks) };
      requests.push(whole);
      answer(whole, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    connectionCount: () => seen.length,
    receivedBytes: () => seen.reduce((sum, socket) => sum + socket.bytesRead, 0),
    dropConnections: () => sockets.forEach((socket) => socket.destroy()),
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}

export function createIdentity(url: string, fingerprint?: string): Identity {
  const pair = createKeyPair();
  return {
    agent: agentIdOf(exportPublicKey(pair.publicKey)),
    ...pair,
    collectorUrl: url,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    collectorPublicKey: createKeyPair().publicKey,
    allowPlainHttp: false,
  };
}

export const ackOf = (acked: number, config = '0123456789ab') =>
  JSON.stringify({ acked, acceptedCount: 1, duplicateCount: 0, config });
