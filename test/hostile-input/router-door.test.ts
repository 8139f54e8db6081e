import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';
import { hashSecret, newSecret } from '../../collector/intake/enrolment.ts';
import { formatRouterToken, routerIdOf } from '../../shared/router-token.ts';
import { routerReportsPath } from '../../shared/wire.ts';
import { rawRequest } from '../kit/raw-request.ts';
import { testAgent } from '../kit/test-agent.ts';
import { type RealCollector, startRealCollector } from './real-collector.ts';

let collector: RealCollector;
let token: string;
const agent = routerIdOf('dinkes', 'gerbang');
const maker = testAgent({ bootedAtMs: Date.now() - 3_600_000 });

beforeAll(async () => {
  collector = await startRealCollector(0);
  token = formatRouterToken(agent, newSecret());
  const store = openSqliteStore(join(collector.process.dataFolder, 'pantau.db'));
  const times = { createdAtMs: Date.now(), expiresAtMs: Date.now() + 60_000 };
  const row = { secretHash: hashSecret(token), pd: 'dinkes', site: 'kantor', roles: [], routerNode: 'gerbang' };
  await store.addToken({ ...row, ...times });
  await store.close();
}, 30_000);
afterAll(async () => void (await collector.stop()));

function envelope(patch: Record<string, unknown> = {}): string {
  const { reports, ...rest } = maker.envelope([maker.report(Date.now())], Date.now());
  return JSON.stringify({ ...rest, agent, reports, ...patch });
}

const post = (body: Buffer | string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
  collector.send({ method: 'POST', path: routerReportsPath, headers, body });
const codeOf = (text = '') => (text === '' ? '' : (JSON.parse(text) as { type: string }).type.split(':').at(-1));

describe('the door for routers', () => {
  it('takes what fits', async () => {
    const answer = await post(envelope());
    expect([answer?.status, JSON.parse(answer?.text ?? '')]).toEqual([
      200,
      { acked: 1, acceptedCount: 1, duplicateCount: 0, config: expect.stringMatching(/^[0-9a-f]{12}$/) as unknown },
    ]);
  });

  it.each([
    ['no token', {}, 401, 'no-token'],
    ['an empty token', { authorization: 'Bearer ' }, 401, 'no-token'],
    ['a token of seven kilobytes', { authorization: `Bearer ${'a'.repeat(7000)}` }, 401, 'no-token'],
    ['another secret', { authorization: `Bearer ${agent}.${'A'.repeat(43)}` }, 401, 'unknown-token'],
    [
      'the token of a router that is not there',
      { authorization: `Bearer ${'a'.repeat(16)}.${'A'.repeat(43)}` },
      401,
      'unknown-token',
    ],
  ])('turns a stranger with %s away before it reads a body', async (_what, headers, status, code) => {
    const before = await collector.state();
    const answer = await post('\u0000not json', headers);

    expect([answer?.status, codeOf(answer?.text)]).toEqual([status, code]);
    expect(await collector.state()).toEqual(before);
  });

  it.each([
    ['no JSON', () => 'x', 400, 'not-json'],
    ['nothing', () => '', 400, 'not-json'],
    ['an unknown field', () => envelope({ admin: true }), 422, 'invalid-report'],
    ['the name of another agent', () => envelope({ agent: 'a'.repeat(16) }), 422, 'wrong-agent'],
    ['a body beyond the bound', () => Buffer.alloc(600 * 1024, 0x20), 413, 'body-too-large'],
  ])('refuses %s from a router that it knows', async (_what, body, status, code) => {
    const before = await collector.state();
    const answer = await post(body());

    expect([answer?.status, codeOf(answer?.text)]).toEqual([status, code]);
    expect(await collector.state()).toEqual(before);
  });

  it('outlives connections that break while it looks at their token', async () => {
    const head = `POST ${routerReportsPath} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`;
    const unknown = head.replace(token, `${agent}.${'B'.repeat(43)}`);
    for (const start of [head, unknown]) {
      const broken = `${start}content-length: 5000\r\n\r\n{`;
      await Promise.all(
        Array.from({ length: 20 }, () => rawRequest(collector.process.url, [broken], { endsAfterSending: true })),
      );
    }
    expect((await post(envelope()))?.status).toBe(200);
  });
});
