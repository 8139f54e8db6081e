import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentHeader } from '../../shared/wire.ts';
import { rawRequest } from '../kit/raw-request.ts';
import type { TestAgent } from '../kit/test-agent.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { expectStillWorks, problem, problemIn, signed } from './answers.ts';
import { type RealCollector, startRealCollector } from './real-collector.ts';

let collector: RealCollector;
let other: TestAgent;
let agents: readonly TestAgent[];
let nextAgent = 0;

beforeAll(async () => {
  collector = await startRealCollector(8);
  [other, ...agents] = collector.agents as [TestAgent, ...TestAgent[]];
});
afterAll(() => collector.stop());

/** Another one each time, so that the rate limit is not what answers. */
function anAgent(): TestAgent {
  nextAgent += 1;
  return agents[nextAgent % agents.length] ?? other;
}

describe('a request that is no proper request', () => {
  it('is told that the path takes POST only', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await collector.send({ method, headers: {} });
      expect([answer?.headers['allow'], problemIn(answer)]).toEqual(['POST', problem('method-not-allowed', 405)]);
    }
  });

  it('finds nothing at another path, and is not asked who it is at this one with a query', async () => {
    const agent = anAgent();
    const wire = signed(agent, { no: 'envelope' });

    expect(problemIn(await collector.send({ ...wire, path: '/api/v2/reports' }))).toEqual(problem('not-found', 404));
    expect(problemIn(await collector.send({ ...wire, path: '/api/v1/reports?x=1' }))).toMatchObject({ status: 422 });
  });

  it.each([
    ['no HTTP at all', 'hello collector\r\n\r\n'],
    [
      'a header with a line break in its value',
      `POST /api/v1/reports HTTP/1.1\r\nhost: x\r\n${agentHeader}: a\rb\r\n\r\n`,
    ],
    ['a header name with a space', 'POST /api/v1/reports HTTP/1.1\r\nhost: x\r\nx y: z\r\n\r\n'],
    ['a length that is no number', 'POST /api/v1/reports HTTP/1.1\r\nhost: x\r\ncontent-length: abc\r\n\r\n'],
    [
      'a length and pieces at once',
      'POST /api/v1/reports HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'two different lengths',
      'POST /api/v1/reports HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 5\r\n\r\nabcde',
    ],
    ['no host', 'POST /api/v1/reports HTTP/1.1\r\ncontent-length: 0\r\n\r\n'],
  ])('is refused: %s', async (_name, text) => {
    const before = await collector.state();
    const answer = await rawRequest(collector.process.url, [text]);

    expect(answer?.status).toBe(400);
    expect(answer?.headers['connection']).toBe('close');
    expect(await collector.state()).toEqual(before);
  });

  it('is refused when its headers are too large', async () => {
    const answer = await collector.send({ headers: { 'x-large': 'x'.repeat(9000) } });

    expect(problemIn(answer)).toEqual(problem('headers-too-large', 431));
  });

  it('cannot put a header of its own into the answer', async () => {
    const agent = anAgent();
    const body = Buffer.from('x');
    const headers = { ...agent.sign(body), 'content-encoding': 'gzip%0d%0aset-cookie: a=b' };
    const answer = await collector.send({ headers, body });

    expect(problemIn(answer)).toEqual(problem('unsupported-encoding', 415, 'content-encoding'));
    expect(answer?.headers['set-cookie']).toBeUndefined();
  });

  it('that breaks off in the middle of its body changes nothing', async () => {
    const before = await collector.state();
    const agent = anAgent();
    const body = Buffer.from(JSON.stringify(agent.envelope([agent.report(Date.now())], Date.now())));
    const head = (lines: string[]) => ['POST /api/v1/reports HTTP/1.1', 'host: x', ...lines, '', ''].join('\r\n');
    const headers = Object.entries(agent.sign(body)).map(([name, value]) => `${name}: ${value}`);
    const half = body.subarray(0, body.length / 2);
    for (const lines of [[`content-length: ${body.length}`], ['transfer-encoding: chunked']]) {
      const piece = lines[0]?.includes('chunked') === true ? `${half.length.toString(16)}\r\n${half.toString()}` : half;
      const pieces = [head([...headers, ...lines]), piece];
      expect(await rawRequest(collector.process.url, pieces, { endsAfterSending: true })).toBeUndefined();
    }

    expect(await collector.state()).toEqual(before);
  });

  it('that comes letter by letter is taken like any other', async () => {
    const agent = anAgent();
    const body = Buffer.from(JSON.stringify(agent.envelope([agent.report(Date.now())], Date.now())));
    const pieces = Array.from(body, (byte) => Buffer.from([byte]));
    const headers = { ...agent.sign(body), 'content-length': String(body.length) };
    const answer = await collector.send({ headers, pieces });

    expect(JSON.parse(answer?.text ?? '')).toMatchObject({ acceptedCount: 1 });
  });

  it('does not keep others waiting while it hangs', async () => {
    const agent = anAgent();
    const start = `POST /api/v1/reports HTTP/1.1\r\nhost: x\r\n${agentHeader}: ${agent.id}\r\ncontent-length: 500\r\n\r\n{`;
    const hanging = Array.from({ length: 50 }, () => rawRequest(collector.process.url, [start], { timeoutMs: 1500 }));
    const startedAtMs = performance.now();
    await expectStillWorks(collector, anAgent());

    expect(performance.now() - startedAtMs).toBeLessThan(1000);
    expect(await Promise.all(hanging)).toEqual(hanging.map(() => undefined));
  });
});

describe('an agent gone wild', () => {
  it('is told to wait, and no other agent is', async () => {
    const wild = anAgent();
    const wire = signed(wild, wild.envelope([wild.report(Date.now())], Date.now()));
    const counted = await collector.refusedCount('too-many-requests');
    const refused = await waitUntil('the rate limit', async () => {
      const answers = await Promise.all(Array.from({ length: 40 }, () => collector.send(wire)));
      return answers.find((answer) => answer?.status === 429);
    });

    expect(problemIn(refused)).toEqual(problem('too-many-requests', 429));
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(await collector.refusedCount('too-many-requests')).toBeGreaterThan(counted);
    const calm = signed(other, other.envelope([other.report(Date.now())], Date.now()));
    expect((await collector.send(calm))?.status).toBe(200);
  });
});

describe('in the end', () => {
  it('the collector stops as it should', async () => {
    expect(await collector.stop()).toBe(0);
  });
});
