import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Recorder {
  url: string;
  close(): void;
}

/** Takes every request of remote write and keeps its body in a file. */
export async function startRecorder(path: string): Promise<Recorder> {
  const file = openSync(path, 'w');
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const size = Buffer.alloc(4);
      size.writeUInt32LE(body.length);
      writeSync(file, Buffer.concat([size, body]));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/write`,
    close() {
      server.close();
      server.closeAllConnections();
      closeSync(file);
    },
  };
}

export function recordedRequests(path: string): Buffer[] {
  const bytes = readFileSync(path);
  const requests: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32LE(at);
    requests.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return requests;
}
