import { crc32 } from 'node:zlib';

/*
 * A segment of a borg 1 repository: eight bytes of magic, then entries of checksum (u32), size (u32) and tag (u8), all
 * little-endian; the size counts the whole entry, the checksum is CRC-32 of what follows it in the entry. Tags: 0 PUT
 * with a key of 32 bytes and data, 1 DELETE with a key, 2 COMMIT.
 */
const magic = Buffer.from('BORG_SEG');
const headerBytes = 9;
const keyBytes = 32;
/** What borg itself allows (MAX_OBJECT_SIZE). */
const maxEntryBytes = 20 * 1024 * 1024;
const tags = { put: 0, delete: 1, commit: 2 };

/** The COMMIT entry; it is the same each time. */
export const commitEntry = entryHeader(headerBytes, tags.commit);

export interface SegmentCheck {
  /** Takes the next bytes of the file. */
  update(bytes: Buffer): void;
  /** Why the segment is damaged; undefined when it is whole. To be asked at the end of the file. */
  end(): string | undefined;
}

/** Follows a segment from its beginning to its end, in constant memory. The first thing that is wrong counts. */
export function createSegmentCheck(): SegmentCheck {
  let problem: string | undefined;
  let isInMagic = true;
  const header = Buffer.alloc(headerBytes);
  let headerFill = 0;
  /** Of the entry at hand. */
  let leftBytes = 0;
  let expected = 0;
  let sum = 0;

  const fill = (bytes: Buffer, wanted: number): Buffer => {
    const count = Math.min(wanted - headerFill, bytes.length);
    bytes.copy(header, headerFill, 0, count);
    headerFill += count;
    return bytes.subarray(count);
  };
  const beginEntry = () => {
    const entryBytes = header.readUInt32LE(4);
    problem = entryProblem(entryBytes, header.readUInt8(8));
    expected = header.readUInt32LE(0);
    sum = crc32(header.subarray(4));
    leftBytes = entryBytes - headerBytes;
  };
  const endEntry = () => {
    headerFill = 0;
    if (sum !== expected) problem = 'crc: an entry does not match its checksum';
  };

  return {
    update(bytes) {
      let rest = bytes;
      if (isInMagic) {
        rest = fill(rest, magic.length);
        if (headerFill < magic.length) return;
        if (!header.subarray(0, magic.length).equals(magic)) problem = 'magic: not a segment';
        isInMagic = false;
        headerFill = 0;
      }
      while (rest.length > 0 && problem === undefined) {
        if (headerFill < headerBytes) {
          rest = fill(rest, headerBytes);
          if (headerFill < headerBytes) return;
          beginEntry();
        }
        const part = rest.subarray(0, leftBytes);
        sum = crc32(part, sum);
        leftBytes -= part.length;
        rest = rest.subarray(part.length);
        if (leftBytes === 0 && problem === undefined) endEntry();
      }
    },
    end() {
      if (problem !== undefined) return problem;
      return isInMagic || headerFill > 0 ? 'truncated: the segment ends inside an entry' : undefined;
    },
  };
}

function entryProblem(entryBytes: number, tag: number): string | undefined {
  const shortest = { [tags.put]: headerBytes + keyBytes, [tags.delete]: headerBytes + keyBytes }[tag] ?? headerBytes;
  if (tag > tags.commit) return 'crc: an entry of an unknown kind';
  const fits = entryBytes >= shortest && entryBytes <= maxEntryBytes;
  return fits ? undefined : 'crc: an entry of an impossible size';
}

function entryHeader(entryBytes: number, tag: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(entryBytes, 4);
  header.writeUInt8(tag, 8);
  header.writeUInt32LE(crc32(header.subarray(4)), 0);
  return header;
}
