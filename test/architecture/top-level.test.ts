import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from './source-files.ts';
import { topLevelProblems } from './top-level.ts';

it('refuses a new room', () => {
  expect(topLevelProblems(['agent', '.gitignore', 'vitest.config.ts'])).toEqual([
    'vitest.config.ts stands at the top level: put it into one of the rooms of the house.',
  ]);
});

it('holds in this repository', () => {
  expect(topLevelProblems(readdirSync(root))).toEqual([]);
});
