import { describe, expect, it, vi } from 'vitest';
import type { ReportBatch } from '../store/rows.ts';
import { noFactChanges } from '../store/no-changes.ts';
import type { Store } from '../store/store.ts';
import { arrivalRow, claimRow } from '../obligations/backup-history/history.test-kit.ts';
import { rollUp } from '../../test/kit/history-reports.ts';
import { judgingBench, testConfig } from '../../test/kit/judging-bench.ts';
import { appStartsAtMs, busyBench, serve, type Site } from '../../test/kit/served-app.ts';
import { testAgent } from '../../test/kit/test-agent.ts';

const dayMs = 86_400_000;
const nightCount = 3 * 365;
const ids = ['utuh', 'sebagian', 'minggu-gagal', 'tidak-tiba', 'berhenti'];
const schedule = { schedule: '0 1 * * *', grace: '6h', source: { kind: 'files', path: '/x/*' } };
const config = testConfig({ intervalSeconds: 60, datasets: ids.map((id) => ({ id, ...schedule })) });
/** 01:30 WIB of the first night; the last one is the night before the app starts. */
const firstNightMs = Date.parse('2026-11-21T18:30:00Z') - (nightCount - 1) * dayMs;
/** During these nights nothing is heard of the department. */
const silentNights = new Set([nightCount - 20, nightCount - 19]);

/** What five datasets did in three years, night by night. */
function night(at: number) {
  const atMs = firstNightMs + at * dayMs;
  const isSunday = new Date(atMs + 7 * 3_600_000).getUTCDay() === 0;
  const changes = noFactChanges();
  const add = (dataset: string, patch = {}, isArrived = true) => {
    changes.claims.push(claimRow(atMs, { dataset, ...patch }));
    if (isArrived) changes.arrivals.push(arrivalRow(atMs, { dataset }));
  };
  add('utuh');
  add('sebagian', at % 2 === 0 ? { outcome: 'warning', exitCode: 3 } : {});
  add('minggu-gagal', isSunday ? { outcome: 'failed', sizeBytes: undefined, reason: 'disk penuh' } : {}, !isSunday);
  add('tidak-tiba', {}, false);
  if (at < nightCount - 40) add('berhenti');
  return changes;
}

async function fill(store: Store): Promise<void> {
  const agent = testAgent({ key: 1, pd: 'dinkes' });
  for (let from = 0; from < nightCount; from += 50) {
    const nights = Array.from({ length: Math.min(50, nightCount - from) }, (_, at) => from + at);
    const reports = nights.filter((at) => !silentNights.has(at)).map((at) => agent.report(firstNightMs + at * dayMs));
    const batch: ReportBatch = agent.batch(reports, firstNightMs + from * dayMs).batch;
    await store.commitReports([batch], () => {
      const all = noFactChanges();
      for (const { claims, arrivals } of nights.map(night)) {
        all.claims.push(...claims);
        all.arrivals.push(...arrivals);
      }
      return all;
    });
  }
  await rollUp(store);
}

async function filled(): Promise<Site> {
  const agents = [testAgent({ key: 1, pd: 'dinkes' })];
  const bench = await judgingBench({
    config,
    agents,
    startsAtMs: appStartsAtMs,
    wrap(store) {
      for (const id of ids) void store.firstSeenMs('dataset', `dinkes/${id}`, firstNightMs - dayMs);
      return store;
    },
  });
  vi.useRealTimers();
  await fill(bench.store);
  return serve(bench);
}

type Row = Record<string, unknown>;

async function rowsOf(site: Site, path: string): Promise<Row[]> {
  const response = await site.get(`/api/v1/${path}`);
  const { items } = (await response.json()) as { items: Row[] };
  expect([path, response.status]).toEqual([path, 200]);
  return items;
}

describe('three years of nights of five datasets', () => {
  it('make a month each, with their ratio and their longest gap', async () => {
    const site = await filled();
    const october = async (dataset: string) =>
      (await rowsOf(site, `backup-months?pd=dinkes&dataset=${dataset}&from=2026-10&to=2026-10`))[0];
    const lastSuccessAt = '2026-10-31T01:30:00.000+07:00';
    const full = { pd: 'dinkes', month: '2026-10', dueCount: 31, unknownCount: 0, pendingCount: 0 };
    const daily = { longestGapSeconds: 86_400, lastSuccessAt };

    expect(await october('utuh')).toEqual({
      ...full,
      dataset: 'utuh',
      metCount: 31,
      partialCount: 0,
      successRatio: 1,
      ...daily,
    });
    expect(await october('sebagian')).toMatchObject({ metCount: 31, partialCount: 16, successRatio: 1, ...daily });
    // Four Sundays failed.
    expect(await october('minggu-gagal')).toMatchObject({
      metCount: 27,
      successRatio: 27 / 31,
      longestGapSeconds: 2 * 86_400,
    });
    expect(await october('tidak-tiba')).toMatchObject({ metCount: 31, successRatio: 1 });
  });

  it('tell of a dataset that stopped, of nights on which nobody was heard, and of months to come', async () => {
    const site = await filled();
    const months = await rowsOf(site, 'backup-months?dataset=berhenti&from=2026-09&to=2026-12');
    const short = months.map(({ month, dueCount, metCount, unknownCount, lastSuccessAt }) =>
      [month, dueCount, metCount, unknownCount, lastSuccessAt].join(' '),
    );

    expect(short).toEqual([
      '2026-09 30 30 0 2026-09-30T01:30:00.000+07:00',
      '2026-10 31 13 0 2026-10-13T01:30:00.000+07:00',
      '2026-11 22 0 2 2026-10-13T01:30:00.000+07:00',
      '2026-12 0 0 0 2026-10-13T01:30:00.000+07:00',
    ]);
    expect(months[2]?.['longestGapSeconds']).toBe((appStartsAtMs - Date.parse('2026-10-13T01:30:00+07:00')) / 1000);
    expect(months[3]).toMatchObject({ longestGapSeconds: null, successRatio: null });
  });

  it('make a calendar, over a leap day and back to the first night', async () => {
    const site = await filled();
    const statuses = async (query: string) =>
      (await rowsOf(site, `backup-days?pd=dinkes&${query}`)).map(
        ({ day, status }) => `${String(day).slice(5)} ${String(status)}`,
      );

    expect(await statuses('dataset=utuh&from=2024-02-28&to=2024-03-01')).toEqual([
      '02-28 arrived',
      '02-29 arrived',
      '03-01 arrived',
    ]);
    expect(await statuses('dataset=berhenti&from=2026-10-13&to=2026-10-14')).toEqual(['10-13 arrived', '10-14 missed']);
    expect(await statuses('dataset=berhenti&from=2026-11-02&to=2026-11-05')).toEqual([
      '11-02 missed',
      '11-03 unknown',
      '11-04 unknown',
      '11-05 missed',
    ]);
    expect(await statuses('dataset=minggu-gagal&from=2026-11-21&to=2026-11-22')).toEqual([
      '11-21 arrived',
      '11-22 failed',
    ]);
    expect(await statuses('dataset=tidak-tiba&from=2026-11-22&to=2026-11-23')).toEqual([
      '11-22 claimed',
      '11-23 not-due',
    ]);
    expect(await statuses('dataset=sebagian&from=2026-11-21&to=2026-11-22')).toEqual([
      '11-21 arrived',
      '11-22 partial',
    ]);
    expect(await statuses('dataset=utuh&from=2023-11-21&to=2023-11-24')).toEqual([
      '11-21 not-due',
      '11-22 not-due',
      '11-23 not-due',
      '11-24 arrived',
    ]);
  });

  it('answer quickly, and let others have their turn', async () => {
    const site = await filled();
    const startedAtMs = performance.now();
    const [months, days] = await Promise.all([
      rowsOf(site, 'backup-months?pd=dinkes&from=2023-12&to=2026-11&limit=1000'),
      rowsOf(site, 'backup-days?pd=dinkes&from=2025-10-20&to=2026-11-22&limit=1000'),
    ]);
    const tookMs = performance.now() - startedAtMs;

    expect([months.length, days.length]).toEqual([5 * 36, 1000]);
    expect(tookMs).toBeLessThan(15_000);
  });

  it('tell every run with its proof, newest first, and are paginated', async () => {
    const site = await filled();
    const response = await site.get(
      '/api/v1/backup-runs?pd=dinkes&dataset=minggu-gagal&from=2025-12-01&to=2026-11-22&limit=2',
    );
    const page = (await response.json()) as { items: Row[]; totalCount: number };

    expect(page.totalCount).toBe(357);
    expect(
      page.items.map(({ outcome, completedAt, reason, vault, matchedBy }) => [
        outcome,
        completedAt,
        reason,
        vault,
        matchedBy,
      ]),
    ).toEqual([
      ['failed', '2026-11-22T01:30:00.000+07:00', 'disk penuh', null, null],
      ['ok', '2026-11-21T01:30:00.000+07:00', null, 'brankas', 'name'],
    ]);
    expect(page.items[1]).toMatchObject({
      arrivedAt: '2026-11-21T01:31:00.000+07:00',
      sizeBytes: 4096,
      evidence: [{ seq: 1 }, { seq: 2 }],
    });
  });
});

describe('what the history can be asked for', () => {
  it.each([
    ['backup-days?from=2026-02-30', 'from'],
    ['backup-days?from=2026-11', 'from'],
    ['backup-days?to=kemarin', 'to'],
    ['backup-days?from=2026-11-22&to=2026-11-21', 'from'],
    ['backup-days?from=2025-01-01&to=2026-11-22', 'from'],
    ['backup-days?from=0001-01-01&to=2026-11-22', 'from'],
    ['backup-days?dataset=../x', 'dataset'],
    ['backup-days?dataset=simpus&dataset=simda', 'dataset'],
    ['backup-days?pd=dinkes&pd=dinsos', 'pd'],
    ['backup-months?from=2026-13', 'from'],
    ['backup-months?from=2026-11-01', 'from'],
    ['backup-months?from=2016-01&to=2026-11', 'from'],
    ['backup-runs?from=2026-11-01&from=2026-11-02', 'from'],
    ['restore-tests?from=2026-11-31', 'from'],
  ])('is refused with the name of the parameter: %s', async (path, field) => {
    const site = await serve(await busyBench());
    const response = await site.get(`/api/v1/${path}`);
    const problem = (await response.json()) as Row;

    expect([response.status, problem['type'], problem['field']]).toEqual([422, 'urn:pantau:problem:bad-query', field]);
    expect(String(problem['detail'])).toContain(field);
  });

  it('is refused when a schedule has more due times than can be counted at once', async () => {
    const often = testConfig({
      intervalSeconds: 60,
      datasets: [{ id: 'tiap-menit', ...schedule, schedule: '* * * * *' }],
    });
    const wrap = (store: Store) => {
      void store.firstSeenMs('dataset', 'dinkes/tiap-menit', appStartsAtMs - 40 * dayMs);
      return store;
    };
    const site = await serve(await judgingBench({ config: often, agents: [], startsAtMs: appStartsAtMs, wrap }));
    const response = await site.get('/api/v1/backup-days');

    expect(await response.json()).toMatchObject({
      status: 422,
      type: 'urn:pantau:problem:too-many-runs',
      field: 'from',
    });
    expect(await rowsOf(site, 'backup-days?from=2026-11-21&to=2026-11-21')).toMatchObject([{ dueCount: 1440 }]);
  });

  it('is the last month of days, the last year of months, and nothing of a dataset that is not there', async () => {
    const site = await serve(await busyBench());
    const days = await rowsOf(site, 'backup-days');

    expect([days.length, days[0]?.['day'], days.at(-1)?.['day']]).toEqual([31, '2026-10-23', '2026-11-22']);
    expect((await rowsOf(site, 'backup-months')).map(({ month }) => month)).toHaveLength(12);
    expect((await site.get('/api/v1/backup-days?pd=nobody')).status).toBe(422);
    expect(await rowsOf(site, 'backup-months?dataset=tidak-ada')).toEqual([]);
  });

  it('stands in the description of the API', async () => {
    const site = await serve(await busyBench());
    const { paths } = (await (await site.get('/api/v1/openapi.json')).json()) as {
      paths: Record<string, { get: { parameters: { name: string; description?: string }[] } }>;
    };
    const of = (name: string) => paths[`/api/v1/${name}`]?.get.parameters.map((parameter) => parameter.name);

    expect(of('backup-days')).toEqual(['pd', 'limit', 'offset', 'dataset', 'from', 'to']);
    expect(of('nodes')).toEqual(['pd', 'limit', 'offset']);
  });
});
