import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetDev } from './net-dev.ts';

const head = 'Inter-|   Receive  |  Transmit\n face |bytes packets errs|bytes packets errs\n';
const line = (name: string, columns: (number | bigint)[]) => `${name.padStart(6)}: ${columns.join('  ')}\n`;
const columns = (receive: number | bigint, transmit: number | bigint) =>
  [receive, 10, 3, 0, 0, 0, 0, 0, transmit, 20, 4, 0, 0, 0, 0, 0] as const;

describe('parseNetDev', () => {
  it('reads bytes and errors of both directions', () => {
    expect(parseNetDev(head + line('eth0', [...columns(368_928_673, 865_807)]))).toEqual([
      { name: 'eth0', receiveBytes: 368_928_673, transmitBytes: 865_807, receiveErrors: 3, transmitErrors: 4 },
    ]);
  });

  it('reads the form of old kernels, without a space after the colon, and an alias with a colon in its name', () => {
    const numbers = [...columns(7, 8)].join(' ');
    expect(parseNetDev(`${head}  eth0:${numbers}\n  eth0:1:${numbers}\n`)).toMatchObject([
      { name: 'eth0', receiveBytes: 7 },
      { name: 'eth0:1', transmitBytes: 8 },
    ]);
  });

  it('keeps the low 53 bits of a counter, so that differences stay exact', () => {
    const [before, after] = parseNetDev(
      head + line('a', [...columns(2n ** 64n - 1n, 2n ** 53n)]) + line('b', [...columns(2n ** 53n + 9n, 1)]),
    );
    expect([before?.receiveBytes, before?.transmitBytes, after?.receiveBytes]).toEqual([2 ** 53 - 1, 0, 9]);
  });

  it('reads back any counters of 64 bits modulo 2^53', () => {
    const counter = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(counter, counter, (receive, transmit) => {
        expect(parseNetDev(head + line('eth0', [...columns(receive, transmit)]))).toMatchObject([
          { receiveBytes: Number(receive % 2n ** 53n), transmitBytes: Number(transmit % 2n ** 53n) },
        ]);
      }),
    );
  });

  it('skips lines that are not of the form, and never throws', () => {
    expect(parseNetDev(`${head}eth0: 1 2 3\neth1: -1 ${'0 '.repeat(15)}\n../x: ${'0 '.repeat(16)}\n`)).toEqual([]);
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void parseNetDev(`eth0: ${text}`)));
  });
});
