import { describe, expect, it } from 'vitest';
import type { FleetFamily, Sample } from './family.ts';
import type { FleetView } from './fleet-view.ts';
import { fleetPart } from './page-parts.ts';
import { PageWriter } from './page-writer.ts';
import { TimeSlices } from '../time-slices.ts';

/** The families here look at nothing. */
const view = {} as FleetView;

const family = (samples: Iterable<Sample>): FleetFamily => ({
  of: 'fleet',
  group: 'node',
  name: 'pantau_x',
  type: 'gauge',
  labels: ['node'],
  help: 'What \\ it\nis.',
  samples: () => samples,
});

/** The pieces of a page with one family. @param monotonicMs by which its slices are measured. */
async function piecesOf(samples: Iterable<Sample>, monotonicMs = () => 0): Promise<string[]> {
  const writer = new PageWriter();
  const pieces: string[] = [];
  const printing = { view, format: 'text', writer, slices: new TimeSlices(monotonicMs) } as const;
  for await (const piece of fleetPart(family(samples), printing)) pieces.push(piece.toString());
  return [...pieces, writer.take().toString()];
}

const page = async (samples: Iterable<Sample>) => (await piecesOf(samples)).join('');

describe('the lines of a family', () => {
  it('stand under its help and its type, and are left out when there is no sample', async () => {
    expect(await page([])).toBe('');
    expect(await page([{ labels: [], value: 1 }])).toBe(
      '# HELP pantau_x What \\\\ it\\nis.\n# TYPE pantau_x gauge\npantau_x 1\n',
    );
  });

  it('never tell one series twice: a scraper would refuse the whole page', async () => {
    const sample = (value: number): Sample => ({ labels: [['node', 'a']], value });

    expect(await page([sample(1), sample(2), { labels: [['node', 'b']], value: 3 }])).toMatch(
      /gauge\npantau_x\{node="a"\} 1\npantau_x\{node="b"\} 3\n$/,
    );
  });

  it('come in pieces of whole lines, each a little longer than 64 KiB', async () => {
    const many = Array.from({ length: 10_000 }, (_, index): Sample => ({
      labels: [['node', `n-é${index}`]],
      value: 1,
    }));
    const pieces = await piecesOf(many);

    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.slice(0, -1).filter((piece) => piece.length > 66_000 || !piece.endsWith(' 1\n'))).toEqual([]);
    expect(pieces.join('').split('\n').length).toBe(10_003);
  });

  it('let the process do other work while they are worked out', async () => {
    let atMs = 0;
    const turns: number[] = [];
    const isWatching = { now: true };
    const watch = () => {
      turns.push(atMs);
      if (isWatching.now) setImmediate(watch);
    };
    setImmediate(watch);
    function* slow(): Generator<Sample> {
      for (let count = 0; count < 1000; count += 1) {
        atMs += 0.1;
        yield { labels: [['node', String(count)]], value: 1 };
      }
    }
    await piecesOf(slow(), () => atMs);
    isWatching.now = false;

    expect(turns.length).toBeGreaterThan(10);
    expect(Math.max(...turns.map((turn, place) => turn - (turns[place - 1] ?? 0)))).toBeLessThan(8);
  });
});
