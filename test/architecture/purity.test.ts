import { expect, it } from 'vitest';
import { purityProblems } from './purity.ts';
import { readSources } from './source-files.ts';

const path = 'collector/obligations/rules/wan-reachable.ts';

it.each(['node:fs', 'axios', '../../store/store.ts', '../../incidents/transition.ts'])(
  'finds a rule that imports %s',
  (from) => {
    expect(purityProblems([{ path, text: `import { a } from '${from}';` }])).toHaveLength(1);
  },
);

it('finds a rule that asks for the time', () => {
  expect(purityProblems([{ path, text: 'const now = new Date();' }])).toEqual([
    `${path} looks at the world: a rule gets the time and the facts as arguments.`,
  ]);
});

it('accepts shared words, the contract and an instant made from a number', () => {
  const text = [
    "import { weakerGrade } from '../../../shared/states.ts';",
    "import type { Rule } from '../rule.ts';",
    'const shown = new Date(nowMs).toISOString();',
  ].join('\n');
  expect(purityProblems([{ path, text }])).toEqual([]);
});

it('holds in this repository', () => {
  expect(purityProblems(readSources())).toEqual([]);
});
