import { existsSync } from 'node:fs';
import Compile from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import { fakeClock } from '../../test/kit/fake-clock.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { type BackupSource, maxClaimsPerLook, type SourceSettings } from './backup-source.ts';
import { backupSources } from './registry.ts';
import { createBackupRunner } from './run-backups.ts';
import type { RunTool } from './tools/run-tool.ts';
import { runWith, sourceDeps } from './tools/source-deps.test-kit.ts';

/** Somewhere that a source can look; made anew, or copied, by each call. */
export interface Place {
  settings: SourceSettings;
  /** Where the agent keeps its things; a temporary folder unless told. */
  dataFolder?: string;
  run?: RunTool;
}

export interface SourceTrial {
  good: readonly SourceSettings[];
  bad: readonly { settings: SourceSettings; field: string; message: string | RegExp }[];
  /** Holds at least one backup that succeeded. */
  full: () => Place | Promise<Place>;
  /** Can be looked at and holds none; absent for a source that cannot tell this from a failure. */
  empty?: () => Place | Promise<Place>;
  /** Cannot be looked at. */
  blind: () => Place | Promise<Place>;
  /** What must never be read in a claim or an explanation. */
  secrets?: readonly string[];
  /** From test/requirements.ts: whether the places can be made on this machine. */
  needed?: { ok: boolean; reason: string };
}

/** What every backup source must do; each source's own test calls it. */
export function backupSourceContract<Config>(source: BackupSource<Config>, trial: SourceTrial): void {
  settingsContract(source, trial);
  const { needed = { ok: true, reason: '' } } = trial;
  describe.skipIf(!needed.ok)(`contract of the source ${source.kind} ${needed.reason}`, () => {
    const dataset = 'simda';
    /** What the agent would report of two rounds. */
    const report = async ({ settings, run = runWith(), dataFolder = temporaryFolder() }: Place) => {
      const runner = createBackupRunner({ dataFolder, logger: silentLogger, clock: fakeClock(), run });
      try {
        const config = { dataset, source: settings };
        const first = await runner.run([config]);
        await runner.settled();
        return { first, second: await runner.run([config]), third: await runner.run([config]) };
      } finally {
        await runner.close();
      }
    };
    const explanations = async ({ settings, run, dataFolder = temporaryFolder() }: Place) =>
      source.explain?.(source.parse(settings), sourceDeps(dataFolder, run)) ?? [];
    const secretsIn = (value: unknown) =>
      (trial.secrets ?? []).filter((secret) => JSON.stringify(value).includes(secret));

    it('claims what is there in a form that fits the report, the newest last, and says it once', async () => {
      const { first, second, third } = await report(await trial.full());
      expect(schemaErrors('backups', [...first, ...second])).toEqual([]);
      expect(first.length).toBeGreaterThan(0);
      expect(first.length).toBeLessThanOrEqual(maxClaimsPerLook);
      expect(first.at(-1)).toMatchObject({
        dataset,
        source: source.kind,
        outcome: expect.stringMatching(/ok|warning/),
      });
      const times = first.map(({ completedAt, startedAt }) => completedAt ?? startedAt ?? '');
      expect(times).toEqual(times.toSorted());
      expect(third).toEqual([]);
      expect(secretsIn([first, second])).toEqual([]);
    });

    const { empty = trial.blind } = trial;
    it.skipIf(trial.empty === undefined)('says no-data when it looked and found nothing', async () => {
      const { first } = await report(await empty());
      expect(first).toHaveLength(1);
      expect(first[0]).toMatchObject({ source: source.kind, outcome: 'no-data' });
      expect(schemaErrors('backups', first)).toEqual([]);
    });

    it('says unknown and why when it cannot look', async () => {
      const { first } = await report(await trial.blind());
      expect(first).toHaveLength(1);
      expect(first[0]).toMatchObject({ source: source.kind, outcome: 'unknown' });
      expect(first[0]?.reason?.length).toBeGreaterThan(20);
      expect(schemaErrors('backups', first)).toEqual([]);
      expect(secretsIn(first)).toEqual([]);
    });

    it.skipIf(source.explain === undefined)('explains what it found, and what to do when it cannot look', async () => {
      const full = await explanations(await trial.full());
      const blind = await explanations(await trial.blind());
      expect(full.length).toBeGreaterThan(0);
      expect(full.every(({ text }) => text.length > 10)).toBe(true);
      expect(blind.some(({ remedy = '' }) => remedy.length > 10)).toBe(true);
      expect(secretsIn([full, blind])).toEqual([]);
    });
  });
}

function settingsContract<Config>(source: BackupSource<Config>, { good, bad }: SourceTrial): void {
  describe(`settings of the source ${source.kind}`, () => {
    it('is registered under the name of its file, with a sentence for help texts', () => {
      const registered: readonly unknown[] = backupSources;
      expect(registered).toContain(source);
      expect(existsSync(new URL(`${source.kind}.ts`, import.meta.url))).toBe(true);
      expect(source.docs).toMatch(/^[A-Z].*\.$/);
    });

    it.each(good)('takes $#: %o', (settings) => {
      expect(() => source.parse(settings)).not.toThrow();
    });

    it.each(bad)('refuses $field of $settings', ({ settings, field, message }) => {
      expect(() => source.parse(settings)).toThrow(message);
      expect(() => source.parse(settings)).toThrow(
        expect.objectContaining({ code: 'invalid-source-settings', field: `/source/${field}` }),
      );
    });

    it('refuses a setting that it does not know, by name', () => {
      const settings = { ...good[0], surprise: 'x' } as SourceSettings;
      expect(() => source.parse(settings)).toThrow(/^source\.surprise is not a setting of the source/);
      expect(() => source.parse(settings)).toThrow(expect.objectContaining({ field: '/source/surprise' }));
    });

    it('are judged alike by the schema for the configuration checker', async () => {
      const schema = Compile(await source.config());
      expect(good.filter((settings) => !schema.Check(settings))).toEqual([]);
      expect(bad.filter(({ settings }) => schema.Check(settings))).toEqual([]);
      expect(schema.Check({ ...good[0], surprise: 'x' })).toBe(false);
    });
  });
}
