import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { documentProblems } from './documents.ts';
import { listFiles, root } from './source-files.ts';

const there = (path: string) => ['shared/clock.ts', 'agent/probes', 'README.md'].includes(path);

function problemsOf(text: string, path = 'README.md'): string[] {
  return documentProblems([{ path, text }], there);
}

it('finds a path in backticks that is gone', () => {
  expect(problemsOf('See `shared/gone.ts` and `shared/clock.ts`.')).toEqual([
    'README.md names shared/gone.ts, which is not there.',
  ]);
});

it('finds a dead link, seen from the folder of the document', () => {
  expect(problemsOf('[a](../README.md) [b](./gone.svg#part)', 'test/NOTES.md')).toEqual([
    'test/NOTES.md names test/gone.svg, which is not there.',
  ]);
});

it('leaves addresses, anchors, placeholders and commands alone', () => {
  const text = '[a](https://example.org/x) [b](#part) `agent/probes/<name>.ts` `npm start` `agent/probes/` `data/x`';
  expect(problemsOf(text)).toEqual([]);
});

it('holds in this repository', () => {
  const paths = [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...['agent', 'collector', 'shared', 'dashboards', 'scripts', 'test'].flatMap((folder) =>
      listFiles(folder).filter((path) => path.endsWith('.md')),
    ),
  ];
  const documents = paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  expect(documentProblems(documents, (path) => existsSync(join(root, path)))).toEqual([]);
});
