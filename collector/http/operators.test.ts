import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { backup, testAgent } from '../../test/kit/test-agent.ts';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { appConfig, appStartsAtMs, bearer, serve } from '../../test/kit/served-app.ts';

const hourMs = 3_600_000;
const siti = { name: 'siti', tokenHash: createHash('sha256').update('token-of-siti').digest('hex') };
const by = { actor: 'cli', atMs: appStartsAtMs };
const sitis = { authorization: 'Bearer token-of-siti' };

describe('operators', () => {
  it('come in with a token of their own until it is revoked', async () => {
    const bench = await judgingBench({ config: appConfig, agents: [], startsAtMs: appStartsAtMs });
    const { get } = await serve(bench);
    const statusOf = async (headers: Record<string, string>) => (await get('/api/v1/nodes', headers)).status;
    expect(await statusOf(sitis)).toBe(401);
    await bench.store.operators.add(siti, by);
    expect([await statusOf(sitis), await statusOf(bearer)]).toEqual([200, 200]);
    expect(await statusOf({ authorization: `Bearer ${siti.tokenHash}` })).toBe(401);
    await bench.store.operators.revoke('siti', by);
    expect([await statusOf(sitis), await statusOf(bearer)]).toEqual([401, 200]);
  });

  it('are named in what they do; the token of the data folder is called admin', async () => {
    const agent = testAgent({ key: 1 });
    const bench = await judgingBench({ config: appConfig, agents: [agent], startsAtMs: appStartsAtMs });
    await bench.send(agent, [agent.report(appStartsAtMs, { backups: [backup(appStartsAtMs - 40 * hourMs)] })]);
    await bench.store.operators.add(siti, by);
    const { get } = await serve(bench);
    const acknowledge = async (headers: Record<string, string>) => {
      const [incident] = bench.judging.openIncidents();
      const answer = await get(`/api/v1/incidents/${incident?.id}/acknowledge`, headers, 'POST');
      return ((await answer.json()) as { acknowledgedBy: string }).acknowledgedBy;
    };
    expect(await acknowledge(sitis)).toBe('siti');
    expect(await acknowledge(bearer)).toBe('admin');
  });
});
