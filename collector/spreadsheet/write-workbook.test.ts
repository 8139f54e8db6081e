import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import readWorkbook from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { needs } from '../../test/requirements.ts';
import type { Sheet } from '../documents/document.ts';
import { sheetNames } from './sheet-names.ts';
import { writeWorkbook } from './write-workbook.ts';

const python = needs({ tools: ['python3'] });

const sheets: Sheet[] = [
  {
    name: 'Pencadangan',
    columns: [
      { title: 'Perangkat Daerah', widthCharacters: 32 },
      { title: 'Ukuran (MB)' },
      { title: 'Sejak', kind: 'day' },
    ],
    rows: [
      ['Dinas Kesehatan', 1234.5, '2026-10-31'],
      ['=HYPERLINK("http://contoh")', -3, undefined],
      ['+1', 0, 'tidak diketahui'],
      ['-1', undefined, '2026-02-30'],
      ['@SUM(A1)', 1e15, '1899-01-01'],
      ['<b>&"\u0000\u0007é 💾', Number.NaN, ''],
    ],
  },
  {
    name: 'Nomor: [a]/b*?',
    columns: [{ title: 'Nomor', kind: 'text' }],
    rows: [['007'], ['1-2'], [undefined]],
  },
];

/** Every cell with its type, the look of the header, and what is frozen, as openpyxl sees them. */
const look = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps([{
  'name': sheet.title, 'frozen': sheet.freeze_panes, 'bold': [cell.font.b for cell in sheet[1]],
  'width': round(sheet.column_dimensions['A'].width), 'format': sheet.cell(2, 1).number_format,
  'cells': [[[cell.data_type, str(cell.value)] for cell in row] for row in sheet.iter_rows(min_row=2)],
} for sheet in book.worksheets]))
`;

describe('writeWorkbook', () => {
  it.skipIf(!python.ok)(`is read by openpyxl as it was meant, formulas as text ${python.reason}`, async () => {
    const file = join(temporaryFolder(), 'a.xlsx');
    writeFileSync(file, await writeWorkbook(sheets));

    const seen: unknown = JSON.parse(execFileSync('/usr/bin/python3', ['-c', look, file], { encoding: 'utf8' }));

    expect(seen).toEqual([
      {
        name: 'Pencadangan',
        frozen: 'A2',
        bold: [true, true, true],
        width: 32,
        format: 'General',
        cells: [
          [
            ['s', 'Dinas Kesehatan'],
            ['n', '1234.5'],
            ['d', '2026-10-31 00:00:00'],
          ],
          [
            ['s', '=HYPERLINK("http://contoh")'],
            ['n', '-3'],
            ['n', 'None'],
          ],
          [
            ['s', '+1'],
            ['n', '0'],
            ['s', 'tidak diketahui'],
          ],
          [
            ['s', '-1'],
            ['n', 'None'],
            ['s', '2026-02-30'],
          ],
          [
            ['s', '@SUM(A1)'],
            ['n', '1000000000000000'],
            ['s', '1899-01-01'],
          ],
          [
            ['s', '<b>&"é 💾'],
            ['s', 'NaN'],
            ['n', 'None'],
          ],
        ],
      },
      {
        name: 'Nomor a b',
        frozen: 'A2',
        bold: [true],
        width: 16,
        format: '@',
        cells: [[['s', '007']], [['s', '1-2']], [['n', 'None']]],
      },
    ]);
  });

  it('is read by another reader as the same', async () => {
    const read = await readWorkbook(Buffer.from(await writeWorkbook(sheets)));

    expect(read[0]?.data.slice(0, 3)).toEqual([
      ['Perangkat Daerah', 'Ukuran (MB)', 'Sejak'],
      ['Dinas Kesehatan', 1234.5, new Date('2026-10-31T00:00:00Z')],
      ['=HYPERLINK("http://contoh")', -3, null],
    ]);
  });

  it.each(['toString', 'constructor', '__proto__', 'hasOwnProperty', '_x0041_'])(
    'keeps the text %s, which names something in every object',
    async (text) => {
      const sheet: Sheet = { name: 'Teks', columns: [{ title: 'Nama' }], rows: [[text], ['lain']] };
      const [read] = await readWorkbook(Buffer.from(await writeWorkbook([sheet])));

      expect(read?.data).toEqual([['Nama'], [text], ['lain']]);
    },
  );

  it('is the same, byte by byte, whenever it is written', async () => {
    const first = await writeWorkbook(sheets);
    // A ZIP archive counts time in steps of two seconds.
    await wait(2100);
    expect(Buffer.compare(first, await writeWorkbook(sheets))).toBe(0);
  });

  it('cuts a text that no cell holds, and refuses rows that no sheet holds', async () => {
    const long = { name: 'a', columns: [{ title: 'a' }], rows: [[`${'x'.repeat(32_766)}💾`]] };
    const read = await readWorkbook(Buffer.from(await writeWorkbook([long])));
    const cut = String(read[0]?.data[1]?.[0]);
    expect({ length: cut.length, end: cut.slice(-3) }).toEqual({ length: 32_766, end: 'xxx' });

    const many = { name: 'b', columns: [], rows: Array.from({ length: 1_048_576 }, () => []) };
    await expect(writeWorkbook([many])).rejects.toThrow('sheet "b" has 1048576 rows; a sheet holds at most 1048575');
  });
});

describe('sheetNames', () => {
  it('makes each name one that Excel takes, and only once', () => {
    const long = 'Rekapitulasi Kepatuhan per Perangkat Daerah';
    expect(sheetNames(['A/B', 'a b', "'kutip'", '', 'History', long, long])).toEqual([
      'A B',
      'a b (2)',
      'kutip',
      'Lembar',
      'Lembar History',
      'Rekapitulasi Kepatuhan per Pera',
      'Rekapitulasi Kepatuhan per  (2)',
    ]);
  });
});
