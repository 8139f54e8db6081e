import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { AppError } from '../../../shared/errors.ts';
import type { DrillDeps } from '../drills/drill.ts';
import { type FileFormat, formatOf, headBytes, isPacking, readHead } from './file-format.ts';
import type { BackupFile } from './newest-backup.ts';
import type { ProgramResult } from './start-program.ts';
import { complaintOf } from './tool-text.ts';

/** The content of a backup file without its packing. */
export interface Unpacked {
  /** By its first bytes. */
  format: FileFormat;
  content: Readable;
  /** So many bytes were taken so far. */
  readonly unpackedBytes: number;
  /**
   * Waits for the end of unpacking.
   * @param isLeft that whoever took the content ended early, which ends unpacking too and is no fault of the file.
   * @throws AppError `damaged-backup` when the file is not whole.
   */
  finish: (isLeft?: boolean) => Promise<void>;
}

/**
 * Opens a backup file; gzip, bzip2, xz and zstd are unpacked by the programs of that name.
 * @param observe sees each piece as it is taken.
 */
export async function unpack(
  file: BackupFile,
  { start }: Pick<DrillDeps, 'start'>,
  observe: (chunk: Buffer) => void = () => {},
): Promise<Unpacked> {
  const descriptor = file.open();
  const packing = formatOf(readHead(descriptor));
  if (!isPacking(packing)) {
    const bytes = createReadStream('', { fd: descriptor, autoClose: false, start: 0 });
    return opened(bytes, () => Promise.resolve(), observe);
  }
  const program = start({ program: packing, args: ['-dc'], input: descriptor, unprivileged: true });
  const finish = async (isLeft = false) => {
    const result = await program.ended;
    if (!isLeft || result.signal !== 'SIGPIPE') requireWhole(packing, file, result);
  };
  return opened(program.stdout, finish, observe);
}

async function opened(
  source: Readable,
  finish: Unpacked['finish'],
  observe: (chunk: Buffer) => void,
): Promise<Unpacked> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  const head: Buffer[] = [];
  let readBytes = 0;
  while (readBytes < headBytes) {
    const next = await chunks.next();
    if (next.done === true) break;
    head.push(next.value);
    readBytes += next.value.length;
  }
  const counted = { unpackedBytes: 0 };
  const take = (chunk: Buffer) => {
    counted.unpackedBytes += chunk.length;
    observe(chunk);
    return chunk;
  };
  async function* all() {
    for (const chunk of head) yield take(chunk);
    for await (const chunk of chunks) yield take(chunk);
  }
  return {
    format: formatOf(Buffer.concat(head)),
    content: Readable.from(all(), { objectMode: false }),
    get unpackedBytes() {
      return counted.unpackedBytes;
    },
    finish,
  };
}

function requireWhole(packing: string, { name }: BackupFile, result: ProgramResult): void {
  if (result.exitCode === 0) return;
  throw new AppError('damaged-backup', `${name} is damaged; ${packing} says: ${complaintOf(result)}`);
}
