import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCollector } from '../../collector/collector.ts';
import type { MonthlySettings } from '../../collector/config/reports-schema.ts';
import { databaseIn, loadOperatorToken, prepareDataFolder } from '../../collector/data-folder.ts';
import { openSqliteStore } from '../../collector/store/sqlite/sqlite-store.ts';
import { silentLogger } from '../../shared/logger.ts';
import { apiOf } from '../kit/api.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { testConfig } from '../kit/judging-bench.ts';
import { enrolAll } from '../kit/store-file.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { testAgent } from '../kit/test-agent.ts';
import { waitUntil } from '../kit/wait-until.ts';

const enrolledAtMs = Date.parse('2026-10-20T03:00:00Z');
const monthly = { days: [1], time: '06:00', formats: ['html' as const], perDepartment: true, keepMonths: 36 };

interface Document {
  key: number;
  name: string;
  madeBy: string;
  isKept: boolean;
  files: { file: string; sha256: string }[];
}

/** A collector whose first agent was enrolled in October, at a time of the Pemda's zone. */
async function collectorAt(
  time: string,
  folder = join(temporaryFolder(), 'data'),
  changed: Partial<MonthlySettings> = {},
) {
  prepareDataFolder(folder);
  const store = openSqliteStore(databaseIn(folder));
  if ((await store.loadAgents()).length === 0) await enrolAll(store, [testAgent()], enrolledAtMs);
  await store.close();
  const base = testConfig();
  const config = { ...base, reports: { ...base.reports, monthly: { ...monthly, ...changed } } };
  const clock = fakeClock(Date.parse(`${time}+07:00`));
  const collector = await startCollector({
    config,
    dataFolder: folder,
    clock,
    random: Math.random,
    logger: silentLogger,
  });
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await collector.stop();
    isStopped = true;
  };
  onTestFinished(stop);
  const api = apiOf({ url: collector.url, adminToken: loadOperatorToken(folder) });
  return { api, folder, stop, documents: () => api.list<Document>('documents') };
}

describe('the monthly report by schedule', () => {
  it('is made by itself when it is due, and again only for the next month', async () => {
    const { api, documents, folder, stop } = await collectorAt('2026-11-01T06:00');
    await waitUntil('the reports of October', async () => (await documents()).length === 3, 60_000);

    const made = await documents();
    expect(made.map(({ name, madeBy, isKept }) => `${name} ${madeBy} ${isKept}`).toSorted()).toEqual(
      [
        'laporan-bulanan-2026-10 pantau true',
        'laporan-bulanan-2026-10-diskominfo pantau true',
        'laporan-bulanan-2026-10-dinkes pantau true',
      ].toSorted(),
    );
    for (const { files } of made) {
      for (const { file, sha256 } of files) {
        const bytes = readFileSync(join(folder, 'reports', '2026-10', file));
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      }
    }
    await waitUntil(
      'the count of it',
      async () => (await api.series('pantau_monthly_reports_total{outcome="made"}')) === 1,
    );
    await stop();

    const later = await collectorAt('2026-11-20T12:00', folder);
    expect(await later.api.series('pantau_monthly_reports_total{outcome="made"}')).toBe(0);
    expect(await later.documents()).toHaveLength(3);
  });

  it('is not made before it is due, nor of a time before the first agent', async () => {
    const { documents, folder } = await collectorAt('2026-11-01T05:59');

    expect(await documents()).toEqual([]);
    const store = openSqliteStore(databaseIn(folder));
    onTestFinished(() => store.close());
    // September was looked at and passed over.
    await waitUntil(
      'September passed over',
      async () => (await store.documents.scheduledUntilMs()) === Date.parse('2026-09-30T23:00:00Z'),
    );
    expect(await store.documents.list()).toEqual([]);
  });

  it('that fell due while the collector was away is made when it is back', async () => {
    const { documents } = await collectorAt('2026-11-27T10:00');

    await waitUntil('the reports of October', async () => (await documents()).length === 3, 60_000);
    expect((await documents()).every(({ files }) => files.length === 1)).toBe(true);
  });

  it('is made up for each month that was missed, the oldest first', async () => {
    const { documents, folder, stop } = await collectorAt('2026-11-20T12:00');
    await waitUntil('the reports of October', async () => (await documents()).length === 3, 60_000);
    await stop();

    const later = await collectorAt('2027-01-15T12:00', folder, { perDepartment: false });
    await waitUntil('the reports of two months', async () => (await later.documents()).length >= 5, 60_000);

    const made = (await later.documents()).toSorted((a, b) => a.key - b.key).slice(3);
    expect(made.map(({ name }) => name)).toEqual(['laporan-bulanan-2026-11', 'laporan-bulanan-2026-12']);
  }, 150_000);

  it('is made up, too, when the collector was stopped before the first one was made', async () => {
    const { folder, stop } = await collectorAt('2026-11-20T12:00', undefined, { perDepartment: false });
    await stop();

    const later = await collectorAt('2027-01-15T12:00', folder, { perDepartment: false });
    const isMade = async () => (await later.documents()).some(({ name }) => name === 'laporan-bulanan-2026-12');
    await waitUntil('the report of December', isMade, 60_000);

    expect((await later.documents()).toSorted((a, b) => a.key - b.key).map(({ name }) => name)).toEqual([
      'laporan-bulanan-2026-10',
      'laporan-bulanan-2026-11',
      'laporan-bulanan-2026-12',
    ]);
  }, 150_000);

  it('is made in the other formats where one fails, and the failure is counted', async () => {
    const folder = join(temporaryFolder(), 'data');
    mkdirSync(join(folder, 'reports', '2026-10', 'laporan-bulanan-2026-10.html'), { recursive: true });

    const { api, documents } = await collectorAt('2026-11-01T06:00', folder, { formats: ['html', 'xlsx'] });
    await waitUntil(
      'the failure counted',
      async () => (await api.series('pantau_monthly_reports_total{outcome="failed"}')) === 1,
      60_000,
    );

    expect(
      (await documents())
        .map(({ name, files }) => `${name} ${files.map(({ file }) => file.split('.')[1]).join()}`)
        .toSorted(),
    ).toEqual([
      'laporan-bulanan-2026-10 xlsx',
      'laporan-bulanan-2026-10-dinkes html,xlsx',
      'laporan-bulanan-2026-10-diskominfo html,xlsx',
    ]);
    expect(await api.series('pantau_monthly_reports_total{outcome="made"}')).toBe(0);
  });
});
