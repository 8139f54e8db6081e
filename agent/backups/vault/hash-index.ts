import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { messageOf } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import { type ArrivalKind, hexOf, type RememberedFile } from './file-record.ts';

const bufferBytes = 64 * 1024;
const chunkBytes = 1024 * 1024;
/** Far above what a million files need; a larger file is none of ours. */
const maxIndexBytes = 2 ** 31;
const spareLineCount = 1000;

/**
 * What is known of the files of a vault, kept over restarts.
 *
 * A file of lines: checksum, then a JSON array that begins with the path below the root. Of several lines about one
 * path the last one counts; a line with the path alone says that the file is gone. Lines are only appended, without
 * waiting for the disk, and the whole is written anew when more than half of it is out of date. A torn, damaged or
 * missing line costs reading one file again, nothing else; so does a disk that takes none.
 */
export class HashIndex {
  readonly #filePath: string;
  readonly #logger: Logger;
  readonly #header: string;
  readonly #known: Map<string, RememberedFile>;
  /** Undefined when nothing can be kept. */
  #file: number | undefined;
  #lineCount: number;
  #waiting = '';
  #hasComplained = false;

  /** @param root of the vault: what was learnt of another root is not taken for this one's. */
  constructor(filePath: string, root: string, logger: Logger) {
    this.#filePath = filePath;
    this.#logger = logger;
    this.#header = lineOf(['pantau vault index 1', Buffer.from(root).toString('latin1')]);
    const { known, lineCount, endsWhole } = load(filePath, this.#header, logger);
    this.#known = known;
    this.#lineCount = lineCount;
    this.#safely(() => {
      mkdirSync(dirname(filePath), { recursive: true, mode: 0o700 });
      this.#file = openSync(filePath, lineCount === 0 ? 'w' : 'a', 0o600);
      this.#waiting = lineCount === 0 ? this.#header : endsWhole ? '' : '\n';
    });
  }

  /** What was known of a path when the reader started; handed out once. */
  recall(path: string): RememberedFile | undefined {
    const remembered = this.#known.get(path);
    if (remembered !== undefined) this.#known.delete(path);
    return remembered;
  }

  /** What was known and nobody has asked for yet. */
  leftovers(): MapIterator<[string, RememberedFile]> {
    return this.#known.entries();
  }

  write(path: string, file: RememberedFile): void {
    this.#append(rowOf(path, file));
  }

  forget(path: string): void {
    this.#known.delete(path);
    this.#append([path]);
  }

  /** Writes the file anew when it pays. @param live everything that is worth remembering. */
  tidy(liveCount: number, live: () => Iterable<readonly [string, RememberedFile]>): void {
    if (this.#lineCount <= 2 * (liveCount + this.#known.size) + spareLineCount) return;
    this.flush();
    this.#safely(() => this.#rewrite(live()));
  }

  /** Hands what was written to the system. */
  flush(): void {
    const text = this.#waiting;
    const file = this.#file;
    this.#waiting = '';
    if (text !== '' && file !== undefined) this.#safely(() => writeAll(file, text));
  }

  close(): void {
    this.flush();
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #append(row: readonly unknown[]): void {
    if (this.#file === undefined) return;
    this.#waiting += lineOf(row);
    this.#lineCount += 1;
    if (this.#waiting.length >= bufferBytes) this.flush();
  }

  #rewrite(live: Iterable<readonly [string, RememberedFile]>): void {
    const temporaryPath = `${this.#filePath}.new`;
    const temporary = openSync(temporaryPath, 'w', 0o600);
    let count = 1;
    try {
      let text = this.#header;
      for (const [path, remembered] of live) {
        text += lineOf(rowOf(path, remembered));
        count += 1;
        if (text.length < bufferBytes) continue;
        writeAll(temporary, text);
        text = '';
      }
      writeAll(temporary, text);
      fsyncSync(temporary);
      renameSync(temporaryPath, this.#filePath);
    } catch (error) {
      closeSync(temporary);
      throw error;
    }
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = temporary;
    this.#lineCount = count;
  }

  #safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (this.#hasComplained) return;
      this.#hasComplained = true;
      this.#logger.warn('what is known of a vault cannot be kept', {
        file: this.#filePath,
        reason: messageOf(error),
      });
    }
  }
}

function lineOf(row: readonly unknown[]): string {
  const text = JSON.stringify(row);
  return `${checksumOf(text)} ${text}\n`;
}

function checksumOf(latin1: string): string {
  return crc32(Buffer.from(latin1, 'latin1')).toString(16).padStart(8, '0');
}

function rowOf(path: string, file: RememberedFile): readonly unknown[] {
  const { sizeBytes, modifiedAtMs, inode, arrivedAtMs, checkedAtMs, isVerified, damage, announcedAs } = file;
  const sha256 = hexOf(file.digest);
  return [path, sizeBytes, modifiedAtMs, inode, arrivedAtMs, checkedAtMs, isVerified, sha256, damage, announcedAs];
}

function writeAll(file: number, latin1: string): void {
  const bytes = Buffer.from(latin1, 'latin1');
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

interface Loaded {
  known: Map<string, RememberedFile>;
  /** 0 when the file is not there or none of ours. */
  lineCount: number;
  endsWhole: boolean;
}

function load(filePath: string, header: string, logger: Logger): Loaded {
  const known = new Map<string, RememberedFile>();
  const nothing = { known: new Map<string, RememberedFile>(), lineCount: 0, endsWhole: true };
  let lineCount = 0;
  let damagedCount = 0;
  let rest = '';
  try {
    for (const text of chunksOf(filePath)) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (lineCount++ === 0 && `${line}\n` !== header) return nothing;
        else if (lineCount > 1 && !takeLine(line, known)) damagedCount += 1;
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      logger.warn('what is known of a vault cannot be read', { file: filePath, reason: messageOf(error) });
    }
    return nothing;
  }
  if (damagedCount > 0) {
    logger.warn('what is known of a vault is damaged in part; those files are read again', { damagedCount });
  }
  return { known, lineCount, endsWhole: rest === '' };
}

function* chunksOf(filePath: string): Generator<string, void> {
  const file = openSync(filePath, 'r');
  try {
    if (fstatSync(file).size > maxIndexBytes) throw new Error(`larger than ${maxIndexBytes} bytes`);
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk)) {
      yield chunk.toString('latin1', 0, count);
    }
  } finally {
    closeSync(file);
  }
}

/** @returns false when it is none of our lines. */
function takeLine(line: string, known: Map<string, RememberedFile>): boolean {
  const text = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksumOf(text)) return false;
  const row = JSON.parse(text) as [string, ...unknown[]];
  if (row.length === 1) {
    known.delete(row[0]);
    return true;
  }
  const [path, sizeBytes, modifiedAtMs, inode, arrivedAtMs, checkedAtMs, isVerified, sha256, damage, announcedAs] =
    row as [string, number, number, number, number, number, boolean, string, string, ArrivalKind | ''];
  known.set(path, {
    sizeBytes,
    modifiedAtMs,
    inode,
    arrivedAtMs,
    checkedAtMs,
    isVerified,
    digest: Buffer.from(sha256, 'hex').toString('latin1'),
    damage,
    announcedAs,
  });
  return true;
}
