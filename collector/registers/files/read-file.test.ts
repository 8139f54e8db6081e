import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { testNames } from '../any-entry.test-kit.ts';
import type { RegisterEntry } from '../../obligations/register-view.ts';
import { writeWorkbook } from '../../spreadsheet/write-workbook.ts';
import { plan } from '../kinds/plan.ts';
import { planImport } from './plan-import.ts';
import { readFile } from './read-file.ts';

const head = 'Jenis*;JUDUL ;Valid from;validUntil';
const read = (text: string) => readFile(plan, Buffer.from(text));

describe('a file of a register', () => {
  it('may name its columns in either language or as in the API, in any order and with stars', async () => {
    const { rows, problems } = await read(
      `\r\n${head};;Entry ID\r\nArsitektur;A;1/1/2025;2/1/2029;x;REG-1\r\n;;;;;\r\n`,
    );
    const values = { kind: 'Arsitektur', title: 'A', validFrom: '1/1/2025', validUntil: '2/1/2029' };
    expect(problems).toEqual([]);
    const columns = ['kind', 'title', 'validFrom', 'validUntil', 'id'];
    expect(rows).toEqual([{ row: 3, columns, id: 'REG-1', revision: undefined, pd: undefined, values }]);
  });

  const sheet = (name: string, titles: readonly string[], ...rows: string[][]) => ({
    name,
    columns: titles.map((title) => ({ title })),
    rows,
  });
  const titles = ['Jenis', 'Judul', 'Berlaku Sejak', 'Berlaku Sampai'];
  const line = ['Arsitektur', 'A', '1/1/2025', '2/1/2029'];
  const guide = sheet('Petunjuk', ['Kolom', 'Isian'], ['Jenis', 'Arsitektur']);

  it('is read from the sheet that is headed as the register is, wherever that stands', async () => {
    const { rows, problems } = await readFile(
      plan,
      await writeWorkbook([guide, sheet('Kosong', titles), sheet('Isi', titles, line)]),
    );
    expect(problems).toEqual([]);
    expect(rows.map(({ row, values }) => [row, values['title']])).toEqual([[2, 'A']]);
  });

  it('is refused when entries stand on two sheets, of which one would be left out', async () => {
    const bytes = await writeWorkbook([sheet('Dinas A', titles, line), guide, sheet('Dinas B', titles, line)]);
    await expect(readFile(plan, bytes)).rejects.toThrow(
      'There are entries on more than one sheet, "Dinas A" and "Dinas B"; put them on one.',
    );
  });

  it.each([
    ['', 'The file is empty'],
    ['\uFEFF\r\n;;\r\n', 'The file is empty'],
    [`${head}\r\n${'Arsitektur;A;1/1/2025;2/1/2029\r\n'.repeat(10_001)}`, 'more than 10000 rows'],
    ['x'.repeat(5 * 1024 * 1024 + 1), 'larger than 5 MiB'],
  ])('is refused when it holds nothing or too much', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it.each([
    [`${head};Tittle`, [{ row: 1, column: 'Tittle', message: 'plan has no such column; did you mean "title"?' }]],
    [`${head};title`, [{ row: 1, column: 'title', message: 'it stands above two columns' }]],
    [
      'Jenis;Judul;Berlaku Sejak',
      [{ row: 1, column: 'validUntil', message: 'the file has no column "Berlaku Sampai"; an entry needs it' }],
    ],
  ])('says what is wrong with its heading: %s', async (text, problems) => {
    expect((await read(text)).problems).toEqual(problems);
  });

  it('never breaks anything, whatever it holds', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
      fc
        .array(fc.constantFrom(...head, '"', ';', '\n', '\r', ',', '=', 'a', '1'))
        .map((parts) => Buffer.from(parts.join(''))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (given) => {
        // A workbook is read by a thread, which is fuzzed beside its reader.
        fc.pre(given[0] !== 0x50);
        const outcome = await readFile(plan, given).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(AppError);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a plan to read a file in', () => {
  const values = { kind: 'arsitektur', title: 'A', validFrom: '2025-01-01', validUntil: '2029-12-31' };
  const entry: RegisterEntry = {
    id: 'REG-1',
    pd: undefined,
    values,
    attachments: ['ab'],
    enteredAtMs: 0,
    enteredBy: 'siti',
    reference: { register: 'plan', entry: 'REG-1', revision: 3 },
  };
  const planned = async (...lines: string[]) => {
    const { rows } = await read(['id;revision;kind;title;validFrom;validUntil', ...lines].join('\n'));
    let count = 1;
    const newId = () => `REG-${(count += 1)}`;
    const {
      changes,
      lines: told,
      problems,
    } = await planImport(rows, { kind: plan, entries: [entry], names: testNames, newId });
    return { changes, told: told.map(({ row, entry: id, outcome }) => `${row} ${id} ${outcome}`), problems };
  };
  const same = 'arsitektur;A;1/1/2025;31/12/2029';

  it('changes an entry by its id, from the revision that it has, and keeps its attachments', async () => {
    const { changes, told } = await planned('REG-1;3;arsitektur;B;1/1/2025;31/12/2029');
    expect(told).toEqual(['2 REG-1 changed']);
    expect(changes).toEqual([
      {
        register: 'plan',
        entry: 'REG-1',
        expectedRevision: 3,
        pd: undefined,
        values: { ...values, title: 'B' },
        attachments: ['ab'],
      },
    ]);
  });

  it('leaves alone what an entry holds in columns that the file does not have', async () => {
    const whole = { ...entry, pd: 'dinkes', values: { ...values, number: '1/2025', reviewedOn: '2026-01-31' } };
    const text = 'id;kind;title;validFrom;validUntil;reviewedOn\nREG-1;arsitektur;B;1/1/2025;31/12/2029;';
    const { rows } = await read(text);
    const { changes, lines } = await planImport(rows, {
      kind: plan,
      entries: [whole],
      names: testNames,
      newId: () => '',
    });
    expect(lines).toMatchObject([{ columns: ['title', 'reviewedOn'] }]);
    expect(changes).toMatchObject([{ pd: 'dinkes', values: { ...values, title: 'B', number: '1/2025' } }]);
    expect(changes[0]?.values).not.toHaveProperty('reviewedOn');
  });

  it('makes no second entry of what is there, nor two of rows that are the same', async () => {
    const { told } = await planned(
      `;;${same}`,
      ';;arsitektur;B;1/1/2025;31/12/2029',
      ';;arsitektur;B;2025-01-01;31/12/2029',
    );
    expect(told).toEqual(['2 REG-1 unchanged', '3 REG-2 created', '4 REG-2 unchanged']);
  });

  it.each([
    [
      [`REG-9;1;${same}`],
      { row: 2, column: 'id', message: 'there is no entry "REG-9"; leave the cell empty for a new one' },
    ],
    [[`REG-1;2;${same}`], { row: 2, column: 'revision', message: expect.stringContaining('it has revision 3 by now') }],
    [
      [`REG-1;3;${same}`, `REG-1;3;${same}`],
      { row: 3, column: 'id', message: 'the entry "REG-1" stands in the file twice' },
    ],
  ])('finds what is wrong with an id: %j', async (lines, problem) => {
    expect((await planned(...lines)).problems).toEqual([problem]);
  });
});
