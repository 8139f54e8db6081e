import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type MadeReport, makeReports, type ReportOrder } from '../../collector/documents/month/make-reports.ts';
import { registerDocument } from '../../collector/store/sqlite/documents.ts';
import { openMonthSource } from '../../collector/store/sqlite/month-source.ts';
import { rollUp } from '../kit/history-reports.ts';
import { type JudgingBench, judgingBench, testConfig } from '../kit/judging-bench.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { backup, probe, testAgent } from '../kit/test-agent.ts';

const hourMs = 3_600_000;
/** The last evening of October in WIB. */
const startsAtMs = Date.parse('2026-10-31T10:00:00Z');
const dataset = {
  id: 'simpus',
  name: 'Data SIMPUS',
  schedule: '0 20 * * *',
  source: { kind: 'files', path: '/srv/c' },
};
const config = testConfig({ intervalSeconds: 60, datasets: [dataset], routerAddress: '10.20.1.1' });
const bootedAtMs = Date.parse('2026-10-01T00:00:00Z');
const vantage = testAgent({
  key: 1,
  pd: 'diskominfo',
  site: 'pusat-data',
  roles: ['vantage'],
  intervalSeconds: 3600,
  bootedAtMs,
});
const own = testAgent({ key: 2, intervalSeconds: 3600, bootedAtMs });
const router = probe('up', { name: 'wan/dinkes/kantor', pd: 'dinkes', site: 'kantor' });

/** The last hours of the month, of which the department itself tells only later: its line was cut. */
async function lastEvening(): Promise<JudgingBench> {
  const bench = await judgingBench({ config, agents: [vantage, own], startsAtMs });
  for (let hour = 0; hour < 20; hour += 1) {
    const atMs = startsAtMs + hour * hourMs;
    await bench.send(vantage, [vantage.report(atMs, { probes: [router] })]);
    if (hour < 2) await bench.send(own, [own.report(atMs, { probes: [probe('up', { name: 'lan', layer: 'lan' })] })]);
    await bench.pass(hourMs, hourMs);
  }
  await rollUp(bench.store);
  vi.useRealTimers();
  return bench;
}

async function tellLate(bench: JudgingBench): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
  const reports = Array.from({ length: 5 }, (_, hour) =>
    own.report(startsAtMs + (2 + hour) * hourMs, {
      probes: [probe('down', { name: 'lan', layer: 'lan' })],
      backups: hour === 2 ? [backup(startsAtMs + 3.5 * hourMs)] : [],
    }),
  );
  await bench.send(own, reports);
  await rollUp(bench.store);
  vi.useRealTimers();
}

async function made(bench: JudgingBench, patch: Partial<ReportOrder> = {}): Promise<MadeReport[]> {
  const source = openMonthSource(bench.path);
  try {
    return await makeReports({
      config,
      source,
      month: '2026-10',
      formats: ['html', 'pdf', 'xlsx'],
      folder: temporaryFolder(),
      madeBy: 'admin',
      nowMs: bench.clock.nowMs(),
      register: (document, figures) => registerDocument(bench.path, document, figures),
      ...patch,
    });
  } finally {
    source.close();
  }
}

const bytesOf = (report: MadeReport | undefined) =>
  (report?.files ?? []).map((file) => readFileSync(file).toString('hex'));

describe('a month that is reported again', () => {
  it('is the same report to the byte, and is registered once, while nothing was restated', async () => {
    const bench = await lastEvening();
    const [first] = await made(bench);
    bench.clock.advanceMs(3 * 24 * hourMs);
    const [again] = await made(bench);

    expect(first).toMatchObject({ revision: 1, isNew: true, changeCount: 0 });
    expect(again).toMatchObject({ revision: 1, isNew: false, changeCount: 0 });
    expect(bytesOf(again)).toEqual(bytesOf(first));
    expect(await bench.store.documents.list()).toHaveLength(1);
  });

  it('is a further revision that lists what late reports changed', async () => {
    const bench = await lastEvening();
    await made(bench);
    await tellLate(bench);
    const [second] = await made(bench);

    expect(second).toMatchObject({ name: 'laporan-bulanan-2026-10-r2', revision: 2, isNew: true });
    const page = readFileSync(second?.files[0] ?? '', 'utf8');
    expect(page).toContain('Yang dinyatakan kembali sejak revisi 1');
    const text = page.replaceAll(/<[^>]+>/g, '|').replaceAll(/\|+/g, '|');
    // The backup of the evening was unknown, and was made; the LAN was down, of which nobody knew.
    expect(text).toContain('Pencadangan per himpunan data|Dinas Kesehatan, Data SIMPUS|Terpenuhi|0|1|');
    expect(text).toContain('Pencadangan per himpunan data|Dinas Kesehatan, Data SIMPUS|Tidak diketahui|1|0|');
    expect(text).toContain(
      'Ketersediaan jaringan per lokasi|Dinas Kesehatan, kantor, LAN|Waktu henti (jam)|0,00|5,00|',
    );
    const [newest, first] = await bench.store.documents.list();
    expect(newest).toMatchObject({ name: 'laporan-bulanan-2026-10', revision: 2, changeCount: second?.changeCount });
    expect(newest?.figuresHash).not.toBe(first?.figuresHash);
  });

  it('counts what was before the first measurement as unknown, in every table, beside the availability', async () => {
    const bench = await lastEvening();
    const [report] = await made(bench, { formats: ['html'] });
    const page = readFileSync(report?.files[0] ?? '', 'utf8');
    const text = page.replaceAll(/<[^>]+>/g, '|').replaceAll(/\|+/g, '|');

    // Seven hours of 744.
    expect(text).toContain('100% dari waktu yang diketahui (1 tautan; data tersedia 0,94%)');
    expect(text).toContain('|Dinas Kesehatan|kantor|WAN|100%|0,00|737,00|0,00|0,94%|');
    expect(text).toContain('100% (0,94%)');
    expect(text).toContain('|Dinas Kesehatan|kantor|server-1|');
    expect(text).toMatch(/\|Dinas Kesehatan\|kantor\|server-1\|\d\|744\|0,\d+%\|/);
  });

  it('is one report for each department that is asked for, with nothing of another one in it', async () => {
    const bench = await lastEvening();
    const reports = await made(bench, { pds: ['dinkes'], formats: ['html'] });

    expect(reports.map(({ files }) => files.map((file) => basename(file)))).toEqual([
      ['laporan-bulanan-2026-10-dinkes.html'],
    ]);
    const page = readFileSync(reports[0]?.files[0] ?? '', 'utf8');
    expect(page).toContain('Dinas Kesehatan');
    expect(page).not.toContain('pusat-data');
  });

  it('is provisional while it is not over, and no revision of anything', async () => {
    const bench = await lastEvening();
    const [report] = await made(bench, { month: '2026-11', formats: ['html'] });

    expect(report).toMatchObject({ name: 'laporan-bulanan-2026-11-sementara', revision: 0 });
    const page = readFileSync(report?.files[0] ?? '', 'utf8');
    expect(page).toContain('SEMENTARA, sampai dengan 1 November 2026 13.00');
    expect(page).toContain('Sampai saat laporan dibuat terdapat');
    expect(page).toContain('Status menurut keadaan sampai saat laporan dibuat.');
    expect(page).not.toMatch(/[Pp]ada akhir bulan(?!, atau)/);
    expect(await bench.store.documents.list()).toEqual([]);
  });

  it('speaks English where the Pemda does', async () => {
    const bench = await lastEvening();
    const [report] = await made(bench, { config: { ...config, language: 'en' }, formats: ['html'] });
    const page = readFileSync(report?.files[0] ?? '', 'utf8');

    expect(basename(report?.files[0] ?? '')).toBe('monthly-report-2026-10.html');
    for (const words of ['October 2026', 'Executive summary', 'D. Compliance by department', 'unknown']) {
      expect(page).toContain(words);
    }
    expect(page).not.toMatch(/Ringkasan|Tidak Patuh|tidak diketahui/);
  });
});
