import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegisterEntry } from '../../obligations/register-view.ts';
import { anyEntries, testNames } from '../any-entry.test-kit.ts';
import type { RegisterKind } from '../kind.ts';
import { registerKinds } from '../kinds/registry.ts';
import { exportFile, type FileFormat } from './export-file.ts';
import { planImport } from './plan-import.ts';
import { readFile } from './read-file.ts';

async function readAgain(kind: RegisterKind, entries: RegisterEntry[], format: FileFormat, language: 'id' | 'en') {
  const file = await exportFile(kind, entries, format, { language, timezone: testNames.timezone });
  const read = await readFile(kind, file.bytes);
  const newId = () => 'NEW';
  const plan = await planImport(read.rows, { kind, entries, names: testNames, newId });
  return {
    problems: [...read.problems, ...plan.problems],
    ids: plan.lines.map(({ entry }) => entry),
    changes: plan.changes,
  };
}

describe.each(registerKinds.map((kind) => ({ name: kind.name, kind })))('a file of the register $name', ({ kind }) => {
  const unchanged = (entries: RegisterEntry[]) => ({ problems: [], ids: entries.map(({ id }) => id), changes: [] });

  it('changes nothing when it is read in as it was written, as CSV', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntries(kind), fc.constantFrom('id', 'en'), async (entries, language) => {
        expect(await readAgain(kind, entries, 'csv', language)).toEqual(unchanged(entries));
      }),
      { numRuns: 40 },
    );
  });

  it('changes nothing when it is read in as it was written, as a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntries(kind), fc.constantFrom('id', 'en'), async (entries, language) => {
        expect(await readAgain(kind, entries, 'xlsx', language)).toEqual(unchanged(entries));
      }),
      { numRuns: 3 },
    );
  });
});
