import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutputTail } from './output-tail.ts';

const asIs = (line: string) => line;
function linesOf(chunks: readonly (string | Uint8Array)[], maxCount = 20, mask = asIs): string[] {
  const tail = createOutputTail();
  for (const chunk of chunks) tail.take(Buffer.from(chunk));
  return tail.lines(maxCount, mask);
}

describe('the end of an output', () => {
  it.each([
    [['one\ntwo\n'], ['one', 'two']],
    [['one\n\n  \ntwo'], ['one', 'two']],
    [
      ['on', 'e\r\nt', 'wo\r\n'],
      ['one', 'two'],
    ],
    [['10%\r50%\r100%\rdone\n'], ['10%', '50%', '100%', 'done']],
    [['\u001b[31mred\u001b[0m \u001b]0;title\u0007text\u001b[2K\n'], ['red text']],
    [['bell\u0007 and\u0000zero\n'], ['bell\uFFFD and\uFFFDzero']],
    [[new Uint8Array([0x68, 0x69, 0xff, 0x21, 0x21, 0x21, 0x0a])], ['hi\uFFFD!!!']],
    [[new Uint8Array([0, 1, 2, 3, 255, 254, 0x41, 0x0a]), 'text\n'], ['text']],
    [[`${'x'.repeat(500)}\n`], ['x'.repeat(200)]],
    [[''], []],
  ])('%# gives its lines', (chunks, lines) => {
    expect(linesOf(chunks)).toEqual(lines);
  });

  it('is what a longer memory would give, however it was cut into pieces', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é'), maxLength: 60 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 600 }), fc.integer({ min: 1, max: 5000 }), (lines, pieceLength) => {
        const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(''));
        const pieces = Array.from({ length: Math.ceil(bytes.length / pieceLength) }, (_, index) =>
          bytes.subarray(index * pieceLength, (index + 1) * pieceLength),
        );
        const expected = lines
          .map((each) => each.trim())
          .filter((each) => each !== '')
          .slice(-20);
        expect(linesOf(pieces)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('drops a first line whose beginning it no longer has, and never shows more than 16 KiB', () => {
    const tail = createOutputTail();
    tail.take(Buffer.from(`password=${'s'.repeat(20_000)}\nlast\n`));
    expect(tail.lines(20, asIs)).toEqual(['last']);
    expect(tail.totalBytes()).toBe(20_015);
  });

  it('is masked before it is cut', () => {
    const line = `${'x'.repeat(195)}secret\n`;
    expect(linesOf([line], 20, (text) => text.replace('secret', '***'))).toEqual([`${'x'.repeat(195)}***`]);
  });
});
