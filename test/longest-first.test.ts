import { expect, it } from 'vitest';
import { longestFirst } from './longest-first.ts';

it('begins the tests that wait, one of each kind in turn, and then the others as they came', () => {
  const files = [
    'agent/a.test.ts',
    'test/backups/one.test.ts',
    'test/backups/two.test.ts',
    'shared/b.test.ts',
    'test/jaringan-intra/one.test.ts',
  ];

  expect(longestFirst(files, (file) => file)).toEqual([
    'test/jaringan-intra/one.test.ts',
    'test/backups/one.test.ts',
    'test/backups/two.test.ts',
    'agent/a.test.ts',
    'shared/b.test.ts',
  ]);
});
