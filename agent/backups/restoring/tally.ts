import { parsePattern, type PatternStep } from '../files/glob-pattern.ts';

/** Counts what came back and looks out for what must be among it. Paths are relative, bytes as latin1 text. */
export interface Tally {
  /** A file, an entry of an archive, or a table. */
  add(path: string, sizeBytes: number): void;
  /** Something that does not count, but may be what must be there: a folder, a link. */
  see(path: string): void;
  /** Bytes that belong to no single item. */
  weigh(sizeBytes: number): void;
  readonly itemCount: number;
  readonly sizeBytes: number;
  /** False until what must be there was seen. */
  readonly isContained: boolean;
}

/**
 * @param mustContain a path or pattern (glob-pattern.ts); without a slash it may lie in any folder.
 * @throws RangeError with the sentence that is wrong with the pattern.
 */
export function createTally(mustContain?: string): Tally {
  const patterns = mustContain === undefined ? [] : patternsOf(mustContain);
  const totals = { itemCount: 0, sizeBytes: 0, isContained: patterns.length === 0 };
  const see = (path: string) => {
    if (totals.isContained) return;
    const names = path.split('/').filter((name) => name !== '' && name !== '.');
    totals.isContained = patterns.some((steps) => matches(steps, names));
  };
  return {
    add(path, sizeBytes) {
      totals.itemCount++;
      totals.sizeBytes += sizeBytes;
      see(path);
    },
    see,
    weigh: (sizeBytes) => void (totals.sizeBytes += sizeBytes),
    get itemCount() {
      return totals.itemCount;
    },
    get sizeBytes() {
      return totals.sizeBytes;
    },
    get isContained() {
      return totals.isContained;
    },
  };
}

function patternsOf(mustContain: string): PatternStep[][] {
  const latin1 = Buffer.from(mustContain, 'utf8').toString('latin1');
  const anchored = latin1.includes('/') ? `/${latin1}` : `/**/${latin1}`;
  return parsePattern(anchored).map(({ root, steps }) => [
    ...root
      .split('/')
      .filter((name) => name !== '')
      .map((fixed) => ({ fixed })),
    ...steps,
  ]);
}

/** Keeps all places of the pattern that the names so far can lead to, so that `**` costs no backtracking. */
function matches(steps: readonly PatternStep[], names: readonly string[]): boolean {
  let places = new Set(withoutDepth(steps, 0));
  for (const name of names) {
    const next = new Set<number>();
    for (const place of places) {
      const step = steps[place];
      if (step === undefined) continue;
      if (step === 'any-depth') next.add(place);
      else if ('fixed' in step ? step.fixed === name : step.matches.test(name)) next.add(place + 1);
    }
    places = new Set([...next].flatMap((place) => withoutDepth(steps, place)));
  }
  return places.has(steps.length);
}

/** `**` also stands for no folder at all: the place itself and those behind it. */
function withoutDepth(steps: readonly PatternStep[], place: number): number[] {
  const places = [place];
  for (let at = place; steps[at] === 'any-depth'; at++) places.push(at + 1);
  return places;
}
