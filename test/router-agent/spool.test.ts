import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import type { Envelope, Report } from '../../shared/report-schema.ts';
import { configText } from '../kit/config-text.ts';
import { keptReports } from '../kit/kept-reports.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';
import { newRouter, onlyBusybox, routerOf, toldReports } from './router.ts';

const tools = needs({ linux: true, tools: ['busybox', 'curl'] });
const template = readFileSync(new URL('../../agent/routers/pantau-router.sh', import.meta.url), 'utf8');
const token = `${'a'.repeat(16)}.${'B'.repeat(43)}`;

const filledIn = (settings: Record<string, string | number>): string =>
  Object.entries(settings).reduce(
    (text, [name, value]) => text.replace(new RegExp(`^${name}=.*$`, 'm'), () => `${name}='${value}'`),
    template,
  );
const waiting = (work: string): Report[] => {
  const text = gunzipSync(readFileSync(join(work, 'spool', 'reports'))).toString();
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Report]));
};

/** A collector that answers as it is told. */
async function scriptedCollector(answer: (reports: Report[], response: ServerResponse) => void) {
  const taken: { seqs: number[]; atMs: number; spool: Report['spool'] | undefined }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const { reports } = JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()) as Envelope;
      taken.push({ seqs: reports.map(({ seq }) => seq), atMs: Date.now(), spool: reports[0]?.spool });
      answer(reports, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken };
}

const acknowledge = (response: ServerResponse) =>
  void response.writeHead(200).end('{"acked":1,"acceptedCount":1,"duplicateCount":0,"config":"x"}');
const problem = (response: ServerResponse, status: number, detail: string, headers = {}) =>
  void response
    .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
    .end(JSON.stringify({ type: 'urn:pantau:problem:invalid-report', title: 'x', status, detail }));

describe.skipIf(!tools.ok)(`the spool of a router ${tools.reason}`, () => {
  it('holds what the collector missed, sends the newest first, and nothing twice', async () => {
    const folder = temporaryFolder();
    const dataFolder = join(folder, 'collector');
    const first = await startCollectorProcess({ dataFolder, configText: configText({ intervalSeconds: 1 }) });
    const router = await newRouter(first);
    const running = router.run();
    await waitUntil('a report', () => keptReports(dataFolder).length > 0, 20_000);
    const { port } = new URL(first.url);
    await first.kill9();
    await waitUntil('reports in the spool', () => waiting(router.work).length >= 4, 30_000);

    const second = await startCollectorProcess({
      dataFolder,
      configText: configText({ intervalSeconds: 1, port: Number(port) }),
    });
    onTestFinished(() => second.kill9());
    await waitUntil('the history', () => running.output().includes('takes reports again'), 30_000);
    await waitUntil('an empty spool', () => !existsSync(join(router.work, 'spool', 'reports')), 30_000);
    await waitUntil('all reports', () => isWhole(dataFolder), 20_000);
    expect(await running.signal('SIGTERM')).toBe(0);

    const kept = keptReports(dataFolder);
    expect(new Set(kept.map(({ session }) => session)).size).toBe(1);
    expect(kept.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(kept.map((_, index) => index + 1));
    // What came late has its own time.
    const arrivals = toldReports(dataFolder).map(({ report }) => report.seq);
    const lateSeqs = kept.filter(({ late }) => late === 1).map(({ seq }) => seq);
    expect(lateSeqs.length).toBeGreaterThanOrEqual(3);
    // Up to the pause they came in order; the first after it is newer than everything that waited.
    const pausedAfter = arrivals.findIndex((seq, index) => seq !== index + 1);
    expect(pausedAfter).toBeGreaterThan(0);
    expect(arrivals[pausedAfter]).toBeGreaterThan(pausedAfter + 3);
    expect(running.output()).toMatch(
      /^pantau-router: reports wait in the spool: wget: .*\npantau-router: the collector takes reports again\n$/,
    );
  }, 120_000);

  it('drops the oldest when it is full, and says how many to the collector', async () => {
    const { url, taken } = await scriptedCollector((_reports, response) => acknowledge(response));
    const settings = { TOKEN: token, INTERVAL_SECONDS: 1, BATCHES_PER_MINUTE: 6000, SPOOL_MAX_BYTES: 12_000 };
    const path = onlyBusybox('curl');
    const router = routerOf(filledIn({ ...settings, URL: 'http://127.0.0.1:1' }), { path });
    const running = router.run();
    const counts = () =>
      readFileSync(join(router.work, 'spool', 'counts'), 'utf8')
        .trim()
        .split(' ')
        .map(Number);
    await waitUntil('a full spool', () => (counts()[1] ?? 0) >= 2, 60_000);
    expect(await running.signal('SIGTERM')).toBe(0);
    expect(running.output()).toContain('pantau-router: the spool is full: the oldest reports are dropped\n');

    const left = waiting(router.work).map(({ seq }) => seq);
    const [, dropped = 0] = counts();
    expect(left).toEqual(left.map((_, index) => dropped + 1 + index));
    expect(statSync(join(router.work, 'spool', 'reports')).size).toBeLessThanOrEqual(12_000);

    writeFileSync(router.script, filledIn({ ...settings, URL: url, INTERVAL_SECONDS: 60 }));
    expect(await router.once()).toEqual({ code: 0, output: '' });
    expect(taken.slice(1).flatMap(({ seqs }) => seqs)).toEqual(left);
    expect(taken[0]).toMatchObject({ seqs: [1], spool: { queuedCount: left.length, droppedCount: dropped } });
    expect(counts()).toEqual([0, dropped]);
  }, 120_000);

  it('survives a power cut: what was half written is no report, the rest is sent', async () => {
    const { url, taken } = await scriptedCollector((_reports, response) => acknowledge(response));
    const path = onlyBusybox('curl');
    const settings = { TOKEN: token, INTERVAL_SECONDS: 60, BATCHES_PER_MINUTE: 6000 };
    const router = routerOf(filledIn({ ...settings, URL: 'http://127.0.0.1:1' }), { path });
    for (let round = 0; round < 3; round += 1) expect((await router.once()).code).toBe(1);
    const file = join(router.work, 'spool', 'reports');
    const sessions = waiting(router.work).map(({ session }) => session);
    appendFileSync(file, gzipSync('{"session":"cut off in mid-w').subarray(0, 30));

    writeFileSync(router.script, filledIn({ ...settings, URL: url }));
    expect(await router.once()).toEqual({ code: 0, output: '' });
    expect(taken.map(({ seqs }) => seqs)).toEqual([[1], [1, 1, 1]]);
    expect(new Set(sessions).size).toBe(3);
  }, 60_000);

  it('loses only the report that the collector refuses for good, found by sending each alone', async () => {
    const { url, taken } = await scriptedCollector((reports, response) => {
      if (reports.some(({ intervalSeconds }) => intervalSeconds === 7)) problem(response, 422, '/reports/0 is bad.');
      else acknowledge(response);
    });
    const path = onlyBusybox('curl');
    const settings = { TOKEN: token, BATCHES_PER_MINUTE: 6000, URL: 'http://127.0.0.1:1' };
    const router = routerOf(filledIn(settings), { path });
    for (const seconds of [60, 7, 60]) {
      writeFileSync(router.script, filledIn({ ...settings, INTERVAL_SECONDS: seconds }));
      expect((await router.once()).code).toBe(1);
    }
    writeFileSync(router.script, filledIn({ ...settings, URL: url }));

    expect(await router.once()).toEqual({
      code: 0,
      output: 'pantau-router: the collector refused a report: /reports/0 is bad.\n'.repeat(3),
    });
    expect(taken.map(({ seqs }) => seqs.length)).toEqual([1, 3, 1, 2, 1, 1]);
    expect(readFileSync(join(router.work, 'spool', 'counts'), 'utf8')).toBe('0 1\n');
  }, 60_000);

  it('waits as long as the collector asks, and keeps everything that a stranger refuses', async () => {
    let isBusy = true;
    const { url, taken } = await scriptedCollector((_reports, response) => {
      if (isBusy) problem(response, 503, 'Too many reports.', { 'retry-after': '4' });
      else acknowledge(response);
    });
    const path = onlyBusybox('curl');
    const router = routerOf(filledIn({ TOKEN: token, URL: url, INTERVAL_SECONDS: 1, BATCHES_PER_MINUTE: 6000 }), {
      path,
    });
    const running = router.run();
    await waitUntil('the first request', () => taken.length > 0, 20_000);
    isBusy = false;
    await waitUntil('the history', () => taken.length > 2, 30_000);
    expect(await running.signal('SIGTERM')).toBe(0);
    const [first, second] = taken;
    // Uptimes are whole seconds here, so that one of the four may be cut off.
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(3000);
    expect(running.output()).toMatch(/^pantau-router: reports wait in the spool: Too many reports\.\n/);

    const proxy = await scriptedCollector((_reports, response) => void response.writeHead(400).end('<html>no</html>'));
    const behind = routerOf(filledIn({ TOKEN: token, URL: proxy.url }), { path });
    expect(await behind.once()).toEqual({
      code: 1,
      output: 'pantau-router: reports wait in the spool: HTTP status 400\n',
    });
    expect(waiting(behind.work)).toHaveLength(1);
  }, 120_000);

  it('belongs to one agent at a time', async () => {
    const { url, taken } = await scriptedCollector((_reports, response) => acknowledge(response));
    const router = routerOf(filledIn({ TOKEN: token, URL: url, INTERVAL_SECONDS: 1 }), { path: onlyBusybox('curl') });
    const running = router.run();
    await waitUntil('a report', () => taken.length > 0, 20_000);
    expect(await router.once()).toEqual({
      code: 1,
      output: `pantau-router: it runs already (process ${running.process.pid})\n`,
    });
    await running.signal('SIGKILL');
    // One that was killed does not stand in the way.
    expect(await router.once()).toEqual({ code: 0, output: '' });
  }, 60_000);
});

/** No number is missing below the highest. */
function isWhole(dataFolder: string): boolean {
  const seqs = keptReports(dataFolder).map(({ seq }) => seq);
  return seqs.length > 5 && Math.max(...seqs) === seqs.length;
}
