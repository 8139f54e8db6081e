import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configText } from '../../test/kit/config-text.ts';
import { enrolAll, storeFile } from '../../test/kit/store-file.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { dispatch } from './dispatch.ts';
import { commands } from './registry.ts';

/** The data of a collector that is running: its store is open. */
async function office() {
  const file = storeFile();
  const folder = dirname(file.path);
  writeFileSync(join(folder, 'pantau.yaml'), configText());
  await enrolAll(file.store, [testAgent()], Date.parse('2026-09-01T00:00:00Z'));
  const run = async (...args: string[]) => {
    let [stdout, stderr] = ['', ''];
    const io = {
      stdout: (text: string) => void (stdout += text),
      stderr: (text: string) => void (stderr += text),
      env: { PANTAU_DATA: folder },
      workingFolder: folder,
    };
    const code = await dispatch(['report', ...args], { commands, version: '1', io });
    return { code, stdout, stderr };
  };
  return { ...file, folder, run };
}

const thisMonth = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7);

describe('pantau-collector report', () => {
  it('writes a month that is over, says which revision it is, and the same again as the same', async () => {
    const { folder, run, store } = await office();
    const args = ['--month', '2025-10', '--out', 'laporan', '--format', 'html,xlsx'];

    const first = await run(...args);
    const again = await run(...args);

    const files = ['html', 'xlsx'].map((format) => join(folder, 'laporan', `laporan-bulanan-2025-10.${format}`));
    const lines = files.map((path) => `  ${path}\n`).join('');
    expect(first).toMatchObject({ code: 0, stdout: `laporan-bulanan-2025-10: revision 1\n${lines}` });
    expect(first.stderr).toMatch(/^… \d of 2 departments read\n/);
    expect(first.stderr).toContain('Nothing was recorded in 2025-10; the report says so.\n');
    const page = readFileSync(join(folder, 'laporan', 'laporan-bulanan-2025-10.html'), 'utf8');
    expect(page).toContain('Dalam bulan ini tidak ada yang tercatat');
    expect(again.stdout).toBe(`laporan-bulanan-2025-10: revision 1, the same figures as before\n${lines}`);
    expect(files.every((path) => existsSync(path))).toBe(true);
    expect(await store.documents.list()).toMatchObject([{ month: '2025-10', revision: 1, madeBy: 'admin' }]);
  });

  it('signs the ledger as it is now before it prints its checkpoint', async () => {
    const { run, store } = await office();
    await run('--month', '2025-10', '--out', 'laporan', '--format', 'html');
    // The report of October is followed by nobody else here.
    await run('--month', '2025-11', '--out', 'laporan', '--format', 'html');

    const [november] = await store.documents.list();
    const lastRecord = await store.ledger.entryCount();
    expect(lastRecord).toBeGreaterThan(0);
    expect(november).toMatchObject({ month: '2025-11', checkpoint: { seq: lastRecord } });
    expect(november?.checkpoint).not.toHaveProperty('newerCount');
  });

  it('counts departments of which nothing is known as unknown, and defines each number with its evidence', async () => {
    const { folder, run } = await office();
    await run('--month', '2025-10', '--out', 'laporan', '--format', 'html');
    const page = readFileSync(join(folder, 'laporan', 'laporan-bulanan-2025-10.html'), 'utf8');
    const evidence = page.slice(page.indexOf('Lampiran 6'));

    expect(page).toContain('0 dari 2 PD');
    expect(evidence.match(/Terhitung adalah Perangkat Daerah yang /g)).toHaveLength(4);
    expect(evidence.match(/tidak ada kewajiban yang dinilai/g)).toHaveLength(8);
    expect(evidence).not.toContain('Tidak terhitung');
  });

  it('calls nothing good of which nothing is known', async () => {
    const { folder, run } = await office();
    await run('--month', '2025-10', '--out', 'laporan', '--format', 'html', '--pd', 'dinkes');
    const page = readFileSync(join(folder, 'laporan', 'laporan-bulanan-2025-10-dinkes.html'), 'utf8');

    expect(page).toContain('Ketersediaan: tidak diketahui, tidak ada pengukuran.');
    expect(page).toContain('Pencadangan: belum ada himpunan data yang didaftarkan.');
    expect(page).not.toContain('>100%<');
  });

  it('writes a month that goes on only as a provisional one', async () => {
    const { run } = await office();
    const args = ['--month', thisMonth, '--out', 'laporan', '--format', 'html'];

    const refused = await run(...args);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('add --so-far for a provisional report');
    const { code, stdout } = await run(...args, '--so-far');
    expect({ code, first: stdout.split('\n')[0] }).toEqual({
      code: 0,
      first: `laporan-bulanan-${thisMonth}-sementara: provisional`,
    });
  });

  it.each([
    [['--out', 'x'], 'say which month with --month 2026-10'],
    [['--month', '2026-13', '--out', 'x'], '--month "2026-13" must look like 2026-10'],
    [['--month', '2099-01', '--out', 'x'], 'the month 2099-01 has not begun'],
    [['--month', '2025-10'], 'say where to write with --out DIR'],
    [['--month', '2025-10', '--out', 'x', '--format', 'docx'], '--format "docx" is none of pdf, html, xlsx'],
    [['--month', '2025-10', '--out', 'x', '--pd', 'dinas'], '--pd "dinas" is not known; known: diskominfo, dinkes'],
    [
      ['--month', '2025-10', '--out', 'x', '--pd', 'dinkes', '--per-department'],
      'give either --pd or --per-department',
    ],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const { run } = await office();

    expect(await run(...args)).toEqual({
      code: 2,
      stdout: '',
      stderr: `report: ${sentence}; see "pantau-collector report --help".\n`,
    });
  });

  it('writes the other formats where one fails, registers only what is there, and the rest when made again', async () => {
    const { folder, run, store } = await office();
    const blocked = join(folder, 'laporan', 'laporan-bulanan-2025-10.html');
    mkdirSync(blocked, { recursive: true });
    const args = ['--month', '2025-10', '--out', 'laporan', '--format', 'html,xlsx'];

    const { code, stdout, stderr } = await run(...args);

    const workbook = 'laporan-bulanan-2025-10.xlsx';
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `laporan-bulanan-2025-10: revision 1\n  ${join(folder, 'laporan', workbook)}\n`,
    });
    expect(stderr).toContain('laporan-bulanan-2025-10: the html could not be written: EISDIR');
    expect((await store.documents.list()).map(({ files }) => files.map(({ file }) => file))).toEqual([[workbook]]);

    rmSync(blocked, { recursive: true });
    expect(await run(...args)).toMatchObject({ code: 0 });
    expect((await store.documents.list()).map(({ revision, files }) => [revision, files.length])).toEqual([
      [1, 2],
      [1, 1],
    ]);
  });

  it('says which folder it cannot write', async () => {
    const { folder, run } = await office();
    writeFileSync(join(folder, 'berkas'), '');

    const { code, stderr } = await run('--month', '2025-10', '--out', 'berkas/laporan');

    expect(code).toBe(1);
    expect(stderr).toContain(`The report cannot be written to ${join(folder, 'berkas/laporan')}`);
  });
});
