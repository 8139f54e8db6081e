import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import readWorkbook from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { DepartmentFigures, MonthFigures } from '../../collector/documents/month/figures.ts';
import { makeReports } from '../../collector/documents/month/make-reports.ts';
import { readMonth } from '../../collector/documents/month/read-month.ts';
import { totalsOfMonth } from '../../collector/documents/month/totals.ts';
import { registerDocument } from '../../collector/store/sqlite/documents.ts';
import { openMonthSource } from '../../collector/store/sqlite/month-source.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { needs } from '../requirements.ts';
import {
  type BackupCounts,
  backupCounts,
  lanMinutes,
  type LinkMinutes,
  longestGapSeconds,
  p95Down,
  wanMinutes,
} from './expected-month.ts';
import { backupDuty, wanDuty } from './month-config.ts';
import { endsAtMs, makePlan, type Plan, vantageEveryMs, waivedNumber } from './month-plan.ts';
import { liveThrough, type MonthWorld } from './month-world.ts';

const needed = needs({ tools: ['pdftotext'] });

function minutesOf(department: DepartmentFigures | undefined, layer: string): LinkMinutes | undefined {
  const link = department?.links.find((each) => each.layer === layer);
  if (link === undefined) return undefined;
  return {
    up: link.upSeconds / 60,
    down: link.downSeconds / 60,
    unknown: link.unknownSeconds / 60,
    maintenance: link.maintenanceSeconds / 60,
  };
}

function countsOf(department: DepartmentFigures | undefined): BackupCounts | undefined {
  const dataset = department?.datasets[0];
  if (dataset === undefined) return undefined;
  return {
    due: dataset.dueCount,
    met: dataset.metCount,
    claimed: dataset.claimedCount,
    failed: dataset.failedCount,
    missed: dataset.missedCount,
    unknown: dataset.unknownCount,
  };
}

/** Every figure of every department against what its raw events add up to. */
function expectFigures(figures: MonthFigures, plan: Plan): void {
  for (const department of plan.departments) {
    const own = figures.departments.find(({ pd }) => pd === department.id);
    const outages = own?.incidents.filter(({ obligation }) => obligation === wanDuty);
    expect
      .soft({
        id: department.id,
        wan: minutesOf(own, 'wan'),
        lan: minutesOf(own, 'lan'),
        backups: countsOf(own),
        longestGapSeconds: own?.datasets[0]?.longestGapSeconds,
        restoreTests: own?.datasets.flatMap(({ restoreTests }) => restoreTests.map(({ outcome }) => outcome)) ?? [],
        p95Down: own?.bandwidth.map((site) => site.p95Down),
        outages: outages?.map(({ sinceMs, resolvedAtMs = Infinity }) => ({ fromMs: sinceMs, untilMs: resolvedAtMs })),
      })
      .toEqual({
        id: department.id,
        wan: wanMinutes(plan, department),
        lan: lanMinutes(department),
        backups: backupCounts(department),
        longestGapSeconds: department.hasDataset ? longestGapSeconds(department) : undefined,
        restoreTests: department.restoreTests.map(({ outcome }) => outcome),
        p95Down: department.busyShare === undefined ? [] : [p95Down(plan, department)],
        // A link is up again after two good rounds.
        outages: department.wanOutages.map(({ fromMs, untilMs }) => ({ fromMs, untilMs: untilMs + vantageEveryMs })),
      });
  }
}

function sumOf<Item>(items: readonly (Item | undefined)[], read: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + (item === undefined ? 0 : read(item)), 0);
}

function expectTotals(figures: MonthFigures, { departments, ...plan }: Plan): void {
  const totals = totalsOfMonth(figures);
  const wans = departments.map((department) => wanMinutes({ departments, ...plan }, department));
  const backups = departments.map(backupCounts);
  expect(totals.links.wan).toMatchObject({
    linkCount: departments.length,
    upSeconds: sumOf(wans, ({ up }) => up) * 60,
    downSeconds: sumOf(wans, ({ down }) => down) * 60,
    unknownSeconds: sumOf(wans, ({ unknown }) => unknown) * 60,
    maintenanceSeconds: sumOf(wans, ({ maintenance }) => maintenance) * 60,
  });
  expect(totals.backups).toMatchObject({
    dueCount: sumOf(backups, ({ due }) => due),
    metCount: sumOf(backups, ({ met }) => met),
    failedCount: sumOf(backups, ({ failed }) => failed),
    missedCount: sumOf(backups, ({ missed }) => missed),
    unknownCount: sumOf(backups, ({ unknown }) => unknown),
  });
  const tests = departments.flatMap(({ restoreTests }) => restoreTests);
  const okCount = tests.filter(({ outcome }) => outcome === 'ok').length;
  expect(totals.restoreTests).toEqual({ okCount, failedCount: tests.length - okCount });
}

/** What stands in the files is what was counted. */
async function expectFiles({ bench, config }: MonthWorld, plan: Plan): Promise<void> {
  const source = openMonthSource(bench.path);
  const folder = temporaryFolder();
  const [made] = await makeReports({
    config,
    source,
    month: '2026-10',
    formats: ['pdf', 'xlsx'],
    folder,
    madeBy: 'admin',
    nowMs: endsAtMs,
    register: (document, figures) => registerDocument(bench.path, document, figures),
  });
  source.close();
  expect(made).toMatchObject({ name: 'laporan-bulanan-2026-10', revision: 1, changeCount: 0, isNew: true });
  const [pdf = '', xlsx = ''] = made?.files ?? [];
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8', maxBuffer: 50_000_000 });
  const backups = plan.departments.map(backupCounts);
  const metCount = sumOf(backups, ({ met }) => met);
  const decidedCount = sumOf(backups, ({ due, unknown }) => due - unknown);
  expect(text).toContain(`${metCount} dari ${decidedCount} jatuh tempo terpenuhi`);
  for (const { id } of config.perangkatDaerah.slice(1))
    expect(text).toMatch(new RegExp(`^\\f?Dinas ${Number(id.slice(3))}$`, 'm'));
  const rows = await sheetOf(xlsx, 'Pencadangan');
  const metColumn = rows[0]?.indexOf('Terpenuhi') ?? -1;
  expect(sumOf(rows.slice(1), (row) => Number(row[metColumn]))).toBe(metCount);
}

async function sheetOf(path: string, name: string): Promise<unknown[][]> {
  const sheets = await readWorkbook(readFileSync(path));
  return sheets.find(({ sheet }) => sheet === name)?.data ?? [];
}

describe.skipIf(!needed.ok)(`a month of a kabupaten with forty departments ${needed.reason}`, () => {
  it('is told as its raw events add up, department by department, in total and in the files', async () => {
    const plan = makePlan(2026);
    const world = await liveThrough(plan);
    const source = openMonthSource(world.bench.path);
    const figures = await readMonth({ config: world.config, source, month: '2026-10', nowMs: endsAtMs });
    source.close();

    expectFigures(figures, plan);
    expectTotals(figures, plan);
    const exempt = figures.departments.find(({ pd }) => pd === plan.departments[waivedNumber]?.id);
    const verdict = exempt?.verdicts.find(({ obligation }) => obligation === backupDuty);
    expect(verdict).toMatchObject({ status: 'waived', reasonArgs: { waiverNumber: '800/7/2026' } });
    await expectFiles(world, plan);
  }, 600_000);
});
