import { expect, it } from 'vitest';
import { appConfig, appStartsAtMs, busyBench, serve } from '../../test/kit/served-app.ts';
import { judgingBench } from '../../test/kit/judging-bench.ts';
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

  expect([...backups].filter((name) => !name?.startsWith('pantau_backup_'))).toEqual([]);
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

it('answers HEAD without a page', async () => {
  const { get } = await served(await busyBench());
  const response = await get('/metrics', {}, 'HEAD');

  expect([response.status, await response.text()]).toEqual([200, '']);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
});
