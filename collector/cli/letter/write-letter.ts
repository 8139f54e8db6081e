import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { FormalDocument } from '../../documents/document.ts';
import { type WrittenDocument, writeDocument } from '../../documents/write-document.ts';
import type { LetterArguments } from './arguments.ts';

/** @throws AppError `no-folder` when there is none to write into. */
export async function writeLetter(
  draft: FormalDocument,
  { out, formats }: Pick<LetterArguments, 'out' | 'formats'>,
  workingFolder: string,
  nowMs: number,
): Promise<WrittenDocument> {
  const path = resolve(workingFolder, out);
  const isFile = /\.(pdf|html)$/.test(path);
  const folder = isFile ? dirname(path) : path;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new AppError('no-folder', `There is no folder ${folder} to write into; make it first.`);
  }
  const name = isFile ? basename(path).replace(/\.(pdf|html)$/, '') : draft.name;
  return writeDocument({ ...draft, name }, folder, formats, nowMs);
}
