import { expect, it } from 'vitest';
import { appConfig, appStartsAtMs, busyBench, serve } from '../../test/kit/served-app.ts';
import { judgingBench } from '../../test/kit/judging-bench.ts';
import { waitUntil } from '../../test/kit/wait-until.ts';
import { metricsPage } from '../metrics/metrics-page.ts';
import { createOwnMetrics } from '../metrics/own-metrics.ts';

async function served(bench: Awaited<ReturnType<typeof busyBench>>) {
  const own = createOwnMetrics(bench.store);
  const { config, fleet, judging, clock } = bench;
  return serve(bench, {
    metricsPage: (asked) => metricsPage({ config, fleet, judging, nowMs: clock.nowMs() }, own, asked),
  });
}

const namesIn = (text: string) => new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));

it('shows the groups that were asked for and no other', async () => {
  const { get } = await served(await busyBench());
  const backups = namesIn(await (await get('/metrics?collect[]=backup', {})).text());
  const own = namesIn(await (await get('/metrics?collect[]=collector', {})).text());
  const all = namesIn(await (await get('/metrics', {})).text());

  expect([...backups].filter((name) => !/^pantau_(backup|dataset)_/.test(name ?? ''))).toEqual([]);
  expect(backups).toContain('pantau_backup_proof_level');
  expect(own).toContain('pantau_reports_total');
  expect(own).toContain('pantau_collector_process_resident_memory_bytes');
  expect(own).not.toContain('pantau_node_up');
  expect([...backups, ...own].filter((name) => !all.has(name))).toEqual([]);
});

it('says which groups there are to who asks for another one', async () => {
  const { get } = await serve(await judgingBench({ config: appConfig, agents: [], startsAtMs: appStartsAtMs }));
  const response = await get('/metrics?collect[]=cpu', {});

  expect([response.status, response.headers.get('content-type')]).toEqual([
    400,
    'application/problem+json; charset=utf-8',
  ]);
  expect(await response.json()).toMatchObject({
    type: 'urn:pantau:problem:bad-query',
    field: 'collect[]',
    detail: expect.stringMatching(/^There is no group "cpu"; collect\[\] is one of node, .*collector\.$/),
  });
});

it('is OpenMetrics for who prefers it, with the same samples', async () => {
  const { get } = await served(await busyBench());
  const groups = 'collect[]=node&collect[]=link&collect[]=router&collect[]=backup&collect[]=obligation';
  const plain = await get(`/metrics?${groups}`, { accept: 'text/plain' });
  const open = await get(`/metrics?${groups}`, { accept: 'application/openmetrics-text; version=1.0.0' });
  const [plainText, openText] = [await plain.text(), await open.text()];
  const samplesIn = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

  expect(plain.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(open.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  expect(open.headers.get('vary')).toBe('Accept, Accept-Encoding');
  expect(samplesIn(openText)).toEqual(samplesIn(plainText));
  expect(samplesIn(openText).length).toBeGreaterThan(20);
  expect(openText).toContain('\n# TYPE pantau_node_spool_dropped_reports counter\n');
  expect(openText.endsWith('\n# EOF\n')).toBe(true);
  expect(openText.indexOf('# EOF')).toBe(openText.length - 6);
});

it('is only read', async () => {
  const { url } = await served(await busyBench());
  const response = await fetch(`${url}/metrics`, { method: 'POST' });

  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
});

it('answers HEAD without a page', async () => {
  const { get } = await served(await busyBench());
  const response = await get('/metrics', {}, 'HEAD');

  expect([response.status, await response.text()]).toEqual([200, '']);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
});

it('says so as a problem when it breaks before anything was sent', async () => {
  const bench = await judgingBench({ config: appConfig, agents: [], startsAtMs: appStartsAtMs });
  async function* broken() {
    yield '# one\n';
    await new Promise((next) => setImmediate(next));
    throw new Error('the store broke');
  }
  const { get, lines } = await serve(bench, { metricsPage: broken });
  const response = await get('/metrics', {});

  expect([response.status, response.headers.get('content-type')]).toEqual([
    500,
    'application/problem+json; charset=utf-8',
  ]);
  expect(lines.join('')).toContain('the store broke');
});

it('is compressed for who asks for it, and not when it is tiny', async () => {
  const { get } = await served(await busyBench());
  const whole = await get('/metrics', { 'accept-encoding': 'gzip' });
  const tiny = await get('/metrics?collect[]=vault', { 'accept-encoding': 'gzip' });
  const plain = await get('/metrics?collect[]=node', { 'accept-encoding': 'gzip;q=0' });

  expect(whole.headers.get('content-encoding')).toBe('gzip');
  expect(await whole.text()).toContain('\npantau_node_up{');
  expect([tiny.headers.get('content-encoding'), await tiny.text()]).toEqual([null, '']);
  expect(plain.headers.get('content-encoding')).toBeNull();
});

it('is read by a few at once; a crowd is asked to come again', async () => {
  const bench = await judgingBench({ config: appConfig, agents: [], startsAtMs: appStartsAtMs });
  const waiting: (() => void)[] = [];
  async function* slow() {
    await new Promise<void>((go) => waiting.push(go));
    yield '# a page\n';
  }
  const { get } = await serve(bench, { metricsPage: slow });
  const first = Array.from({ length: 8 }, () => get('/metrics', {}));
  await waitUntil('eight pages in work', () => waiting.length === 8);
  const refused = await get('/metrics', {});

  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  for (const go of waiting) go();
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual(Array(8).fill(200));
  const again = get('/metrics', {});
  await waitUntil('one more in work', () => waiting.length === 9);
  waiting.at(-1)?.();
  expect((await again).status).toBe(200);
});

it('is sent as it is to a scraper on the same machine when it is large, unless that takes nothing but gzip', async () => {
  const bench = await judgingBench({ config: appConfig, agents: [], startsAtMs: appStartsAtMs });
  const { get } = await serve(bench, { metricsPage: () => ['x'.repeat(600_000), 'y'.repeat(600_000)] });
  const codingFor = async (path: string, headers: Record<string, string>) => {
    const response = await get(path, headers);
    await response.text();
    return response.headers.get('content-encoding');
  };
  const gzip = { 'accept-encoding': 'gzip' };

  expect(await codingFor('/metrics', gzip)).toBe('gzip');
  expect(await codingFor('/metrics', gzip)).toBeNull();
  expect(await codingFor('/metrics', { 'accept-encoding': 'gzip, identity;q=0' })).toBe('gzip');
  expect(await codingFor('/metrics', { ...gzip, 'x-forwarded-for': '10.20.1.7' })).toBe('gzip');
  expect(await codingFor('/metrics?collect[]=node', gzip)).toBe('gzip');
});
