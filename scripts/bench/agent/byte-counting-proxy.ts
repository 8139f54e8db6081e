import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface ByteCounts {
  /** From the agent to the collector: heads and bodies of requests. */
  upBytes: number;
  downBytes: number;
  connectionCount: number;
}

export interface ByteCountingProxy {
  url: string;
  counts(): ByteCounts;
  close(): void;
}

/** Passes bytes on to a port of this machine and counts them, so that what is on the wire is seen from outside. */
export async function startByteCountingProxy(port: number): Promise<ByteCountingProxy> {
  const counts: ByteCounts = { upBytes: 0, downBytes: 0, connectionCount: 0 };
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    counts.connectionCount += 1;
    const upstream = connect({ host: '127.0.0.1', port, noDelay: true });
    client.on('data', (chunk: Buffer) => void (counts.upBytes += chunk.length));
    upstream.on('data', (chunk: Buffer) => void (counts.downBytes += chunk.length));
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // One side broke: the other learns of it.
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: () => ({ ...counts }),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
