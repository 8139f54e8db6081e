import type { Random } from '../../shared/clock.ts';

/** A number in [0, 1) that is always the same for the same whole numbers, and looks unlike that of their neighbours. */
export function noise(...parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part | 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 2 ** 32;
}

/** Dice that fall the same way in each run with the same seed. */
export function seededRandom(seed: number): Random {
  let thrown = 0;
  return () => {
    thrown += 1;
    return noise(seed, thrown, 7);
  };
}
