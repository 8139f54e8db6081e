import Compile from 'typebox/compile';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { restoreTestProblem } from '../../config/drill-problem.ts';
import type { SourceSettings } from '../backup-source.ts';
import type { DrillSettings } from '../drills/drill.ts';
import { drills } from '../drills/registry.ts';
import { drillBench } from './drill-bench.test-kit.ts';
import type { AnyDrill } from './run-restore-test.ts';

/**
 * What every drill must do; each drill's own test calls it.
 * @param testFile `import.meta.url` of that test.
 * @param example settings that the drill takes, with the source that they go with.
 */
export function drillContract(
  drill: Pick<AnyDrill, 'kind' | 'docs' | 'config'>,
  testFile: string,
  example: { restoreTest: Record<string, unknown>; source: Record<string, unknown> },
): void {
  const problemOf = (more: Record<string, unknown>, source = example.source) =>
    restoreTestProblem(
      {
        dataset: 'simda',
        source: source as SourceSettings,
        restoreTest: { ...example.restoreTest, ...more } as DrillSettings,
      },
      '/backups/0/restoreTest',
    );

  describe(`contract of the restore test ${drill.kind}`, () => {
    it('is registered under the name of its file', () => {
      expect(basename(new URL(testFile).pathname)).toBe(`${drill.kind}.test.ts`);
      expect(drills.some((each) => each.kind === drill.kind && each.config === drill.config)).toBe(true);
      expect(drill.docs).toMatch(/^[A-Z].*\.$/);
    });

    it('takes good settings, also through its schema alone', async () => {
      const more = { maxSeconds: 60, maxBytes: 1_000_000, minFiles: 2, minBytes: 100, mustContain: 'etc/**/*.conf' };
      expect(await problemOf({})).toBeUndefined();
      expect(await problemOf(more)).toBeUndefined();
      expect(Compile(await drill.config()).Check({ ...example.restoreTest, ...more })).toBe(true);
    });

    it.each<[string, unknown, string]>([
      ['maxSecond', 5, 'is not a known field'],
      ['maxSeconds', 0, 'must be >= 1'],
      ['maxSeconds', 'soon', 'must be integer'],
      ['maxBytes', -1, 'must be >= 1'],
      ['minFiles', 0.5, 'must be integer'],
      ['mustContain', '/etc/passwd', 'must match pattern'],
      ['mustContain', '../etc/passwd', 'must match pattern'],
      ['mustContain', 'a\nb', 'must match pattern'],
      ['mustContain', '[z-a]', '"[z-a]" has a set in brackets that cannot be read'],
    ])('refuses %s: %j by its name', async (field, value, message) => {
      expect(await problemOf({ [field]: value })).toContain(`/backups/0/restoreTest/${field}: ${message}`);
    });

    it('that was stopped before it began finds nothing out and leaves nothing behind', async () => {
      const stopping = new AbortController();
      stopping.abort(new Error('enough'));
      const bench = drillBench(temporaryFolder());
      const answer = bench.run(example.restoreTest, example.source, { signal: stopping.signal });
      await expect(answer).rejects.toThrow('enough');
    });
  });
}
