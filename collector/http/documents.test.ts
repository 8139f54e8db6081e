import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { busyBench, madeDocument, serve } from '../../test/kit/served-app.ts';

const page = '<p>laporan</p>';
const file = 'laporan-bulanan-2026-10.html';

async function served() {
  const bench = await busyBench();
  const folder = join(dirname(bench.path), madeDocument.folder ?? '');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), page);
  writeFileSync(join(dirname(bench.path), 'secret.html'), 'secret');
  return serve(bench);
}

describe('documents that the collector keeps', () => {
  it('are listed with their hashes and the checkpoint of the ledger', async () => {
    const { get } = await served();

    expect(await (await get('/api/v1/documents')).json()).toMatchObject({
      items: [
        {
          key: 1,
          name: 'laporan-bulanan-2026-10',
          pd: null,
          revision: 1,
          madeAt: '2026-11-22T10:00:00.000+07:00',
          checkpoint: { seq: 7, hash: 'c'.repeat(64), at: '2026-11-22T10:00:00.000+07:00' },
          isKept: true,
          files: [{ file, sha256: 'a'.repeat(64), sizeBytes: 12 }],
        },
      ],
      totalCount: 1,
    });
  });

  it('are handed to an operator as files, never as pages', async () => {
    const { get } = await served();
    const response = await get(`/api/v1/documents/1/${file}`);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename=${file}`);
    expect(await response.text()).toBe(page);
    expect((await get(`/api/v1/documents/1/${file}`, {})).status).toBe(401);
  });

  it.each([
    '/api/v1/documents/1/other.html',
    '/api/v1/documents/2/laporan-bulanan-2026-10.html',
    '/api/v1/documents/x/laporan-bulanan-2026-10.html',
    '/api/v1/documents/1/..%2F..%2Fsecret.html',
  ])('are not found at %s', async (path) => {
    const { get } = await served();

    expect((await get(path)).status).toBe(404);
  });
});

describe('the coverage that the API tells', () => {
  it('counts every department and names the verdicts behind each', async () => {
    const { get } = await served();
    const { items } = (await (await get('/api/v1/coverage')).json()) as {
      items: { indicator: string; totalCount: number; countedCount: number; departments: { pd: string }[] }[];
    };

    expect(items.map(({ indicator }) => indicator)).toEqual(['pencadangan', 'pusat-data', 'jaringan-intra', 'spl']);
    expect(items[0]).toMatchObject({
      month: '2026-11',
      numbers: [16],
      definition:
        'Terhitung adalah Perangkat Daerah yang mencadangkan himpunan datanya sesuai jadwal yang didaftarkan, yakni yang setiap putusannya mengenai hal itu Patuh; yang belum dapat dinilai dinyatakan tidak diketahui, dan N adalah semua Perangkat Daerah dalam konfigurasi.',
      countedCount: 0,
      totalCount: 2,
      departments: [
        { pd: 'diskominfo', state: 'unknown' },
        { pd: 'dinkes', state: 'not-counted', verdicts: [{ subject: 'dinkes/simpus', status: 'breached' }] },
      ],
    });
  });

  it('knows nothing of a month in which nobody judged', async () => {
    const { get } = await served();
    const { items } = (await (await get('/api/v1/coverage?month=2025-01')).json()) as {
      items: { departments: { state: string }[] }[];
    };

    expect(items.flatMap(({ departments }) => departments.map(({ state }) => state))).toEqual(
      Array.from({ length: 8 }, () => 'unknown'),
    );
    expect((await get('/api/v1/coverage?month=2025-13')).status).toBe(422);
  });
});
