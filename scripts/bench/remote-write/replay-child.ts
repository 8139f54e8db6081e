// Posts recorded requests one after the other and does nothing else: the floor of every sender. Argument: the file with
// them. For each line on stdin, an address, it posts all of them there and prints what it took, as JSON.
import { Agent, request as httpRequest } from 'node:http';
import { createInterface } from 'node:readline';
import { recordedRequests } from './recorded-requests.ts';
import { startMeasuring } from './sent.ts';

const [file = ''] = process.argv.slice(2);
const bodies = recordedRequests(file);
const headers = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
};

function post(agent: Agent, url: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { agent, method: 'POST', headers: { ...headers, 'content-length': body.length } });
    request.once('response', (response) => {
      response.resume();
      response.once('end', () => {
        const { statusCode = 0 } = response;
        if (statusCode >= 200 && statusCode < 300) resolve();
        else reject(new Error(`${url} answered ${statusCode}`));
      });
    });
    request.once('error', reject);
    request.end(body);
  });
}

console.log('ready');
for await (const url of createInterface({ input: process.stdin })) {
  const agent = new Agent({ keepAlive: true });
  const measured = startMeasuring();
  for (const body of bodies) await post(agent, url, body);
  console.log(JSON.stringify({ ...measured(), requestCount: bodies.length, sampleCount: 0 }));
  agent.destroy();
}
