import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { type BenchResult, writeResults } from './result-file.ts';
import { single } from './statistics.ts';

const result = (bench: string, value: number): BenchResult => ({
  bench,
  takenAt: '2026-11-22T03:00:00.000Z',
  isQuick: true,
  elapsedSeconds: 1,
  figures: [{ name: 'ratio', unit: '×', value: single(value), target: { atMost: 2 } }],
});

const read = (path: string) =>
  (
    JSON.parse(readFileSync(path, 'utf8')) as {
      results: { bench: string; figures: { value: { median: number }; met: boolean }[] }[];
    }
  ).results.map(({ bench, figures: [figure] }) => [bench, figure?.value.median, figure?.met]);

it('keeps the results of other benches and replaces its own', () => {
  const path = join(temporaryFolder(), 'bench', 'latest.json');
  writeResults(path, [result('intake', 1), result('disk', 1)]);
  writeResults(path, [result('intake', 3)]);
  expect(read(path)).toEqual([
    ['disk', 1, true],
    ['intake', 3, false],
  ]);
});

it('starts anew when the file is not readable', () => {
  const path = join(temporaryFolder(), 'latest.json');
  writeFileSync(path, 'half a fi');
  writeResults(path, [result('disk', 1)]);
  expect(read(path)).toEqual([['disk', 1, true]]);
});
