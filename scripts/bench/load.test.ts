import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { seededRandom } from '../simulation/noise.ts';
import { runClosedLoop } from './closed-loop.ts';
import { runOpenLoop } from './open-loop.ts';
import { rawRequest } from './raw-request.ts';

interface Seen {
  bodies: string[];
  connectionCount: number;
}

async function server(statusOf: (body: string) => number): Promise<{ port: number; seen: Seen }> {
  const seen: Seen = { bodies: [], connectionCount: 0 };
  const http = createServer((request, response) => {
    request.setEncoding('utf8');
    request.on('data', (body: string) => {
      seen.bodies.push(body);
      response.writeHead(statusOf(body), { 'content-length': 2 });
      response.end('{}');
    });
  });
  http.on('connection', () => (seen.connectionCount += 1));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => http.close().closeAllConnections());
  return { port: (http.address() as AddressInfo).port, seen };
}

const requests = Array.from({ length: 40 }, (_, index) => rawRequest('/', {}, Buffer.from(String(index))));
const numbers = requests.map((_, index) => String(index));

it('sends every request once over the kept connections and counts the answers', async () => {
  const { port, seen } = await server((body) => (Number(body) < 30 ? 200 : 503));
  const outcome = await runClosedLoop({ port, connectionCount: 4, requests, clock: systemClock, withinMs: 10_000 });
  expect(Object.fromEntries(outcome.answers)).toEqual({ 200: 30, 503: 10 });
  expect(seen.bodies.toSorted((a, b) => Number(a) - Number(b))).toEqual(numbers);
  expect(seen.connectionCount).toBe(4);
});

it('fails when the server is not there', async () => {
  const run = runClosedLoop({ port: 1, connectionCount: 1, requests, clock: systemClock, withinMs: 1000 });
  await expect(run).rejects.toThrow('ECONNREFUSED');
});

it('keeps the rate on new connections and says when each request was due', async () => {
  const { port, seen } = await server(() => 200);
  const random = seededRandom(1);
  const answers = await runOpenLoop({ port, requests, ratePerSecond: 400, clock: systemClock, random });
  expect(seen.connectionCount).toBe(40);
  expect(answers.map(({ status }) => status)).toEqual(requests.map(() => 200));
  const dueMs = answers.map((answer) => answer.dueMs);
  expect(dueMs).toEqual(dueMs.toSorted((a, b) => a - b));
  expect(dueMs.at(-1)).toBeGreaterThan(50);
  expect(dueMs.at(-1)).toBeLessThan(200);
  expect(Math.min(...answers.map(({ answerMs }) => answerMs))).toBeGreaterThan(0);
});
