import { matchesGlob } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePattern } from './glob-pattern.ts';

/** Whether one name matches the last step of a pattern. */
function matches(pattern: string, name: string): boolean {
  return parsePattern(`/${pattern}`).some(({ steps }) => {
    const [step] = steps;
    if (typeof step !== 'object') return true;
    return 'fixed' in step ? step.fixed === name : step.matches.test(name);
  });
}

/** Good is a pattern that can be used, or one that is refused with a sentence. */
function outcomeOf(pattern: string): unknown {
  try {
    matches(pattern, 'aaaaaaaaaaaaaaaaaaaaaaaa!');
    return 'good';
  } catch (error) {
    return error instanceof RangeError && /^(it|".*") (ends|has) /s.test(error.message) ? 'good' : error;
  }
}

describe('parsePattern', () => {
  it('begins to search at the last folder without a wildcard', () => {
    expect(parsePattern('/var/backups/db/*.sql.gz')).toMatchObject([{ root: '/var/backups/db', steps: [{}] }]);
    expect(parsePattern('/var/*/db/x.sql')).toMatchObject([
      { root: '/var', steps: [{}, { fixed: 'db' }, { fixed: 'x.sql' }] },
    ]);
    expect(parsePattern('/var/x.sql')).toEqual([{ root: '/var', steps: [{ fixed: 'x.sql' }] }]);
    expect(parsePattern('/x.sql')).toEqual([{ root: '/', steps: [{ fixed: 'x.sql' }] }]);
    expect(parsePattern('/*.sql')).toMatchObject([{ root: '/' }]);
    expect(parsePattern('D:/backup/*.bak')).toMatchObject([{ root: 'D:/backup' }]);
  });

  it('takes ** at the end for every file below', () => {
    expect(parsePattern('/srv/**')).toMatchObject([{ root: '/srv', steps: ['any-depth', {}] }]);
  });

  it.each([
    ['*.sql', 'db.sql', true],
    ['*.sql', 'db.sql.gz', false],
    ['*', '.hidden', false],
    ['.*', '.hidden', true],
    ['db-?.sql', 'db-1.sql', true],
    ['db-?.sql', 'db-12.sql', false],
    ['db-[0-9].sql', 'db-7.sql', true],
    ['db-[!0-9].sql', 'db-7.sql', false],
    ['*.{sql,dump}', 'a.dump', true],
    ['*.{sql,dump}', 'a.tar', false],
    ['{a,b{c,d}}.x', 'bd.x', true],
    ['a+b(1)|*.sql', 'a+b(1)|z.sql', true],
    ['a.b*', 'aXb', false],
    ['*', 'two\nlines', true],
    ['[a', '[a', true],
    ['{a', '{a', true],
  ])('%j against %j: %s', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected);
  });

  it.each([
    { pattern: '/srv/', message: 'it ends with a slash, but it must name files' },
    { pattern: `/${'{a,b}'.repeat(10)}`, message: 'it has more than 64 alternatives' },
    { pattern: `/*/${'a/'.repeat(100)}b`, message: 'it has more than 64 folders' },
    { pattern: '/[z-a].sql', message: '"[z-a].sql" has a set in brackets that cannot be read' },
  ])('refuses $pattern', ({ pattern, message }) => {
    expect(() => parsePattern(pattern)).toThrow(new RangeError(message));
  });

  it('agrees with the globs of Node', () => {
    const pattern = fc.string({ unit: fc.constantFrom(...Array.from('ab1.-*?')), minLength: 1, maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom(...Array.from('ab1-')), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        pattern.filter((text) => !text.includes('**') && !text.startsWith('.')),
        name,
        (text, file) => {
          expect(matches(text, file)).toBe(matchesGlob(file, text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses with a sentence or reads, and never hangs', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('{},[]!^*?\\/a-$(')), maxLength: 40 }), (text) => {
        expect(outcomeOf(text)).toBe('good');
      }),
    );
  });
});
