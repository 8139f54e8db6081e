import { matchesGlob } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTally } from './tally.ts';

function contains(pattern: string, path: string): boolean {
  const tally = createTally(pattern);
  tally.see(Buffer.from(path).toString('latin1'));
  return tally.isContained;
}

describe('tally', () => {
  it('counts what is added and what only has a weight', () => {
    const tally = createTally();
    tally.add('a', 5);
    tally.add('b', 7);
    tally.see('folder');
    tally.weigh(100);
    expect(tally).toMatchObject({ itemCount: 2, sizeBytes: 112, isContained: true });
  });

  it.each([
    ['simda.sql', 'var/backups/simda.sql', true],
    ['simda.sql', 'simda.sql', true],
    ['simda.sql', 'var/simda.sql/other', false],
    ['*.sql', '.config/deep/simda.sql', true],
    ['etc/*.conf', 'etc/simda.conf', true],
    ['etc/*.conf', 'var/etc/simda.conf', false],
    ['etc/*.conf', 'etc/sub/simda.conf', false],
    ['etc/**/*.conf', 'etc/a/b/simda.conf', true],
    ['etc/**/*.conf', 'etc/simda.conf', true],
    ['**/www', 'srv/www', true],
    ['srv/**', 'srv', false],
    ['srv/**', 'srv/a/b', true],
    ['{a,b}/x', 'b/x', true],
    ['data pegawai é', './x/data pegawai é', true],
  ])('looks for %s: %s %s', (pattern, path, expected) => {
    expect(contains(pattern, path)).toBe(expected);
  });

  it('keeps what was found, whatever comes after', () => {
    const tally = createTally('a');
    tally.add('a', 0);
    tally.add('b', 0);
    expect(tally.isContained).toBe(true);
  });

  it('agrees with the globs of Node', () => {
    const name = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '?', '**');
    const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(name, { minLength: 2, maxLength: 4 }), path, (pattern, names) => {
        // At the end, ours stands for every file below and Node's for the folder itself as well.
        fc.pre(pattern.at(-1) !== '**');
        expect(contains(pattern.join('/'), names.join('/'))).toBe(matchesGlob(names.join('/'), pattern.join('/')));
      }),
      { numRuns: 500 },
    );
  });

  it('does not take long over a pattern that could match in many ways', () => {
    const beganAtMs = performance.now();
    expect(contains(`${'**/'.repeat(30)}x`, 'a/'.repeat(300) + 'b')).toBe(false);
    expect(performance.now() - beganAtMs).toBeLessThan(1000);
  });
});
