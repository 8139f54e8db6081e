import { parentPort, workerData } from 'node:worker_threads';
import readXlsxFile from 'read-excel-file/node';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { SheetCell, SheetLimits, WorkbookAnswer, WorkbookSheet } from './read-workbook.ts';
import { cellProblems, sheetParts } from './sheet-parts.ts';
import { badArchive, readZip, storedZip, type ZipEntry } from './zip-entries.ts';

/** Reads the workbook that the thread was started with, and answers with its cells or with what is wrong. */
const zipLimits = { maxEntries: 500, maxUnpackedBytes: 64 * 1024 * 1024 };

/** Of the texts of all cells together: a text is kept once in the file, however many cells show it. */
const maxCharacters = 32 * 1024 * 1024;
const maxProblems = 1000;

const isNeeded = (name: string) => name.endsWith('.xml') || name.endsWith('.xml.rels');

/** A cell far away would make the reader fill everything before it. */
function expectNear({ name, content }: ZipEntry, { maxRows, maxColumns }: SheetLimits): void {
  if (!name.startsWith('xl/worksheets/')) return;
  for (const [, about = ''] of content.toString('utf8').matchAll(/<(?:\w+:)?(?:c|row)(?=[\s/>])([^>]*)>/g)) {
    if (!/^(?:\s+[\w:]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?$/.test(about)) throw badArchive('a cell of it is damaged');
    for (const [, address = ''] of about.matchAll(/\s(?:\w+:)?r\s*=\s*["']([^"']*)["']/g)) {
      const [, letters = '', row = ''] = /^([A-Z]{0,3})(\d{1,7})$/.exec(address) ?? [];
      if (row === '') throw badArchive('a cell has no place in the sheet');
      if (Number(row) > maxRows) throw badArchive(`it has more than ${maxRows} rows`);
      if (columnOf(letters) > maxColumns) throw badArchive(`it has more than ${maxColumns} columns`);
    }
  }
}

function columnOf(letters: string): number {
  return Buffer.from(letters, 'latin1').reduce((column, letter) => column * 26 + letter - 64, 0);
}

async function answer(bytes: Uint8Array, limits: SheetLimits): Promise<WorkbookAnswer> {
  try {
    const entries = readZip(Buffer.from(bytes), isNeeded, zipLimits);
    for (const entry of entries) expectNear(entry, limits);
    const parts = sheetParts(entries);
    const read = await readXlsxFile(storedZip(entries), { trim: false });
    const sheets = read.map(({ sheet: name, data }, place): WorkbookSheet & { isHidden: boolean } => {
      const rows = data.map((row) => row.map(cellOf));
      const { isHidden = false, content = '' } = parts[place] ?? {};
      return { name, rows, problems: cellProblems(content, rows).slice(0, maxProblems), isHidden };
    });
    const shown = sheets.filter(({ isHidden }) => !isHidden);
    expectShort(shown);
    return { sheets: shown.map(({ name, rows, problems }) => ({ name, rows, problems })) };
  } catch (error) {
    return { problem: (error instanceof AppError ? error : badArchive(messageOf(error).slice(0, 200))).message };
  }
}

/** Whoever gets the cells has a copy of its text for each of them. */
function expectShort(sheets: readonly WorkbookSheet[]): void {
  let characters = 0;
  for (const { rows } of sheets) {
    for (const row of rows) {
      for (const cell of row) characters += typeof cell === 'string' ? cell.length : 1;
      if (characters > maxCharacters) throw badArchive('what is in it is too large');
    }
  }
}

function cellOf(value: unknown): SheetCell {
  if (typeof value === 'string' || typeof value === 'number') return value;
  // A workbook counts times in days: 13.45 may come out a part of a second before.
  if (value instanceof Date) return new Date(Math.round(value.getTime() / 1000) * 1000);
  return typeof value === 'boolean' ? String(value) : undefined;
}

const { bytes, limits } = workerData as { bytes: Uint8Array; limits: SheetLimits };
// A port of a thread has no origin.
// eslint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(await answer(bytes, limits));
