import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judgingBench, type JudgingBench } from '../../test/kit/judging-bench.ts';
import { appStartsAtMs, bearer, serve } from '../../test/kit/served-app.ts';
import { minutes, vantage, widePemda } from '../../test/kit/wide-pemda.ts';

type Answer = Record<string, unknown>;

const json = 'application/json';
const siti = { name: 'siti', tokenHash: createHash('sha256').update('token-of-siti').digest('hex') };

/** A site whose WAN is down, told, and the API of its collector. */
async function brokenSite() {
  const agent = vantage();
  const bench = await judgingBench({ config: widePemda({ siteCount: 1 }), agents: [agent], startsAtMs: appStartsAtMs });
  await minutes(bench, agent, 3, () => 'up');
  await minutes(bench, agent, 6, () => 'down');
  await bench.store.operators.add(siti, { actor: 'cli', atMs: appStartsAtMs });
  return { bench, agent, ...(await api(bench)) };
}

async function api(bench: JudgingBench) {
  const { url, get } = await serve(bench);
  const [open] = bench.judging.openIncidents();
  const id = open?.id ?? '';
  async function post(action: string, body?: unknown, type = json): Promise<{ status: number; row: Answer }> {
    const answer = await fetch(`${url}/api/v1/incidents/${id}/${action}`, {
      method: 'POST',
      headers: { authorization: 'Bearer token-of-siti', 'content-type': type },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, row: (await answer.json()) as Answer };
  }
  const story = async () => (await (await get(`/api/v1/incidents/${id}`, bearer)).json()) as Answer;
  const list = async () => ((await (await get('/api/v1/incidents', bearer)).json()) as { items: Answer[] }).items;
  return { id, get, post, story, list };
}

describe('people and an incident', () => {
  it('take it in hand, say what broke, and everything stands in its timeline with their name', async () => {
    const { id, post, story, bench } = await brokenSite();

    expect(await post('acknowledge')).toMatchObject({ status: 200, row: { id, state: 'acknowledged' } });
    expect((await post('handle')).row).toMatchObject({ state: 'handling', handledBy: 'siti', acknowledgedBy: 'siti' });
    await post('note', { text: 'teknisi berangkat' });
    const cause = { cause: 'cable-cut', text: 'ekskavator', byOtherParty: true };
    expect((await post('cause', cause)).row).toMatchObject({
      cause: 'cable-cut',
      causeAtFirst: 'wan-down',
      serious: true,
      // Lebong asks for none.
      writtenNotice: false,
    });
    expect((await post('owner', { name: 'PT Penyedia' })).row).toMatchObject({ owner: 'PT Penyedia' });

    const told = await story();
    expect(told).toMatchObject({
      id,
      pd: 'pd-0',
      title: expect.stringMatching(/./),
      regulation: 'lebong-perbup-22-2022',
      pasal: '21',
      causeInWords: 'kabel putus atau vandalisme',
      causeText: 'ekskavator',
      byOtherParty: true,
      status: 'breached',
      upSeconds: 0,
      unknownSeconds: 0,
    });
    const timeline = told['timeline'] as { event: string; actor: string; detail: Answer }[];
    expect(timeline.map(({ event, actor }) => `${event} ${actor}`)).toEqual([
      'opened pantau',
      'acknowledged siti',
      'handling siti',
      'note siti',
      'cause siti',
      'owner siti',
    ]);
    expect(timeline[3]?.detail).toEqual({ text: 'teknisi berangkat' });
    expect(bench.judging.openIncidents()).toMatchObject([{ state: 'handling', owner: 'PT Penyedia' }]);
  });

  it('cannot end what is measured to go on, and hear why', async () => {
    const { post, bench } = await brokenSite();
    const { status, row } = await post('resolve', { text: 'sudah' });

    expect(status).toBe(409);
    expect(row).toMatchObject({
      type: 'urn:pantau:problem:incident-state',
      detail: expect.stringContaining('wan-down'),
    });
    expect(bench.judging.openIncidents()).toMatchObject([{ state: 'open' }]);
    expect((await post('reopen', { text: 'x' })).row).toMatchObject({ detail: 'The incident is open.' });
  });

  it.each([
    ['note', {}, '/', 422],
    ['note', { text: '  ' }, '/text', 422],
    ['note', { text: 'x'.repeat(2001) }, '/text', 422],
    ['cause', { cause: 'witchcraft' }, '/cause', 422],
    ['cause', { cause: 'power', byOtherParty: 'yes' }, '/byOtherParty', 422],
    ['owner', { name: 'x', more: 1 }, '/more', 422],
    ['note', '{"text":', '/', 400],
    ['acknowledge', '[]', '/', 422],
  ] as const)('are told which part of the body is wrong: %s %j', async (action, body, field, status) => {
    const { post, bench, id } = await brokenSite();
    const answer = await post(action, body);

    expect(answer).toMatchObject({ status, row: { type: 'urn:pantau:problem:bad-body', field } });
    expect(await bench.store.incidentHistory.events(id)).toHaveLength(1);
  });

  it.each([
    ['{"text":"x"}', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    ['{"text":"x"}', 'text/plain', 415, 'unsupported-media-type'],
    [{ text: 'x'.repeat(64 * 1024) }, json, 413, 'body-too-large'],
  ] as const)('cannot send what is not JSON, or too much of it: %#', async (body, type, status, problem) => {
    const { post, bench, id } = await brokenSite();
    const answer = await post('note', body, type);

    expect(answer).toMatchObject({ status, row: { type: `urn:pantau:problem:${problem}` } });
    expect(await bench.store.incidentHistory.events(id)).toHaveLength(1);
  });

  it('find no incident that is not there', async () => {
    const { get } = await brokenSite();

    expect((await get('/api/v1/incidents/INC-none', bearer)).status).toBe(404);
    expect((await get('/api/v1/incidents/INC-none/handle', bearer, 'POST')).status).toBe(404);
    expect((await get('/api/v1/incidents/INC-none/handle', {}, 'POST')).status).toBe(401);
  });
});

it('the list says how long an incident was known to be so, and what it is now', async () => {
  const { list } = await brokenSite();
  const [row] = await list();

  expect(row).toMatchObject({ state: 'open', reopenedCount: 0, serious: true, writtenNotice: false });
  expect(row?.['downSeconds']).toBeGreaterThanOrEqual(180);
  expect([row?.['unknownSeconds'], row?.['upSeconds']]).toEqual([0, 0]);
});
