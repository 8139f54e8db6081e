import type { NumberedSample } from './sample-run.ts';

interface Head extends NumberedSample {
  /** Which list it is from: of equal samples the earlier list's comes first. */
  list: number;
}

/** Joins lists that are in order by series and time into one that is; of samples of one series and time the first. */
export function* mergeRuns(lists: readonly Iterable<NumberedSample>[]): Generator<NumberedSample> {
  const sources = lists.map((list) => list[Symbol.iterator]());
  const heap: Head[] = [];
  const advance = (list: number) => {
    const next = sources[list]?.next();
    if (next !== undefined && next.done !== true) push(heap, { ...next.value, list });
  };
  for (const list of sources.keys()) advance(list);
  let before: Head | undefined;
  for (let head = pop(heap); head !== undefined; head = pop(heap)) {
    if (before?.series !== head.series || before.atMs !== head.atMs) yield head;
    before = head;
    advance(head.list);
  }
}

const isBefore = (a: Head, b: Head): boolean =>
  a.series !== b.series ? a.series < b.series : a.atMs !== b.atMs ? a.atMs < b.atMs : a.list < b.list;

function push(heap: Head[], head: Head): void {
  heap.push(head);
  for (let at = heap.length - 1; at > 0;) {
    const parent = (at - 1) >> 1;
    if (!swapUnlessOrdered(heap, parent, at)) return;
    at = parent;
  }
}

function pop(heap: Head[]): Head | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  heap[0] = last;
  for (let at = 0; ;) {
    const left = 2 * at + 1;
    const [a, b] = [heap[left], heap[left + 1]];
    if (a === undefined) return first;
    const least = b !== undefined && isBefore(b, a) ? left + 1 : left;
    if (!swapUnlessOrdered(heap, at, least)) return first;
    at = least;
  }
}

/** @returns whether they were in the wrong order, and were swapped. */
function swapUnlessOrdered(heap: Head[], upper: number, lower: number): boolean {
  const [a, b] = [heap[upper], heap[lower]];
  if (a === undefined || b === undefined || !isBefore(b, a)) return false;
  heap[upper] = b;
  heap[lower] = a;
  return true;
}
