import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { appConfig, appStartsAtMs, bearer, busyBench, serve, token } from '../../test/kit/served-app.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { resources } from './resources/registry.ts';
import { incidentActions } from '../incidents/actions/registry.ts';

const startsAtMs = appStartsAtMs;
const config = appConfig;

async function problem(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const body = (await response.json()) as Record<string, unknown>;
  expect(body).toMatchObject({ title: expect.any(String), status: response.status, detail: expect.any(String) });
  const { type, status, field } = body;
  return field === undefined ? { type, status } : { type, status, field };
}

const registerRoutes = [
  'get /api/v1/registers',
  'get /api/v1/registers/{register}',
  'post /api/v1/registers/{register}',
  'get /api/v1/registers/{register}/{id}',
  'delete /api/v1/registers/{register}/{id}',
  'get /api/v1/registers/{register}/{id}/history',
  'post /api/v1/registers/{register}/{id}/attachments',
  'get /api/v1/registers/{register}/{id}/attachments/{sha256}',
  'get /api/v1/registers/{register}/export',
  'get /api/v1/registers/{register}/template',
  'post /api/v1/registers/{register}/import',
  'post /api/v1/registers/hardware/seed',
];

const notAuthenticated = { type: 'urn:pantau:problem:not-authenticated', status: 401, field: 'authorization' };

describe('the door for operators', () => {
  it.each(resources.map(({ name }) => name))('keeps /api/v1/%s shut without the right token', async (name) => {
    const { get } = await serve(await judgingBench({ config, agents: [], startsAtMs }));
    const wrong: Record<string, string>[] = [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: `Bearer ${token}x` },
      { authorization: `Basic ${token}` },
      { authorization: `Bearer ${token} ${token}` },
      { authorization: 'Bearer ' },
    ];
    for (const headers of wrong) {
      const response = await get(`/api/v1/${name}`, headers);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await problem(response)).toEqual(notAuthenticated);
    }
    expect((await get(`/api/v1/${name}`)).status).toBe(200);
  });

  it('tells strangers nothing of what exists below it', async () => {
    const { get } = await serve(await judgingBench({ config, agents: [], startsAtMs }));

    expect(await problem(await get('/api/v1/no-such-thing', {}))).toEqual(notAuthenticated);
    expect(await problem(await get('/api/v1/incidents/INC-1/acknowledge', {}, 'POST'))).toEqual(notAuthenticated);
  });

  it.each(['/', '/metrics', '/healthz', '/readyz', '/api/v1/openapi.json'])('stands open for %s', async (path) => {
    const { get } = await serve(await judgingBench({ config, agents: [], startsAtMs }));
    const response = await get(path, {});

    expect(response.status).toBe(200);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('the lists of the API', () => {
  interface Page {
    items: Record<string, unknown>[];
    totalCount: number;
  }
  interface Document {
    paths: Record<
      string,
      Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
    >;
  }

  it.each(resources.map((resource) => ({ name: resource.name, resource })))(
    'answer /api/v1/$name exactly as the description says',
    async ({ name, resource }) => {
      const bench = await busyBench();
      const { get } = await serve(bench);
      const document = (await (await get('/api/v1/openapi.json')).json()) as Document;
      const schema =
        document.paths[`/api/v1/${name}`]?.['get']?.responses['200']?.content?.['application/json']?.schema;
      const page = (await (await get(`/api/v1/${name}`)).json()) as Page;

      expect(Compile(schema ?? {}).Errors(page)).toEqual([]);
      expect(page.items.length).toBeGreaterThan(0);
      for (const row of page.items) expect(Object.keys(row)).toEqual(Object.keys(resource.row.properties));
    },
  );

  it('give pages, and the number of all rows on each', async () => {
    const { get } = await serve(await busyBench());
    const nodes = async (query: string) => (await (await get(`/api/v1/nodes${query}`)).json()) as Page;
    const names = (page: Page) => page.items.map((row) => row['node']);

    expect(await nodes('')).toMatchObject({ totalCount: 3 });
    expect(names(await nodes('?limit=2'))).toEqual(['server-1', 'server-2']);
    expect(await nodes('?limit=2&offset=2')).toMatchObject({ items: [{ node: 'never-heard' }], totalCount: 3 });
    expect(await nodes('?offset=99')).toEqual({ items: [], totalCount: 3 });
    expect(names(await nodes('?pd=dinkes&limit=1&offset=1'))).toEqual(['never-heard']);
    expect(await nodes('?pd=dinkes&offset=50')).toMatchObject({ items: [] });
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1e3', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['offset=abc', 'offset'],
    ['offset=99999999999', 'offset'],
    ['pd=dinkes&pd=dinsos', 'pd'],
  ])('refuse the query %s', async (query, field) => {
    const { get } = await serve(await judgingBench({ config, agents: [], startsAtMs }));

    expect(await problem(await get(`/api/v1/nodes?${query}`))).toEqual({
      type: 'urn:pantau:problem:bad-query',
      status: 422,
      field,
    });
  });

  it('say that a department is not known here, and leave one without rows empty', async () => {
    const { get } = await serve(await judgingBench({ config, agents: [], startsAtMs }));

    expect(await (await get('/api/v1/nodes?pd=dinkess')).json()).toMatchObject({
      type: 'urn:pantau:problem:bad-query',
      status: 422,
      detail: 'There is no department "dinkess"; did you mean "dinkes"?',
      field: 'pd',
    });
    for (const name of ['incidents', 'backup-days', 'availability', 'routers', 'paths']) {
      expect([name, (await get(`/api/v1/${name}?pd=`)).status]).toEqual([name, 422]);
      expect([name, (await get(`/api/v1/${name}?pd=dinkes`)).status]).toEqual([name, 200]);
    }
    expect(await (await get('/api/v1/nodes?pd=dinkes')).json()).toEqual({ items: [], totalCount: 0 });
  });

  it('still answer for a department that is configured no more, as long as something is known of it', async () => {
    const moved = testAgent({ pd: 'dinas-lama', site: 'kantor', node: 'srv9' });
    const { get } = await serve(await judgingBench({ config, agents: [moved], startsAtMs }));

    expect(await (await get('/api/v1/nodes?pd=dinas-lama')).json()).toMatchObject({ totalCount: 1 });
    expect((await get('/api/v1/incidents?pd=dinas-lama')).status).toBe(200);
  });

  it('write times in the Pemda’s own zone', async () => {
    const { get } = await serve(await busyBench());
    const { items } = (await (await get('/api/v1/nodes?pd=diskominfo')).json()) as Page;

    expect(items[0]?.['lastReportAt']).toBe('2026-11-22T10:00:00.000+07:00');
  });
});

describe('the description of the API', () => {
  it('has a path for every route that there is, and no other', async () => {
    const bench = await judgingBench({ config, agents: [], startsAtMs });
    const { get } = await serve(bench);
    const { paths } = (await (await get('/api/v1/openapi.json')).json()) as { paths: Record<string, object> };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    for (const route of described) {
      const [method = '', path = ''] = route.split(' ');
      // These two are in front of the app.
      if (path === '/api/v1/reports' || path === '/api/v1/router-reports') continue;
      const response = await get(
        path.replace('{register}', 'audit').replace('{id}', 'INC-1'),
        bearer,
        method.toUpperCase(),
      );
      const body = await response.text();
      expect([route, body.includes('There is nothing at')]).toEqual([route, false]);
    }

    expect(described.toSorted()).toEqual(
      [
        ...resources.map(({ name }) => `get /api/v1/${name}`),
        'get /api/v1/documents/{key}/{file}',
        'get /api/push/{uuid}',
        'get /api/v1/agent/configuration',
        'get /api/v1/router-agent',
        'get /api/v1/ledger',
        'get /api/v1/ledger/checkpoint',
        'get /healthz',
        'get /metrics',
        ...['get', 'head', 'post'].flatMap((method) => [
          `${method} /ping/{uuid}`,
          `${method} /ping/{uuid}/{action}`,
          `${method} /ping/{pingKey}/{slug}/{action}`,
        ]),
        'get /readyz',
        'post /api/push/{uuid}',
        'post /api/v1/enroll',
        'get /api/v1/incidents/{id}',
        'get /api/v1/obligations/{id}/history',
        'get /api/v1/obligations/{id}/why',
        ...incidentActions.map(({ name }) => `post /api/v1/incidents/{id}/${name}`),
        ...registerRoutes,
        'post /api/v1/reports',
        'post /api/v1/router-reports',
      ].toSorted(),
    );
  });
});

describe('what goes wrong', () => {
  it.each([
    ['/nothing', 'GET', 404, 'not-found'],
    ['/api/v1/nothing', 'GET', 404, 'not-found'],
    ['/api/v1/incidents/%E0%A4%A/acknowledge', 'POST', 400, 'bad-request'],
    ['/api/v1/incidents/INC-1/acknowledge', 'POST', 404, 'not-found'],
    ['/api/v1/nodes', 'DELETE', 404, 'not-found'],
    ['/api/v1/reports', 'GET', 405, 'method-not-allowed'],
    ['/api/v1/enroll', 'GET', 405, 'method-not-allowed'],
    ['/api/v1/agent/configuration', 'PUT', 405, 'method-not-allowed'],
  ])('is told as a problem: %s %s', async (path, method, status, code) => {
    const { get } = await serve(await judgingBench({ config, agents: [], startsAtMs }));

    expect(await problem(await get(path, bearer, method))).toMatchObject({
      type: `urn:pantau:problem:${code}`,
      status,
    });
  });

  it('is told to agents without asking them for an operator’s token', async () => {
    const { get } = await serve(await judgingBench({ config, agents: [], startsAtMs }));
    const response = await get('/api/v1/reports', {}, 'PUT');

    expect(response.headers.get('allow')).toBe('POST');
    expect(await problem(response)).toEqual({ type: 'urn:pantau:problem:method-not-allowed', status: 405 });
  });

  it('is 503 when the store cannot be written, and the log says why', async () => {
    const bench = await judgingBench({ config, agents: [], startsAtMs });
    const store = { ...bench.store, checkWritable: () => Promise.reject(new Error('disk I/O error')) };
    const { get, lines } = await serve({ ...bench, store });
    const response = await get('/readyz', {});

    expect(response.headers.get('retry-after')).toBe('30');
    expect(await problem(response)).toEqual({ type: 'urn:pantau:problem:not-ready', status: 503 });
    expect(lines.join('')).toContain('disk I/O error');
  });

  it('never shows what broke inside', async () => {
    const bench = await judgingBench({ config, agents: [], startsAtMs });
    const store = { ...bench.store, loadIncidents: () => Promise.reject(new Error('secret path /root/x')) };
    const { get, lines } = await serve({ ...bench, store });
    const response = await get('/api/v1/incidents');
    const text = await response.clone().text();

    expect(await problem(response)).toEqual({ type: 'urn:pantau:problem:internal', status: 500 });
    expect(text).not.toContain('/root/x');
    expect(lines.join('')).toContain('secret path /root/x');
  });

  it('in the middle of the metrics page cuts the page off and leaves the process alive', async () => {
    const bench = await judgingBench({ config, agents: [], startsAtMs });
    async function* broken() {
      yield '# one\n';
      yield '# two\n';
      await new Promise((next) => setImmediate(next));
      throw new Error('the store broke');
    }
    const { get, lines } = await serve(bench, { metricsPage: broken });

    await expect(
      get('/metrics', { 'accept-encoding': 'identity' }).then((response) => response.text()),
    ).rejects.toThrow('terminated');
    expect((await get('/healthz', {})).status).toBe(200);
    expect(lines.join('')).toContain('the store broke');
  });
});
