import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configText } from '../../test/kit/config-text.ts';
import { enrolAll } from '../../test/kit/store-file.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { testAgent } from '../../test/kit/test-agent.ts';
import { needs } from '../../test/requirements.ts';
import { databaseIn } from '../data-folder.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { dispatch } from './dispatch.ts';
import { commands } from './registry.ts';

const python = needs({ tools: ['python3'] });

async function office() {
  const folder = temporaryFolder();
  const store = openSqliteStore(databaseIn(folder));
  await enrolAll(store, [testAgent({ key: 1 })], 1_000_000);
  await store.close();
  writeFileSync(join(folder, 'pantau.yaml'), configText());
  const run = async (...args: string[]) => {
    let [stdout, stderr] = ['', ''];
    const io = {
      stdout: (text: string) => void (stdout += text),
      stderr: (text: string) => void (stderr += text),
      env: { PANTAU_DATA: folder },
      workingFolder: folder,
    };
    const code = await dispatch(['register', ...args], { commands, version: '1', io });
    return { code, stdout, stderr };
  };
  return { folder, run };
}

const header = 'Perangkat Daerah;Jenis;Judul;Berlaku Sejak;Berlaku Sampai';
const plans = `${header}\r\n;Arsitektur SPBE;Arsitektur 2025–2029;1/1/2025;31/12/2029\r\ndinkes;rencana-aksi;Aksi;2026-01-01;2026-12-31\r\n`;

describe('pantau-collector register', () => {
  it('tells what a file would change before it changes anything', async () => {
    const { folder, run } = await office();
    writeFileSync(join(folder, 'rencana.csv'), plans);
    expect(await run('import', 'plan', 'rencana.csv')).toEqual({
      code: 0,
      stdout:
        'row 2: new\nrow 3: new\nIt would be: 2 new, 0 changed, 0 as they are. Nothing was changed; add --apply --by NAME.\n',
      stderr: '',
    });
    expect((await run('list', 'plan')).stdout).toBe('');
    expect((await run('import', 'plan', 'rencana.csv', '--apply', '--by', 'siti')).stdout).toContain(
      'Done: 2 new, 0 changed, 0 as they are.\n',
    );
    expect((await run('list', 'plan', '--pd', 'dinkes')).stdout).toMatch(
      /^REG-\d{8}-[0-9A-Z]{8} {2}dinkes {2}kind="rencana-aksi" {2}title="Aksi" {2}.* siti\)\n$/,
    );
    expect((await run('list')).stdout).toMatch(/^plan +2 {2}Dokumen Perencanaan$/m);
    expect((await run('import', 'plan', 'rencana.csv', '--apply', '--by', 'siti')).stdout).toBe(
      'Done: 0 new, 0 changed, 2 as they are.\n',
    );
  });

  it('names every cell that is wrong and changes nothing', async () => {
    const { folder, run } = await office();
    writeFileSync(join(folder, 'rencana.csv'), `${plans}dinkez;arsitektr;Aksi;32/1/2026;2026-12-31\r\n`);

    expect(await run('import', 'plan', 'rencana.csv', '--apply', '--by', 'siti')).toEqual({
      code: 1,
      stdout: '',
      stderr: `row 4, pd: there is no department "dinkez"; did you mean "dinkes"?
row 4, kind: "arsitektr" is none of the choices; did you mean "arsitektur"?
row 4, validFrom: "32/1/2026" is no day; write it like 2026-11-25 or 25/11/2026
3 cell(s) are wrong, nothing was changed.
`,
    });
    expect((await run('list', 'plan')).stdout).toBe('');
  });

  it.skipIf(!python.ok)(`takes a template that was filled in with another program ${python.reason}`, async () => {
    const { folder, run } = await office();
    await run('template', 'plan');
    const fill = `
import datetime, openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1]); sheet = book.worksheets[0]
titles = [cell.value for cell in sheet[1]]
row = {'Perangkat Daerah': 'dinkes', 'Jenis': 'Rencana aksi', 'Judul': '=A1', 'Berlaku Sejak': datetime.date(2026, 1, 1), 'Berlaku Sampai': '31/12/2026'}
for place, title in enumerate(titles):
  cell = sheet.cell(2, place + 1); cell.value = row.get(title)
  if title == 'Judul': cell.data_type = 's'
book.save(sys.argv[1])`;
    execFileSync('/usr/bin/python3', ['-W', 'ignore', '-c', fill, join(folder, 'plan-template.xlsx')]);
    await run('import', 'plan', 'plan-template.xlsx', '--apply', '--by', 'siti');
    await run('export', 'plan', '--format', 'csv');

    expect(readFileSync(join(folder, 'plan.csv'), 'utf8').split('\r\n')[1]).toMatch(
      /^REG-.{17};1;dinkes;Rencana aksi;'=A1;;2026-01-01;2026-12-31;;/,
    );
  });

  it('overwrites a file only when it is named', async () => {
    const { run } = await office();
    expect((await run('export', 'plan')).code).toBe(0);
    expect(await run('export', 'plan')).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
    expect((await run('export', 'plan', '--output', 'plan.xlsx')).code).toBe(0);
  });

  it('proposes hardware for machines that report, and attaches files', async () => {
    const { folder, run } = await office();
    expect((await run('seed', 'hardware')).stdout).toBe(
      'dinkes  server-1  server-1  server  kantor\n1 would be new; add --apply --by NAME; 0 were there already.\n',
    );
    await run('seed', 'hardware', '--apply', '--by', 'siti');
    const id = /^REG-\S+/.exec((await run('list', 'hardware')).stdout)?.[0] ?? '';
    writeFileSync(join(folder, 'bast.pdf'), 'isi');
    expect((await run('attach', 'hardware', id, 'bast.pdf', '--by', 'siti')).stdout).toMatch(
      /^bast\.pdf is attached to REG-\S+; SHA-256 [0-9a-f]{64}\n$/,
    );
    expect(await run('attach', 'hardware', 'REG-1', 'bast.pdf', '--by', 'siti')).toMatchObject({ code: 1 });
  });

  it.each([
    [[], 'say list, template, export, import, seed or attach'],
    [['import', 'plan'], 'something is missing'],
    [['import', 'plan', 'pantau.yaml', '--apply'], 'say who does it with --by NAME'],
    [['import', 'plan', 'x', '--by', '\u0007'], '--by "\u0007" is no name; it is 2 to 64 letters'],
    [['import', 'plan', 'x', '--by', 'dua kata'], '--by "dua kata" is no name; it is 2 to 64 letters'],
    [['import', 'plan', 'x', '--apply', '--by', 'Pantau'], '--by "Pantau" is not free'],
    [['seed', 'hardware', '--apply', '--by', 'admin'], '--by "admin" is not free'],
    [['attach', 'plan', 'REG-1', 'x', '--by', 'cli'], '--by "cli" is not free'],
    [['list', 'plan', 'plan'], '"plan" is too much'],
    [['export', 'plan', '--format', 'pdf'], '--format "pdf" must be csv or xlsx'],
    [['seed', 'software'], 'only the register hardware'],
  ])('refuses %j', async (args, message) => {
    const { run } = await office();
    expect(await run(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });

  it.each([
    [['list', 'plam'], 'There is no register "plam"; did you mean "plan"?'],
    [['list', 'plan', '--pd', 'dinkez'], 'There is no department "dinkez"; did you mean "dinkes"?'],
    [['list', '--pd', 'dinkez'], 'There is no department "dinkez"; did you mean "dinkes"?'],
    [['export', 'plan', '--pd', 'dinkez'], 'There is no department "dinkez"; did you mean "dinkes"?'],
    [['import', 'plan', 'no.csv'], 'cannot be read'],
    [['import', 'plan', '.'], 'is no file'],
  ])('says what is not there: %j', async (args, message) => {
    const { run } = await office();
    expect(await run(...args)).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
  });
});
