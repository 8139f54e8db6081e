import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitEntry, createSegmentCheck } from './segment-check.ts';

function entry(tag: number, content: Buffer): Buffer {
  const bytes = Buffer.alloc(9 + content.length);
  bytes.writeUInt32LE(bytes.length, 4);
  bytes.writeUInt8(tag, 8);
  content.copy(bytes, 9);
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
  return bytes;
}
const magic = Buffer.from('BORG_SEG');
const put = (sizeBytes: number) => entry(0, Buffer.alloc(32 + sizeBytes, 'd'));
const whole = Buffer.concat([magic, put(100), entry(1, Buffer.alloc(32, 'k')), put(0), commitEntry]);

function check(bytes: Buffer, pieceBytes = bytes.length || 1): string | undefined {
  const segment = createSegmentCheck();
  for (let at = 0; at < bytes.length; at += pieceBytes) segment.update(bytes.subarray(at, at + pieceBytes));
  return segment.end();
}

describe('a borg segment', () => {
  it('is whole with entries of every kind, and with none', () => {
    expect([check(whole), check(magic)]).toEqual([undefined, undefined]);
  });

  it('ends a transaction with the bytes that borg writes', () => {
    expect(commitEntry.toString('hex')).toBe('40f43c250900000002');
  });

  it.each([
    ['nothing', Buffer.alloc(0), /^truncated/],
    ['half a magic', magic.subarray(0, 5), /^truncated/],
    ['another magic', Buffer.from('BORG_SEX'), /^magic/],
    ['half a header', Buffer.concat([magic, commitEntry.subarray(0, 4)]), /^truncated/],
    ['half an entry', Buffer.concat([magic, put(50).subarray(0, 60)]), /^truncated/],
    ['an unknown tag', Buffer.concat([magic, entry(3, Buffer.alloc(32))]), /^crc: .*unknown kind/],
    ['an entry without its key', Buffer.concat([magic, entry(0, Buffer.alloc(3))]), /^crc: .*impossible size/],
    ['an impossible size', Buffer.concat([magic, Buffer.alloc(9, 0xff)]), /^crc: /],
    ['a size of zero', Buffer.concat([magic, Buffer.alloc(9)]), /^crc: .*impossible size/],
  ])('is damaged with %s', (_, bytes, reason) => {
    expect(check(bytes)).toMatch(reason);
  });

  it('is judged alike however it is cut into pieces', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length }), fc.nat(whole.length), (pieceBytes, endBytes) => {
        const bytes = whole.subarray(0, endBytes);
        expect(check(bytes, pieceBytes)).toBe(check(bytes));
      }),
    );
  });

  it('never hides a changed bit', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(7), (at, bit) => {
        const bytes = Buffer.from(whole);
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
        expect(check(bytes)).toMatch(/^(crc|magic|truncated): /);
      }),
      { numRuns: 500 },
    );
  });

  it('may be anything at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['string', 'undefined']).toContain(typeof check(Buffer.concat([magic, bytes]), 7));
      }),
    );
  });
});
