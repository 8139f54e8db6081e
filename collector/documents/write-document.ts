import { join } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { messageOf } from '../../shared/errors.ts';
import type { FormalDocument } from './document.ts';

/** The forms that a document can be written in, by the ending of its file. */
export const documentFormats = ['pdf', 'html', 'xlsx'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** Only the office that made them may read them: they name people and weak places. */
const mode = 0o640;

/** @param createdAtMs the time of creation that the file tells where its form has one; the same gives the same bytes. */
export async function documentBytes(
  document: FormalDocument,
  format: DocumentFormat,
  createdAtMs: number,
): Promise<Uint8Array> {
  // Loaded on demand: each form has a large library of its own.
  switch (format) {
    case 'html':
      return Buffer.from((await import('./html/write-html.ts')).writeHtml(document), 'utf8');
    case 'pdf':
      return (await import('./pdf/write-pdf.ts')).writePdf(document, createdAtMs);
    default:
      return (await import('../spreadsheet/write-workbook.ts')).writeWorkbook(document.sheets);
  }
}

export interface WrittenDocument {
  /** In the order of the formats. */
  files: string[];
  /** The forms that could not be written, each with its reason. */
  failures: FormatFailure[];
}

export interface FormatFailure {
  format: DocumentFormat;
  reason: string;
}

/**
 * Writes a document into a folder in each form, whole or not at all. A document without tables has no workbook.
 * A form that fails does not keep the others from being written.
 * @throws what the first form failed with, when none could be written.
 */
export async function writeDocument(
  document: FormalDocument,
  folder: string,
  formats: readonly DocumentFormat[],
  createdAtMs: number,
): Promise<WrittenDocument> {
  const written: WrittenDocument = { files: [], failures: [] };
  const errors: unknown[] = [];
  for (const format of formats) {
    if (format === 'xlsx' && document.sheets.length === 0) continue;
    const file = join(folder, `${document.name}.${format}`);
    try {
      writeFileAtomically(file, await documentBytes(document, format, createdAtMs), mode);
      written.files.push(file);
    } catch (error) {
      errors.push(error);
      written.failures.push({ format, reason: messageOf(error) });
    }
  }
  if (errors.length > 0 && written.files.length === 0) throw errors[0];
  return written;
}
