import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { SampleSorter } from './sample-sorter.ts';

const sample = fc.record({
  series: fc.integer({ min: 0, max: 5 }),
  atMs: fc.integer({ min: 0, max: 20 }).map((tick) => 1_795_662_675_000 + tick),
  value: fc.double(),
});

describe('a sorter of samples', () => {
  it('gives every series whole, in order of time, each moment once as it was first said, however little fits into memory', () => {
    const folder = temporaryFolder();
    const limits = fc.record({ heldCount: fc.integer({ min: 1, max: 9 }), openRuns: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 120 }), limits, (samples, { heldCount, openRuns }) => {
        const sorter = new SampleSorter({ folder, heldCount, openRuns });
        for (const { series, atMs, value } of samples) sorter.add(series, atMs, value);
        const sorted = [...sorter.sorted()].map(({ series, atMs, value }) => ({ series, atMs, value }));
        sorter.close();

        const first = new Map<string, (typeof samples)[number]>();
        for (const each of samples) {
          const name = `${each.series} ${each.atMs}`;
          if (!first.has(name)) first.set(name, each);
        }
        const expected = [...first.values()].toSorted((a, b) => a.series - b.series || a.atMs - b.atMs);
        expect(sorted).toEqual(expected);
      }),
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
