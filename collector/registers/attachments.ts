import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../../shared/atomic-file.ts';
import type { Clock, Random } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { AttachmentRow, RegisterPort } from '../store/register-port.ts';

export const maxAttachmentBytes = 20 * 1024 * 1024;
const maxNameCharacters = 200;
/** So many bytes are hashed before everything else has its turn. */
const hashedAtOnceBytes = 1024 * 1024;

/** Files that prove what an entry says, each kept once under its SHA-256. */
export interface Attachments {
  /** On disk when it resolves. @throws AppError `attachment-too-large` or `attachment-empty` */
  keep(file: { name: string; bytes: Uint8Array }, actor: string): Promise<AttachmentRow>;
  /** @throws AppError `not-found`, or `attachment-damaged` when the bytes are not what they were. */
  read(sha256: string): Promise<{ row: AttachmentRow; bytes: Buffer }>;
  find(sha256: string): Promise<AttachmentRow | undefined>;
}

export function createAttachments(options: {
  folder: string;
  port: Pick<RegisterPort, 'addAttachment' | 'attachment'>;
  clock: Clock;
  random: Random;
}): Attachments {
  const { folder, port, clock, random } = options;

  async function write(sha256: string, bytes: Uint8Array): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `${sha256}.${Math.floor(random() * 1e9)}.new`);
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, join(folder, sha256));
    } finally {
      await rm(temporary, { force: true });
    }
    syncFolder(folder);
  }

  return {
    async keep({ name, bytes }, actor) {
      if (bytes.length === 0) throw new AppError('attachment-empty', 'The file is empty.', { status: 422 });
      if (bytes.length > maxAttachmentBytes) {
        const message = `The file is larger than ${maxAttachmentBytes / 1024 / 1024} MiB.`;
        throw new AppError('attachment-too-large', message, { status: 413 });
      }
      const sha256 = await hashOf(bytes);
      await write(sha256, bytes);
      const row = { sha256, name: plainName(name), sizeBytes: bytes.length, atMs: clock.nowMs(), actor };
      await port.addAttachment(row);
      return (await port.attachment(sha256)) ?? row;
    },
    async read(sha256) {
      const row = await port.attachment(sha256);
      if (row === undefined) throw new AppError('not-found', 'There is no such attachment.', { status: 404 });
      const bytes = await readFile(join(folder, row.sha256)).catch(() => undefined);
      if (bytes !== undefined && (await hashOf(bytes)) === row.sha256) return { row, bytes };
      const what = bytes === undefined ? 'cannot be read' : 'is not what it was when it was attached';
      throw new AppError('attachment-damaged', `The file ${row.sha256} ${what}; restore it from a backup.`, {
        status: 500,
      });
    },
    find: (sha256) => port.attachment(sha256),
  };
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += hashedAtOnceBytes) {
    if (at > 0) await new Promise((next) => setImmediate(next));
    hash.update(bytes.subarray(at, at + hashedAtOnceBytes));
  }
  return hash.digest('hex');
}

/** Without the folders that it stood in, and without what is no text. */
function plainName(name: string): string {
  const last =
    name
      .toWellFormed()
      .replaceAll(/\p{Cc}/gu, '')
      .split(/[/\\]/)
      .at(-1)
      ?.trim() ?? '';
  return last === '' || last === '.' || last === '..' ? 'lampiran' : last.slice(-maxNameCharacters);
}
