import { expect, it } from 'vitest';
import { sizeProblems } from './sizes.ts';
import { readSources } from './source-files.ts';

const small = { path: 'shared/small.ts', text: 'line\n' };

it('accepts 300 lines and refuses 301', () => {
  expect(sizeProblems([small, small, { path: 'shared/a.ts', text: 'x\n'.repeat(300) }])).toEqual([]);
  expect(sizeProblems([small, small, { path: 'shared/a.ts', text: 'x\n'.repeat(301) }])).toEqual([
    'shared/a.ts has 301 lines: at most 300, so split it by its subjects.',
  ]);
});

it('refuses a house whose files have grown as a whole', () => {
  const files = [
    small,
    { path: 'agent/a.ts', text: 'x\n'.repeat(100) },
    { path: 'agent/b.ts', text: 'x\n'.repeat(120) },
  ];
  expect(sizeProblems(files)).toEqual(['The median file has 100 lines: keep it below 100.']);
});

it('holds in this repository', () => {
  expect(sizeProblems(readSources())).toEqual([]);
});
