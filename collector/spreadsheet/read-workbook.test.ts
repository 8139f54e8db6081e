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
    expect(await readWorkbook(await writeWorkbook([sheet]), limits)).toEqual([
      ['a', 'b'],
      ['x', 1.5],
    ]);
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
book.save(sys.argv[1])`;
    execFileSync('/usr/bin/python3', ['-c', script, path]);

    expect(await readWorkbook(readFileSync(path), limits)).toEqual([
      ['Tanggal', 'Waktu', 'Nomor', 'Teks', 'Ya'],
      [new Date('2026-11-25'), new Date('2026-11-25T13:45:00Z'), 12.5, '=1+1', 'true'],
      [undefined, undefined, 7, '007', undefined],
    ]);
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
