import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAnswer } from './check-answer.ts';

describe('the answer of a query', () => {
  it.each([
    ['1000', '1000'],
    ['1000', '>=1000'],
    ['1000.5', '>= 1000'],
    ['-1', '>=-2'],
    ['Dinas Kesehatan', 'Dinas Kesehatan'],
    ['anything', undefined],
  ])('%j is what %j asks for', (answer, expected) => {
    expect(checkAnswer(answer, expected)).toMatch(`The query answered ${answer}`);
  });

  it.each([
    ['999', '>=1000', 'the query answered 999, and >=1000 was expected'],
    ['', '>=0', 'the query answered nothing, and >=0 was expected'],
    ['abc', '>=0', 'the query answered abc, and >=0 was expected'],
    ['1000 ', '1000', 'the query answered 1000 , and 1000 was expected'],
    ['', undefined, 'the query answered nothing'],
    ['Infinity', '>=1', 'the query answered Infinity, and >=1 was expected'],
  ])('%j is not what %j asks for', (answer, expected, message) => {
    expect(() => checkAnswer(answer, expected)).toThrow(
      expect.objectContaining({ code: 'unexpected-answer', message }),
    );
  });

  it('is compared as numbers are', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (answer, least) => {
        const check = () => checkAnswer(String(answer), `>=${least}`);
        if (answer >= least) expect(check()).toContain('was expected');
        else expect(check).toThrow('was expected');
      }),
    );
  });

  it('is shown short and without control characters', () => {
    expect(checkAnswer(`\u001b[31m${'x'.repeat(500)}`, undefined)).toMatch(
      /^The query answered \uFFFD\[31mx{50,60}\.$/,
    );
  });
});
