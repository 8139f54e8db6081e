import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody who takes every alert, so that it can be seen that alerts are delivered. */
export interface AlertSink {
  url: string;
  close(): void;
}

/** On a free port of 127.0.0.1. */
export async function startAlertSink(): Promise<AlertSink> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/peringatan`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
