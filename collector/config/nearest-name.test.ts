import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestName, suggestName } from './nearest-name.ts';

const names = ['listen', 'language', 'tls', 'perangkatDaerah'];

it.each([
  ['listne', 'listen'],
  ['langage', 'language'],
  ['perangkat_daerah', 'perangkatDaerah'],
  ['TLS', 'tls'],
  ['perangkat', 'perangkatDaerah'],
])('takes %s for %s', (word, meant) => {
  expect(nearestName(word, names)).toBe(meant);
});

it('guesses nothing when nothing is near', () => {
  expect(nearestName('obligations', names)).toBeUndefined();
  expect(suggestName('obligations', names)).toBe('known here: listen, language, tls, perangkatDaerah');
  expect(suggestName('x', [])).toBe('none is known here');
});

it('finds the very word among any names', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (words) => {
      expect(nearestName(words[0] ?? '', words)).toBe(words[0]);
    }),
  );
});
