import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastLinesOf, type PingBody, readPingBody } from './ping-body.ts';

function read(chunks: readonly Buffer[]): Promise<PingBody> {
  const stream = new PassThrough();
  const body = new Promise<PingBody>((resolve) => readPingBody(stream as unknown as IncomingMessage, resolve));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  return body;
}

const linesOf = (text: string | Buffer, secrets: string[] = []) =>
  lastLinesOf({ tail: Buffer.from(text), isTailCut: false }, secrets);

describe('a body', () => {
  it('is kept from its beginning, and its end is known too', async () => {
    const text = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`).join(''));
    const chunks = [text.subarray(0, 7), text.subarray(7, 70_000), text.subarray(70_000)];
    const body = await read(chunks);

    expect(body.head).toEqual(text.subarray(0, 10_000));
    expect(body).toMatchObject({ isWhole: true, isTailCut: true });
    expect(lastLinesOf(body, [])).toEqual([19995, 19996, 19997, 19998, 19999].map((index) => `line ${index}`));
  });

  it('may be empty', async () => {
    expect(await read([])).toEqual({ head: Buffer.alloc(0), tail: Buffer.alloc(0), isTailCut: false, isWhole: true });
  });

  it('is read no further than a megabyte, and then nobody knows its end', async () => {
    const body = await read(Array.from({ length: 40 }, () => Buffer.alloc(64 * 1024, 'a')));

    expect(body.head).toEqual(Buffer.alloc(10_000, 'a'));
    expect(body).toMatchObject({ isWhole: false, tail: Buffer.alloc(0) });
    expect(lastLinesOf(body, [])).toEqual([]);
  });

  it('is the same however it arrives in pieces', async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 9000 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        const whole = Buffer.concat(parts);
        const body = await read(parts.map((part) => Buffer.from(part)));

        expect(body.head).toEqual(whole.subarray(0, 10_000));
        expect(body.tail).toEqual(whole.subarray(-8192));
        expect(body.isTailCut).toBe(whole.length > 8192);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the last lines', () => {
  it('are five, without the empty ones', () => {
    expect(linesOf('1\n2\n\n3\r\n4\n   \n5\n6\n\n')).toEqual(['2', '3', '4', '5', '6']);
    expect(linesOf('')).toEqual([]);
  });

  it('show what a terminal would show in the end, without colours and tricks', () => {
    expect(linesOf('10 %\r50 %\rfailed')).toEqual(['10 %', '50 %', 'failed']);
    expect(linesOf('\u001b[31mError:\u001b[0m \u001b]0;title\u0007disk\u0000full \u202Egpj.exe')).toEqual([
      'Error: disk full  gpj.exe',
    ]);
  });

  it('hide secrets before they are cut', () => {
    expect(linesOf(`${'x'.repeat(190)} password=hunter2`)).toEqual([`${'x'.repeat(190)} password=`.slice(0, 200)]);
    expect(linesOf('id 07c2f548-9850-4b27-af5d-6c9dc157ec02', ['07c2f548-9850-4b27-af5d-6c9dc157ec02'])).toEqual([
      'id ***',
    ]);
  });

  it('begin with a whole line', () => {
    expect(lastLinesOf({ tail: Buffer.from('ter2 secret\nnext'), isTailCut: true }, [])).toEqual(['next']);
  });

  it('are short and printable, whatever is posted', () => {
    const anything = fc.oneof(fc.uint8Array({ maxLength: 2000 }), fc.string({ unit: 'binary', maxLength: 500 }));
    fc.assert(
      fc.property(anything, fc.boolean(), (bytes, isTailCut) => {
        const lines = lastLinesOf({ tail: Buffer.from(bytes as string), isTailCut }, []);

        expect(lines.length).toBeLessThanOrEqual(5);
        for (const line of lines) {
          expect(line.length).toBeLessThanOrEqual(200);
          expect(line).not.toBe('');
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect(line.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
