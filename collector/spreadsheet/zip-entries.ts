import { crc32, inflateRawSync } from 'node:zlib';
import { AppError, messageOf } from '../../shared/errors.ts';

export interface ZipEntry {
  name: string;
  content: Buffer;
}

export interface ZipLimits {
  maxEntries: number;
  /** Of everything in it together, unpacked. */
  maxUnpackedBytes: number;
}

const [localMark, centralMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50];
const endBytes = 22;
const [stored, deflated] = [0, 8];
const encryptedFlag = 1;

/** An archive that cannot be read, or is not what it says. */
export function badArchive(why: string, cause?: unknown): AppError {
  return new AppError('bad-file', `The workbook cannot be read: ${why}.`, { status: 422, cause });
}

/**
 * The files of an archive as its directory lists them, unpacked no further than the limit, whatever sizes it claims.
 * @throws AppError `bad-file`
 */
export function readZip(bytes: Buffer, wanted: (name: string) => boolean, limits: ZipLimits): ZipEntry[] {
  const endAt = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (endAt === -1 || endAt + endBytes > bytes.length) throw badArchive('it is no XLSX file');
  const count = bytes.readUInt16LE(endAt + 10);
  if (count > limits.maxEntries) throw badArchive(`there are more than ${limits.maxEntries} files in it`);
  const entries: ZipEntry[] = [];
  let leftBytes = limits.maxUnpackedBytes;
  try {
    for (let at = bytes.readUInt32LE(endAt + 16), done = 0; done < count; done += 1) {
      const { name, nextAt, ...place } = directoryLine(bytes, at);
      at = nextAt;
      if (!wanted(name)) continue;
      const content = unpacked(bytes, place, leftBytes);
      leftBytes -= content.length;
      entries.push({ name, content });
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw badArchive(`it is damaged (${messageOf(cause)})`, cause);
  }
  return entries;
}

function directoryLine(bytes: Buffer, at: number) {
  if (bytes.readUInt32LE(at) !== centralMark) throw badArchive('its directory is damaged');
  const nameBytes = bytes.readUInt16LE(at + 28);
  const restBytes = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  return {
    name: bytes.toString('utf8', at + 46, at + 46 + nameBytes),
    isEncrypted: (bytes.readUInt16LE(at + 8) & encryptedFlag) !== 0,
    method: bytes.readUInt16LE(at + 10),
    packedBytes: bytes.readUInt32LE(at + 20),
    localAt: bytes.readUInt32LE(at + 42),
    nextAt: at + 46 + nameBytes + restBytes,
  };
}

type Place = Omit<ReturnType<typeof directoryLine>, 'name' | 'nextAt'>;

function unpacked(bytes: Buffer, { localAt, method, packedBytes, isEncrypted }: Place, leftBytes: number): Buffer {
  if (isEncrypted) throw badArchive('it is protected by a password');
  if (bytes.readUInt32LE(localAt) !== localMark) throw badArchive('its directory is damaged');
  const from = localAt + 30 + bytes.readUInt16LE(localAt + 26) + bytes.readUInt16LE(localAt + 28);
  if (from + packedBytes > bytes.length) throw badArchive('it ends too early');
  const packed = bytes.subarray(from, from + packedBytes);
  if (method !== stored && method !== deflated) throw badArchive('it is packed in a way that is not known');
  const tooLarge = () => badArchive('what is in it is too large');
  if (method === stored) {
    if (packed.length > leftBytes) throw tooLarge();
    return packed;
  }
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(leftBytes, 1) });
  } catch (cause) {
    throw cause instanceof RangeError ? tooLarge() : cause;
  }
}

/** An archive in which nothing is packed: what its reader finds is what was looked at before. */
export function storedZip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content } of entries) {
    const nameBytes = Buffer.from(name, 'utf8');
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt32LE(crc32(content), 10);
    about.writeUInt32LE(content.length, 14);
    about.writeUInt32LE(content.length, 18);
    about.writeUInt16LE(nameBytes.length, 22);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(at, 10);
    parts.push(uint32(localMark), about, nameBytes, content);
    directory.push(uint32(centralMark), Buffer.from([20, 0]), about, offset, nameBytes);
    at += 30 + nameBytes.length + content.length;
  }
  const end = Buffer.alloc(endBytes);
  end.writeUInt32LE(endMark, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
