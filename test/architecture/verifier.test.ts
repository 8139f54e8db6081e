import { expect, it } from 'vitest';
import { readSources } from './source-files.ts';
import { verifierProblems } from './verifier.ts';

it('finds a verifier that needs the store through another file, or a package', () => {
  const files = [
    { path: 'collector/cli/verify.ts', text: "import { a } from '../ledger/verify/a.ts';" },
    {
      path: 'collector/ledger/verify/a.ts',
      text: "import { b } from '../../store/sqlite/open.ts';\nimport c from 'better-sqlite3';\nimport type { D } from '../../store/store.ts';",
    },
  ];
  expect(verifierProblems(files, 'collector/cli/verify.ts')).toEqual([
    'collector/cli/verify.ts → collector/ledger/verify/a.ts imports collector/store/sqlite/open.ts.',
    'collector/cli/verify.ts → collector/ledger/verify/a.ts imports better-sqlite3.',
  ]);
});

it('holds in this repository', () => {
  expect(verifierProblems(readSources(), 'collector/cli/verify.ts')).toEqual([]);
});
