import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { needs } from '../../test/requirements.ts';
import { readWorkbook } from './read-workbook.ts';
import { writeWorkbook } from './write-workbook.ts';
import { readZip, storedZip } from './zip-entries.ts';

const python = needs({ tools: ['python3'] });
const limits = { maxRows: 50, maxColumns: 8 };
const sheet = { name: 'Lembar', columns: [{ title: 'a' }, { title: 'b' }], rows: [['x', 1.5]] };
const zipLimits = { maxEntries: 100, maxUnpackedBytes: 10_000_000 };

/** The workbook with one of its files changed. */
async function changed(name: string, change: (text: string) => string): Promise<Buffer> {
  const entries = readZip(Buffer.from(await writeWorkbook([sheet])), () => true, zipLimits);
  const found = entries.map((entry) =>
    entry.name === name ? { name, content: Buffer.from(change(entry.content.toString('utf8'))) } : entry,
  );
  return storedZip(found);
}

const sheetFile = 'xl/worksheets/sheet1.xml';
const why = (bytes: Uint8Array) =>
  readWorkbook(bytes, limits).then(
    () => 'read',
    (error: Error) => error.message,
  );

describe('a workbook', () => {
  it('is read as it was written', async () => {
    const rows = [
      ['a', 'b'],
      ['x', 1.5],
    ];
    expect(await readWorkbook(await writeWorkbook([sheet]), limits)).toEqual([{ name: 'Lembar', rows, problems: [] }]);
  });

  it.skipIf(!python.ok)(`of another program is read with its dates, numbers and texts ${python.reason}`, async () => {
    const path = join(temporaryFolder(), 'buku.xlsx');
    const script = `
import datetime, openpyxl, sys
book = openpyxl.Workbook(); s = book.active
s.append(['Tanggal', 'Waktu', 'Nomor', 'Teks', 'Ya'])
s.append([datetime.date(2026, 11, 25), datetime.datetime(2026, 11, 25, 13, 45), 12.5, '=1+1', True])
s['D2'].data_type = 's'
s.append([None, None, 7, '007', None])
book.create_sheet('Lain')['A1'] = 'x'
book.create_sheet('Lama', 0).sheet_state = 'hidden'
book.active = 1
book.save(sys.argv[1])`;
    execFileSync('/usr/bin/python3', ['-c', script, path]);

    const sheets = await readWorkbook(readFileSync(path), limits);
    expect(sheets.map(({ name, problems }) => [name, problems])).toEqual([
      ['Sheet', []],
      ['Lain', []],
    ]);
    expect(sheets[0]?.rows).toEqual([
      ['Tanggal', 'Waktu', 'Nomor', 'Teks', 'Ya'],
      [new Date('2026-11-25'), new Date('2026-11-25T13:45:00Z'), 12.5, '=1+1', 'true'],
      [undefined, undefined, 7, '007', undefined],
    ]);
  });

  it.skipIf(!python.ok)(`tells of what is no value, where a reader sees one ${python.reason}`, async () => {
    const path = join(temporaryFolder(), 'buku.xlsx');
    const script = `
import openpyxl, sys
s = openpyxl.Workbook(); book, s = s, s.active
s.append(['a', 'b']); s.append(['x', '=1+1']); s.append([None, '#REF!']); s['B3'].data_type = 'e'
s.merge_cells('A2:A3'); s.merge_cells('A40:B40')
book.save(sys.argv[1])`;
    execFileSync('/usr/bin/python3', ['-c', script, path]);

    const [read] = await readWorkbook(readFileSync(path), limits);
    expect(read?.problems.map(({ row, cell, message }) => `${row} ${cell}: ${message}`)).toEqual([
      '2 B2: the formula was never calculated; save the file in a spreadsheet, or write the value',
      '3 B3: the cell holds the error #REF!; write the value',
      '2 A2:A3: these cells are merged; part them and write the value into each',
    ]);
  });

  it('is refused when one long text stands in many cells, of each of which there would be a copy', async () => {
    const cell = (row: number, column: number) => `<c r="${'ABCDEFGH'[column]}${row}" t="s"><v>0</v></c>`;
    const row = (at: number) =>
      `<row r="${at}">${[0, 1, 2, 3, 4, 5, 6, 7].map((each) => cell(at, each)).join('')}</row>`;
    const rows = Array.from({ length: 50 }, (_, at) => row(at + 1)).join('');
    const bytes = await changed(sheetFile, (text) =>
      text.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${rows}</sheetData>`),
    );
    const entries = readZip(bytes, () => true, zipLimits).map((entry) =>
      entry.name === 'xl/sharedStrings.xml'
        ? { ...entry, content: Buffer.from(`<sst><si><t>${'A'.repeat(1_000_000)}</t></si></sst>`) }
        : entry,
    );
    expect(await why(storedZip(entries))).toBe('The workbook cannot be read: what is in it is too large.');
  });

  it.each([
    ['is text', Buffer.from('PK but nothing else'), 'it is no XLSX file'],
    ['is empty', Buffer.alloc(0), 'it is no XLSX file'],
    [
      'is an archive of something else',
      storedZip([{ name: 'a.txt', content: Buffer.from('x') }]),
      'The workbook cannot be read',
    ],
  ])('is refused when it %s', async (_what, bytes, message) => {
    expect(await why(bytes)).toContain(message);
  });

  it.each([
    ['a row far below', (text: string) => text.replace('<row r="2"', '<row r="1048576"'), 'it has more than 50 rows'],
    ['a cell far below', (text: string) => text.replace(' r="A2"', ' r="A9999999"'), 'it has more than 50 rows'],
    ['a cell far to the right', (text: string) => text.replace('"B2"', "'XFD2'"), 'it has more than 8 columns'],
    ['a cell nowhere', (text: string) => text.replace('"B2"', '"&#66;2"'), 'a cell has no place in the sheet'],
    ['a mark in an attribute', (text: string) => text.replace('r="B2"', 'x=">" r="XFD2"'), 'a cell of it is damaged'],
  ])('is refused for %s', async (_what, change, message) => {
    expect(await why(await changed(sheetFile, change))).toBe(`The workbook cannot be read: ${message}.`);
  });

  it('is unpacked no further than the limit, whatever size it claims', async () => {
    const bomb = packed('xl/worksheets/sheet1.xml', deflateRawSync(Buffer.alloc(200_000_000)), 10);
    expect(bomb.length).toBeLessThan(300_000);
    expect(await why(bomb)).toBe('The workbook cannot be read: what is in it is too large.');
  });

  it('never breaks the reader, wherever it is cut or damaged', async () => {
    const whole = Buffer.from(await writeWorkbook([sheet]));
    for (let round = 0; round < 12; round += 1) {
      const bytes = Buffer.from(whole);
      const at = (round * 397) % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
      const said = await why(round % 3 === 0 ? bytes.subarray(0, at) : bytes);
      expect(said).toMatch(/^(read$|The workbook cannot be read: )/);
    }
  });
});

/** An archive of one packed file that claims to be smaller than it is. */
function packed(name: string, content: Buffer, claimedBytes: number): Buffer {
  const bytes = storedZip([{ name, content }]);
  const central = bytes.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
  for (const at of [8, central + 10]) bytes.writeUInt16LE(8, at);
  for (const at of [22, central + 24]) bytes.writeUInt32LE(claimedBytes, at);
  return bytes;
}
