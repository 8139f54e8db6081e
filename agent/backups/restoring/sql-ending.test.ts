import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSqlEnding } from './sql-ending.ts';

function judge(text: string, pieceBytes = 1000) {
  const ending = createSqlEnding();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) ending.take(bytes.subarray(at, at + pieceBytes));
  return ending.judge();
}
const rows = 'INSERT INTO x VALUES (1);\n'.repeat(2000);

describe('the ending of an SQL dump', () => {
  it.each([
    [
      'pg_dump',
      '--\n-- PostgreSQL database dump\n--\n',
      '-- PostgreSQL database dump complete\n--\n\n\\unrestrict abc\n',
    ],
    ['pg_dumpall', '--\n-- PostgreSQL database cluster dump\n--\n', '-- PostgreSQL database cluster dump complete\n'],
    ['mysqldump', '-- MySQL dump 10.13  Distrib 8.0\n', '-- Dump completed on 2026-11-25 23:10:00\n'],
    ['mysqldump', '/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\r\n', '-- Dump completed\r\n'],
  ])('of %s says whether it is complete', (tool, begin, end) => {
    expect(judge(begin + rows + end)).toEqual({ tool, isComplete: true });
    expect(judge(begin + rows)).toEqual({ tool, isComplete: false });
    expect(judge(begin + end)).toEqual({ tool, isComplete: true });
  });

  it('is not asked of what no such tool wrote', () => {
    expect(judge(rows)).toEqual({ tool: undefined, isComplete: true });
    expect(judge('')).toEqual({ tool: undefined, isComplete: true });
  });

  it('is the same in whatever pieces the dump comes', () => {
    const dump = `-- MySQL dump 10\n${rows}-- Dump completed\n`;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (pieceBytes) => {
        expect(judge(dump, pieceBytes)).toEqual({ tool: 'mysqldump', isComplete: true });
      }),
      { numRuns: 30 },
    );
  });
});
