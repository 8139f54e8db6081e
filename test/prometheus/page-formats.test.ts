import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { metricsPage } from '../../collector/metrics/metrics-page.ts';
import { createOwnMetrics } from '../../collector/metrics/own-metrics.ts';
import { startPrometheus } from '../kit/prometheus.ts';
import { busyBench, serve, type Site } from '../kit/served-app.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';

const needed = needs({ tools: ['prometheus', 'promtool'] });

async function servedPage(): Promise<Site> {
  const bench = await busyBench();
  const { config, fleet, judging, store, clock } = bench;
  const own = createOwnMetrics(store);
  const nowMs = clock.nowMs();
  return serve(bench, { metricsPage: (asked) => metricsPage({ config, fleet, judging, nowMs }, own, asked) });
}

/** The same page as Prometheus would get it if it asked for nothing but the text format. @returns its host and port. */
async function plainTarget(site: Site, asked: string[]): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(request.headers.accept ?? '');
    void site.get('/metrics', { accept: 'text/plain' }).then(async (answer) => {
      response.setHeader('content-type', answer.headers.get('content-type') ?? '');
      response.end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.skipIf(!needed.ok)(`The metrics page under the real Prometheus ${needed.reason}`, () => {
  it('gives the same series with the same values as OpenMetrics and as text', async () => {
    const site = await servedPage();
    const asked: string[] = [];
    const targets = { open: new URL(site.url).host, plain: await plainTarget(site, asked) };
    const jobs = Object.entries(targets).map(
      ([name, target]) => `  - {job_name: ${name}, static_configs: [{targets: ['${target}']}]}\n`,
    );
    const config = `global: {scrape_interval: 1s}\nscrape_configs:\n${jobs.join('')}`;
    const prometheus = await startPrometheus({ folder: temporaryFolder(), config });
    await waitUntil('both to be scraped', async () => (await prometheus.query('sum(up) == 2')).length === 1, 30_000);
    const seriesOf = async (job: string) => {
      const rows = await prometheus.query(
        `{job="${job}", __name__=~"pantau_.+|probe_.+", __name__!~"pantau_collector_.+"}`,
      );
      return rows.map(({ labels: { instance: _, job: __, ...labels }, value }) => `${JSON.stringify(labels)} ${value}`);
    };
    const [open, plain] = [await seriesOf('open'), await seriesOf('plain')];

    expect(asked[0]).toContain('application/openmetrics-text');
    expect((await site.get('/metrics', { accept: asked[0] ?? '' })).headers.get('content-type')).toMatch(/^application\/openmetrics-text/); // prettier-ignore
    expect(open.length).toBeGreaterThan(50);
    expect(open.toSorted()).toEqual(plain.toSorted());
    const types = await fetch(`${prometheus.url}/api/v1/metadata?metric=pantau_reports_total`);
    expect(await types.json()).toMatchObject({ data: { pantau_reports_total: [{ type: 'counter' }] } });
  }, 60_000);

  it('passes promtool as text, whatever groups were asked for', async () => {
    const site = await servedPage();
    for (const groups of ['', '?collect[]=collector', '?collect[]=probe&collect[]=link']) {
      const input = await (await site.get(`/metrics${groups}`, { accept: 'text/plain' })).text();
      const { stdout, stderr, status } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });

      expect([groups, status, stdout, stderr]).toEqual([groups, 0, '', '']);
    }
  });
});
