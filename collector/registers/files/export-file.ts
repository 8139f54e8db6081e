import { formatZonedRfc3339, type Language } from '../../../shared/local-time.ts';
import type { Sheet } from '../../documents/document.ts';
import type { RegisterEntry } from '../../obligations/register-view.ts';
import { writeCsv } from '../../spreadsheet/csv.ts';
import { writeWorkbookApart } from '../../spreadsheet/write-workbook-apart.ts';
import { writeNumber } from '../cells/read-number.ts';
import type { ColumnType, RegisterColumn, RegisterKind } from '../kind.ts';
import { ownHeadings } from './headings.ts';

export const fileFormats = ['csv', 'xlsx'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** A file as it goes out. */
export interface WrittenFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

export const mediaTypes: Record<FileFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

interface Written {
  language: Language;
  timezone: string;
}

/** The entries with everything that is known of them, in such a way that the file can be read in again. */
export async function exportFile(
  kind: RegisterKind,
  entries: readonly RegisterEntry[],
  format: FileFormat,
  written: Written,
): Promise<WrittenFile> {
  const { enteredAt, enteredBy, attachments } = ownHeadings;
  const heads = [ownHeadings.id, ownHeadings.revision, ownHeadings.pd];
  const columns: Sheet['columns'] = [
    ...heads.map((title) => ({ title: title[written.language], kind: 'text' as const })),
    ...kind.columns.map((column) => sheetColumn(column, written.language)),
    ...[enteredAt, enteredBy, attachments].map((title) => ({ title: title[written.language], kind: 'text' as const })),
  ];
  const rows = entries.map((entry) => [
    entry.id,
    entry.reference.revision,
    entry.pd,
    ...kind.columns.map((column) => shown(column, entry.values[column.name], written.language)),
    formatZonedRfc3339(entry.enteredAtMs, written.timezone),
    entry.enteredBy,
    entry.attachments.join(' '),
  ]);
  return writeFile(kind.name, format, [{ name: kind.title[written.language], columns, rows }]);
}

/** An empty file to be filled in; a workbook tells on a second sheet what may stand where. */
export async function templateFile(kind: RegisterKind, format: FileFormat, language: Language): Promise<WrittenFile> {
  const pd: RegisterColumn = { name: 'pd', title: ownHeadings.pd, type: 'text', required: kind.pd === 'required' };
  const columns = [pd, ...kind.columns];
  const guide =
    language === 'id' ? ['Petunjuk', 'Kolom', 'Wajib', 'Isian'] : ['Guide', 'Column', 'Required', 'Content'];
  const [guideName = '', ...guideTitles] = guide;
  const sheets: Sheet[] = [
    { name: kind.title[language], columns: columns.map((column) => sheetColumn(column, language)), rows: [] },
    {
      name: guideName,
      columns: guideTitles.map((title, place) => ({ title, widthCharacters: place === 2 ? 80 : 24 })),
      rows: columns.map((column) => [
        column.title[language],
        requiredWord(column, language),
        contentOf(column, language),
      ]),
    },
  ];
  return writeFile(`${kind.name}-template`, format, format === 'csv' ? sheets.slice(0, 1) : sheets);
}

async function writeFile(name: string, format: FileFormat, sheets: readonly Sheet[]): Promise<WrittenFile> {
  const bytes = format === 'xlsx' ? await writeWorkbookApart(sheets) : Buffer.from(csvOf(sheets[0]));
  return { name: `${name}.${format}`, mediaType: mediaTypes[format], bytes };
}

/** A comma before decimals, as Indonesian spreadsheets expect it. */
function csvOf(sheet: Sheet | undefined): string {
  const text = (cell: string | number | undefined) =>
    typeof cell === 'number' ? writeNumber(cell).replace('.', ',') : cell;
  const head = sheet?.columns.map(({ title }) => title) ?? [];
  return writeCsv([head, ...(sheet?.rows ?? []).map((row) => row.map(text))]);
}

function sheetColumn({ title, type }: RegisterColumn, language: Language): Sheet['columns'][number] {
  const kind = type === 'number' ? 'any' : type === 'day' ? 'day' : 'text';
  return { title: title[language], kind, widthCharacters: type === 'text' ? 32 : 20 };
}

function shown({ choices }: RegisterColumn, value: string | number | boolean | undefined, language: Language) {
  if (typeof value === 'boolean') return String(value);
  return choices?.find(({ name }) => name === value)?.title[language] ?? value;
}

function requiredWord({ required }: RegisterColumn, language: Language): string {
  if (!required) return '';
  return language === 'id' ? 'wajib' : 'required';
}

const contents: Record<Exclude<ColumnType, 'choice'>, Record<Language, string>> = {
  text: { id: 'teks', en: 'text' },
  number: { id: 'angka, tanpa pemisah ribuan: 20 atau 12,5', en: 'a number without parting thousands: 20 or 12,5' },
  day: { id: 'tanggal: 25/11/2026 atau 2026-11-25', en: 'a day: 25/11/2026 or 2026-11-25' },
  time: { id: 'waktu: 25/11/2026 13.45 atau 2026-11-25 13:45', en: 'a time: 25/11/2026 13.45 or 2026-11-25 13:45' },
  site: { id: 'id lokasi Perangkat Daerah dalam konfigurasi', en: 'id of a site of the department' },
  node: { id: 'nama node Perangkat Daerah', en: 'name of a node of the department' },
  obligation: {
    id: 'id kewajiban, seperti lebong-19-1-pencadangan-berkala',
    en: 'id of a duty, such as lebong-19-1-pencadangan-berkala',
  },
  incident: { id: 'nomor insiden: INC-20261122-7K3QMX', en: 'number of an incident: INC-20261122-7K3QMX' },
};

function contentOf({ name, type, choices = [] }: RegisterColumn, language: Language): string {
  if (name === 'pd') return language === 'id' ? 'id Perangkat Daerah dalam konfigurasi' : 'id of the department';
  if (type !== 'choice') return contents[type][language];
  return choices.map(({ title }) => title[language]).join(' | ');
}
