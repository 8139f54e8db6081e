import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startByteCountingProxy } from './byte-counting-proxy.ts';

it('passes requests on and counts every byte of both directions', async () => {
  const server = createServer((incoming, response) => {
    incoming.resume().once('end', () => response.end('pong!'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close().closeAllConnections());
  const proxy = await startByteCountingProxy((server.address() as AddressInfo).port);
  onTestFinished(() => proxy.close());

  const { body, upBytes, downBytes } = await new Promise<{ body: string; upBytes: number; downBytes: number }>(
    (resolve, reject) => {
      const posting = request(proxy.url, { method: 'POST', agent: false }, (response) => {
        let body = '';
        const { socket } = response;
        response.on('data', (chunk: Buffer) => void (body += chunk.toString()));
        response.on('end', () => resolve({ body, upBytes: socket.bytesWritten, downBytes: socket.bytesRead }));
      });
      posting.once('error', reject);
      posting.end('ping');
    },
  );
  expect(body).toBe('pong!');
  expect(proxy.counts()).toEqual({ upBytes, downBytes, connectionCount: 1 });
});
