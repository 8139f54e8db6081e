import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameProblem, shownPath } from './shown-path.ts';
import { isUnfinishedName } from './unfinished-name.ts';

it('shows a path as text, and of a long one the end', () => {
  expect(shownPath('a/db.sql', 20)).toBe('a/db.sql');
  expect(shownPath(Buffer.from('a/é').toString('latin1'), 20)).toBe('a/é');
  expect(shownPath('a/\n\xff', 20)).toBe('a/\uFFFD\uFFFD');
  expect(shownPath(`${'x'.repeat(30)}/db.sql`, 10)).toBe('…xx/db.sql');
});

it('shows anything within the limit, without control characters', () => {
  const latin1 = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
  fc.assert(
    fc.property(latin1, fc.integer({ min: 2, max: 40 }), (path, maxLength) => {
      const shown = shownPath(path, maxLength);
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.length).toBeLessThanOrEqual(maxLength);
      // oxlint-disable-next-line no-control-regex -- what must not be there
      expect(shown).not.toMatch(/[\u0000-\u001f\u007f]/);
      expect(shown.isWellFormed()).toBe(true);
    }),
  );
});

it('names what is wrong with a name', () => {
  expect(['db.sql', Buffer.from('é').toString('latin1'), 'a\tb', '\xff'].map(nameProblem)).toEqual([
    undefined,
    undefined,
    'control-characters-in-name',
    'name-is-not-utf-8',
  ]);
});

it.each([
  ['.db.sql.gz.Xa91bQ', true],
  ['db.sql.part', true],
  ['db.sql.PARTIAL', true],
  ['db.sql.tmp', true],
  ['db.sql.filepart', true],
  ['db.sql', false],
  ['.htaccess', false],
  ['department', false],
  ['db.sql.Xa91bQ', false],
])('tells of %s whether it is still on the way', (name, isUnfinished) => {
  expect(isUnfinishedName(name)).toBe(isUnfinished);
});
