import { expect, it } from 'vitest';
import { importsOf, packageOf, readSources } from './source-files.ts';

function specifiers(text: string): string[] {
  return importsOf({ path: 'agent/loop/loop.ts', text }).map((line) => line.specifier);
}

it('finds every way to import', () => {
  const text = [
    "import { a } from './a.ts';",
    "import './b.ts';",
    "import type { C } from './c.ts';",
    'import {',
    '  d,',
    "} from './d.ts';",
    "export * from './e.ts';",
    "const f = await import('./f.ts');",
    "const http = process.getBuiltinModule('node:http');",
  ].join('\n');

  expect(specifiers(text)).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './f.ts', 'node:http']);
});

it('takes no comment and no type query for an import', () => {
  const text = [
    "// import { a } from './a.ts';",
    "/* import { b } from './b.ts'; */",
    "type Http = typeof import('node:http');",
    "export const word = 'from';",
  ].join('\n');

  expect(specifiers(text)).toEqual([]);
});

it('resolves files of ours from the root', () => {
  const [line] = importsOf({ path: 'agent/loop/loop.ts', text: "import type { A } from '../../shared/a.ts';" });

  expect(line).toEqual({
    specifier: '../../shared/a.ts',
    target: 'shared/a.ts',
    typeOnly: true,
    dynamic: false,
  });
});

it('names the package of a deep import', () => {
  expect([packageOf('typebox/compile'), packageOf('@peculiar/x509/build'), packageOf('axios')]).toEqual([
    'typebox',
    '@peculiar/x509',
    'axios',
  ]);
});

it('reads the sources of this repository', () => {
  expect(readSources().map((file) => file.path)).toContain('test/architecture/source-files.ts');
});
