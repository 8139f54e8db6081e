import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    include: ['{agent,collector,shared,dashboards,scripts,test}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than the two processors of a small machine: the tests with real programs mostly wait.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    restoreMocks: true,
  },
});
