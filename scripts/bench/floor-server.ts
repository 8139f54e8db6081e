// The floor that intake is held against: a bare node:http server that parses the same body and answers as shortly.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let seenCount = 0;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    const { reports } = JSON.parse(bytes.toString('utf8')) as { reports: unknown[] };
    seenCount += reports.length;
    const body = JSON.stringify({ seenCount });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`);
});
process.once('SIGTERM', () => process.exit(0));
