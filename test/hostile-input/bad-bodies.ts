import { deflateRawSync, gzipSync } from 'node:zlib';
import { compressWithDictionary } from '../../shared/report-dictionary.ts';
import { dictionaryEncoding } from '../../shared/wire.ts';
import { type BadCase, encoded, invalid, signed, text } from './bad-case.ts';

/** A body that must be refused for what it is, whatever would stand in it. */
const body = (
  name: string,
  expected: Pick<BadCase, 'status' | 'code' | 'field'>,
  make: (whole: string) => Buffer | string,
): BadCase => ({ name, ...expected, wire: (agent, nowMs) => signed(agent, make(text(agent, nowMs))) });

const notJson = { status: 400, code: 'not-json' };
const bodies: BadCase[] = [
  body('nothing at all', notJson, () => ''),
  body('plain text', notJson, () => 'hello'),
  body('half a document', notJson, (whole) => whole.slice(0, -20)),
  body('a byte order mark', notJson, (whole) => `\uFEFF${whole}`),
  body('bytes that are no UTF-8', { status: 400, code: 'not-utf-8' }, (whole) =>
    Buffer.from(whole.replace('"eth0"', '"\u00ff"'), 'latin1'),
  ),
  body('UTF-16', { status: 400, code: 'not-json' }, (whole) => Buffer.from(whole, 'utf16le')),
  body('just null', { ...invalid, field: '/' }, () => 'null'),
  body('just a list', { ...invalid, field: '/' }, () => '[]'),
  body('just a number', { ...invalid, field: '/' }, () => '1'),
  body(
    'brackets nested 100 000 deep',
    { status: 413, code: 'body-too-complex' },
    () => '['.repeat(1e5) + ']'.repeat(1e5),
  ),
  body('objects nested 10 000 deep', { ...invalid, field: '/a' }, () => '{"a":'.repeat(1e4) + '1' + '}'.repeat(1e4)),
  body(
    'a hundred thousand empty reports',
    { status: 413, code: 'body-too-complex' },
    () => `{"reports":[${'{},'.repeat(1e5)}{}]}`,
  ),
];

const tooLarge = { status: 413, code: 'body-too-large' };
const zeros = Buffer.alloc(200 * 1024 * 1024);
const badEncoding = { status: 400, code: 'bad-encoding', field: 'content-encoding' };
const encodings: BadCase[] = [
  {
    name: 'a gzip bomb of 200 megabytes',
    ...tooLarge,
    field: 'content-encoding',
    wire: (agent) => encoded(agent, 'gzip', gzipSync(zeros)),
  },
  {
    name: 'a bomb in our own encoding',
    ...tooLarge,
    field: 'content-encoding',
    wire: (agent) => encoded(agent, dictionaryEncoding, compressWithDictionary(zeros)),
  },
  {
    name: 'a bomb just above the limit',
    ...tooLarge,
    field: 'content-encoding',
    wire: (agent) => encoded(agent, 'gzip', gzipSync(zeros.subarray(0, 1024 * 1024 + 1))),
  },
  {
    name: 'gzip that is cut off',
    ...badEncoding,
    wire: (agent, nowMs) => encoded(agent, 'gzip', gzipSync(text(agent, nowMs)).subarray(0, -12)),
  },
  {
    name: 'gzip with a wrong checksum',
    ...badEncoding,
    wire(agent, nowMs) {
      const bytes = gzipSync(text(agent, nowMs));
      bytes.writeUInt32LE(0, bytes.length - 8);
      return encoded(agent, 'gzip', bytes);
    },
  },
  {
    name: 'plain JSON that calls itself gzip',
    ...badEncoding,
    wire: (agent, nowMs) => encoded(agent, 'gzip', Buffer.from(text(agent, nowMs))),
  },
  {
    name: 'deflate without our dictionary',
    ...badEncoding,
    wire: (agent, nowMs) => encoded(agent, dictionaryEncoding, deflateRawSync(text(agent, nowMs))),
  },
  ...['br', 'gzip, gzip', 'x-pantau-deflate-2', '../gzip', 'x'.repeat(4000)].map((encoding): BadCase => ({
    name: `the encoding ${encoding.slice(0, 20)}`,
    status: 415,
    code: 'unsupported-encoding',
    field: 'content-encoding',
    wire: (agent, nowMs) => encoded(agent, encoding, Buffer.from(text(agent, nowMs))),
  })),
];

const half = 300 * 1024;
const sizes: BadCase[] = [
  {
    name: 'a body above the limit, announced',
    ...tooLarge,
    wire: (agent) => signed(agent, Buffer.alloc(512 * 1024 + 1)),
  },
  {
    name: 'a length of a terabyte, announced',
    ...tooLarge,
    wire: (agent) => ({
      headers: { ...agent.sign(Buffer.alloc(0)), 'content-length': '1099511627776' },
      pieces: ['x'],
    }),
  },
  {
    name: 'a body above the limit in pieces without a length',
    ...tooLarge,
    wire(agent) {
      const piece = `${half.toString(16)}\r\n${'x'.repeat(half)}\r\n`;
      const headers = { ...agent.sign(Buffer.alloc(0)), 'transfer-encoding': 'chunked' };
      return { headers, pieces: [piece, piece, '0\r\n\r\n'] };
    },
  },
];

/** Bytes that must be refused for what they are, whatever would stand in them. */
export const badBodies: readonly BadCase[] = [...bodies, ...encodings, ...sizes];
