import { expect, it } from 'vitest';
import { withMore } from '../bad-config.test-kit.ts';

it.each([
  ['"belum ada"', `perangkatDaerah[0].website "belum ada" is no address of a page`],
  ['[a.go.id, "ftp://b.go.id"]', `perangkatDaerah[0].website[1] "ftp://b.go.id" is no address of a page`],
  ['[a.go.id, "http://a.go.id/lain"]', `perangkatDaerah[0].website[1] "a.go.id" is named twice`],
  ['true', 'perangkatDaerah[0].website must be'],
])('a website %s is refused', (website, message) => {
  expect(withMore(`    website: ${website}\n`)).toContain(message);
});

it.each(['https://a.go.id/', '[a.go.id, b.go.id]', 'false'])('a website %s is taken', (website) => {
  expect(withMore(`    website: ${website}\n`)).toBe('accepted');
});
