import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { bearer, busyBench, serve } from '../../test/kit/served-app.ts';
import { type Why, WhySchema } from '../obligations/why/schema.ts';
import { whyText } from '../obligations/why/why-text.ts';

const duty = 'lebong-19-1-pencadangan-berkala';

async function served() {
  const bench = await busyBench();
  const { get } = await serve(bench);
  const read = async (path: string) => {
    const answer = await get(`/api/v1/obligations/${path}`, bearer);
    return {
      status: answer.status,
      ...((await answer.json()) as { items: unknown[]; totalCount: number; field?: string }),
    };
  };
  const readWhys = async (path: string) => ({ items: (await read(path)).items as Why[] });
  return { bench, read, readWhys };
}

describe('why a verdict is what it is', () => {
  it('is a chain from the law to the records', async () => {
    const { readWhys } = await served();
    const { items } = await readWhys(`${duty}/why?pd=dinkes&subject=simpus`);
    const [why] = items;

    expect(items).toHaveLength(1);
    expect([...Compile(WhySchema).Errors(why)]).toEqual([]);
    expect(why).toMatchObject({
      pd: 'dinkes',
      obligation: duty,
      subject: 'dinkes/simpus',
      law: {
        regulation: 'lebong-perbup-22-2022',
        citation: 'Pasal 19 ayat (1)',
        modality: 'wajib',
        party: { role: 'perangkat-daerah', name: 'Perangkat Daerah' },
      },
      rule: { name: 'backup-in-pusat-data' },
      facts: { reasonCode: 'backup-overdue', sites: [] },
      verdict: { status: 'breached', grade: 'indication', verbAllows: 'violation', waiver: null, heldBackBy: null },
    });
    expect(why?.verdict.incident).toMatch(/^INC-/);
    expect(why?.verdict.gradeReason).toContain('bawaan aplikasi');
    expect(why?.params.find(({ name }) => name === 'grace')).toMatchObject({
      value: '6h',
      source: 'dataset',
      basis: null,
    });
    expect(why?.params.find(({ source }) => source === 'default')?.docs).toMatch(/./);
    expect(why?.records[0]).toMatchObject({ kind: 'report', node: 'server-2', genuine: true });
  });

  it('reads as a text in either language, with every step', async () => {
    const { readWhys } = await served();
    const [why] = (await readWhys(`${duty}/why?pd=dinkes`)).items;
    if (why === undefined) throw new Error('there is a verdict');
    const text = whyText(why, { language: 'id', timezone: 'Asia/Jakarta' });

    expect(
      text
        .split('\n')
        .filter((line) => /^\S/.test(line))
        .slice(1),
    ).toEqual([
      `${duty} | dinkes/simpus`,
      'Dasar hukum',
      'Aturan penilaian',
      'Parameter (menurut pengaturan yang berlaku sekarang)',
      'Fakta',
      'Bukti',
      'Putusan',
    ]);
    expect(text).toContain('Pasal 19 ayat (1) Peraturan Bupati Lebong Nomor 22 Tahun 2022');
    expect(text).toContain('wajib (paling berat disebut pelanggaran)');
    expect(text).toMatch(/grace +: 6h \(pengaturan himpunan data\)/);
    expect(text).toContain('ditandatangani agen, tanda tangan sah, masih disimpan, SHA-256');
    expect(text).toMatch(/Tingkat +: indikasi pelanggaran/);
    const forged = { ...why, records: why.records.map((record) => ({ ...record, genuine: false }) as typeof record) };
    expect(whyText(forged, { language: 'en', timezone: 'Asia/Jakarta' })).toContain('SIGNATURE NOT GENUINE');
  });

  it('is told of a moment in the past', async () => {
    const { read, readWhys, bench } = await served();
    const before = encodeURIComponent('2026-11-22T09:59:00+07:00');

    expect(await read(`${duty}/why?pd=dinkes&at=${before}`)).toMatchObject({ status: 200, items: [], totalCount: 0 });
    const now = new Date(bench.clock.nowMs()).toISOString();
    const { items } = await readWhys(`${duty}/why?pd=dinkes&at=${now}`);
    expect(items[0]?.verdict).toMatchObject({
      status: 'breached',
      judgedAt: expect.stringMatching(/^2026-11-22T10:00/),
    });
  });

  it.each([
    ['no-such-duty/why', 404, '/id'],
    [`${duty}/why?at=yesterday`, 422, 'at'],
    [`${duty}/why?at=2026-13-41T00:00Z`, 422, 'at'],
    [`${duty}/history?limit=0`, 422, 'limit'],
  ])('says what is wrong with %s', async (path, status, field) => {
    const { read } = await served();

    expect(await read(path)).toMatchObject({ status, field });
  });
});

describe('the history of a duty', () => {
  it('has every change in its order, by pages', async () => {
    const { read } = await served();
    const all = await read(`${duty}/history?pd=dinkes&subject=simpus`);

    expect(all.totalCount).toBe(all.items.length);
    expect(all.items.at(-1)).toMatchObject({
      pd: 'dinkes',
      subject: 'dinkes/simpus',
      status: 'breached',
      grade: 'indication',
      reasonCode: 'backup-overdue',
    });
    const page = await read(`${duty}/history?pd=dinkes&subject=simpus&offset=1&limit=1`);
    expect([page.totalCount, page.items]).toEqual([all.totalCount, all.items.slice(1, 2)]);
    const none = await read(`${duty}/history?until=${encodeURIComponent('2026-11-22T09:00:00+07:00')}`);
    expect(none.totalCount).toBe(0);
  });
});
