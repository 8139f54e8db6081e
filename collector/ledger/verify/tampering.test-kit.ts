import { entryHash, noHash } from '../entry-hash.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { LineObject } from './verify.test-kit.ts';

/** Dice that fall the same way each time. */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

type Roll = ReturnType<typeof dice>;

interface Leaf {
  holder: Record<string, unknown>;
  name: string;
}

function leavesOf(value: unknown): Leaf[] {
  if (value === null || typeof value !== 'object') return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => {
    const member = holder[name];
    return member !== null && typeof member === 'object' && Object.keys(member).length > 0
      ? leavesOf(member)
      : [{ holder, name }];
  });
}

/** A character that is another one of the same alphabet, so that the form stays right. */
function otherText(text: string, roll: Roll): string {
  if (text === '') return 'x';
  const at = roll(text.length);
  const old = text.charAt(at);
  const others = (/[0-9a-f]/.test(old) ? '0123456789abcdef' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZghijkl').replace(old, '');
  return text.slice(0, at) + others.charAt(roll(others.length)) + text.slice(at + 1);
}

/** Changes one value somewhere in a line, takes it out, or puts another beside it. */
export function changeField(line: LineObject, roll: Roll): LineObject {
  const copy = structuredClone(line);
  const leaves = leavesOf(copy);
  const leaf = leaves[roll(leaves.length)];
  if (leaf === undefined) throw new Error('a line has no value');
  const { holder, name } = leaf;
  const old = holder[name];
  const how = roll(8);
  if (how === 0 && !Array.isArray(holder)) delete holder[name];
  else if (how === 1 && !Array.isArray(holder)) holder[`${name}2`] = old;
  else if (typeof old === 'string') holder[name] = otherText(old, roll);
  else if (typeof old === 'number') holder[name] = roll(2) === 0 ? old + 1 + roll(5) : -old - 1;
  else if (typeof old === 'boolean') holder[name] = !old;
  else holder[name] = 'something';
  return copy;
}

/** Gives an entry the hash that fits what it says now. */
export function hashedAnew(line: LineObject): LineObject {
  const { seq, atMs, kind, data, previous } = line as unknown as Parameters<typeof entryHash>[0];
  return { ...line, hash: entryHash({ seq, atMs, kind, data: canonicalJson(data), previous }) };
}

/** Makes all hashes anew from a line on, as whoever has the file and no key could. */
export function chainedAnew(lines: readonly LineObject[], from: number): LineObject[] {
  const before = lines.slice(0, from).findLast(({ type }) => type === 'entry');
  let previous = (before?.['hash'] as string | undefined) ?? noHash;
  return lines.map((line, at) => {
    if (at < from || line.type !== 'entry') return line;
    const made = hashedAnew({ ...line, previous });
    previous = made['hash'] as string;
    return made;
  });
}
