import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, writeCsv } from './csv.ts';

const limits = { maxRows: 100, maxColumns: 8 };
const read = (text: string) => readCsv(Buffer.from(text), limits);

describe('CSV', () => {
  it.each([
    [
      'semicolons, as Indonesian Excel writes them',
      'a;b\r\n1,5;2\r\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'commas',
      'a,b\n1;5,2\n',
      [
        ['a', 'b'],
        ['1;5', '2'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a mark before it and a line that names the separator', '\uFEFFsep=;\r\na;b\r\n', [['a', 'b']]],
    [
      'quotes, doubled quotes, separators and line breaks within',
      '"a;1";"b ""x"""\n"c\nd";\n',
      [
        ['a;1', 'b "x"'],
        ['c\nd', ''],
      ],
    ],
    ['an empty line and old line ends', 'a;b\r\r1;2', [['a', 'b'], [''], ['1', '2']]],
    ['nothing', '', []],
  ])('is read with %s', (_what, text, rows) => {
    expect(read(text)).toEqual(rows);
  });

  it('is read as what Excel calls Unicode', () => {
    expect(readCsv(Buffer.from('\uFEFFa\tb\r\n1\t2', 'utf16le'), limits)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it.each([
    ['a quote that is not closed', 'a;b\n1;"2\n', 'Row 2 has a quote that is not closed.'],
    ['text behind a quote', 'a;b\n"1"x;2', 'Row 2 has text behind a closing quote'],
    ['too many columns', `a\n${';'.repeat(8)}`, 'Line 2 has more than 8 columns.'],
    ['too many rows', 'a\n'.repeat(101), 'The file has more than 100 rows; part it.'],
  ])('is refused for %s', (_what, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('is refused when it is no UTF-8, with the remedy', () => {
    expect(() => readCsv(Buffer.from([0x61, 0xe9, 0x0a]), limits)).toThrow(
      'save it as "CSV UTF-8" or as an Excel workbook',
    );
  });

  it('keeps a spreadsheet from calculating what is in it', () => {
    expect(writeCsv([['=HYPERLINK("x")', '+62', '-1', '@a', "'=1", 'a=1']])).toBe(
      `\uFEFF"'=HYPERLINK(""x"")";'+62;'-1;'@a;''=1;a=1\r\n`,
    );
  });

  it('is read back exactly as it was, and no cell of it is calculated', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'\'=+-@";,\t\r\na ') }));
    const row = fc.array(
      cell.map((text) => text.toWellFormed()),
      { minLength: 2, maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        const head = Array.from({ length: 8 }, (_, place) => `kolom ${place}`);
        const written = writeCsv([head, ...rows]);
        expect(read(written).slice(1)).toEqual(rows);
        const firsts = written.replaceAll(/"((?:[^"]|"")*)"/g, (_whole, inner: string) => inner.slice(0, 1));
        expect(firsts).not.toMatch(/(^|[;\n])[=+\-@\t]/);
      }),
    );
  });
});
