import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import type { ReportRestoreTest } from '../../shared/report-schema.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import { journalId, restoreTestsFolderOf, writeJournal } from './journal.ts';
import { parseRestoreTest, readRestoreTests } from './restore-tests.ts';

const atMs = Date.parse('2026-11-25T21:00:00Z');
function test(dataset: string, minute: number, more: Partial<ReportRestoreTest> = {}): ReportRestoreTest {
  const startedAt = new Date(atMs + minute * 60_000).toISOString();
  const runId = journalId(atMs + minute * 60_000, new Uint8Array(6).fill(minute));
  return { dataset, drill: 'restic', runId, outcome: 'ok', startedAt, completedAt: startedAt, ...more };
}
const full = test('simda', 1, {
  outcome: 'failed',
  reason: 'too-few-files: there are 0 files',
  objectName: 'simda.tar',
  objectId: 'a'.repeat(64),
  fileCount: 0,
  sizeBytes: 5,
  checks: ['One.', 'Two.'],
});

describe('restore tests for the report', () => {
  it('are those of the datasets, oldest first', () => {
    const folder = temporaryFolder();
    const tests = [test('simpeg', 1), test('simda', 2), test('simda', 3), test('lain', 4)];
    for (const each of tests.toReversed()) {
      writeJournal(restoreTestsFolderOf(folder, each.dataset), each.runId, each);
    }
    const found = readRestoreTests(folder, ['simda', 'simpeg', 'simda', 'none']);
    expect(found).toEqual(tests.slice(0, 3));
    expect(schemaErrors('restoreTests', found)).toEqual([]);
    expect(statSync(join(restoreTestsFolderOf(folder, 'simda'), `${test('simda', 3).runId}.json`)).mode & 0o777).toBe(
      0o600,
    );
  });

  it('leave out what is damaged, foreign, or named otherwise', () => {
    const folder = temporaryFolder();
    const place = restoreTestsFolderOf(folder, 'simda');
    mkdirSync(place, { recursive: true });
    const good = test('simda', 1);
    writeJournal(place, good.runId, { ...good, invented: 'x' });
    writeJournal(place, '20261125T220000000Z-other', good);
    writeJournal(place, test('simda', 2).runId, test('simpeg', 2));
    writeJournal(place, test('simda', 3).runId, { ...test('simda', 3), outcome: 'fine' });
    writeFileSync(join(place, '20261125T230000000Z-torn.json'), '{"dataset":');
    writeFileSync(join(place, '20261125T230000001Z-null.json'), 'null');
    expect(readRestoreTests(folder, ['simda'])).toEqual([good]);
  });

  it('keep every field that a report knows', () => {
    expect(parseRestoreTest(JSON.parse(JSON.stringify(full)))).toEqual(full);
  });

  it.each<[string, object]>([
    ['a month 13', { startedAt: '2026-13-01T00:00:00Z' }],
    ['a local time', { completedAt: '2026-11-25T21:00:00+07:00' }],
    ['a long reason', { reason: 'x'.repeat(257) }],
    ['a line break', { objectName: 'a\nb' }],
    ['an empty text', { objectId: '' }],
    ['part of a file', { fileCount: 1.5 }],
    ['too many bytes', { sizeBytes: 2 ** 60 }],
    ['too many checks', { checks: Array.from({ length: 17 }, () => 'x') }],
    ['a check that is none', { checks: [null] }],
    ['a path for a dataset', { dataset: '../x' }],
  ])('leave out one with %s', (_, more) => {
    expect(parseRestoreTest({ ...full, ...more })).toBeUndefined();
  });

  it('fit the report whatever is in the journal', () => {
    const names = [
      'dataset',
      'drill',
      'runId',
      'outcome',
      'reason',
      'startedAt',
      'completedAt',
      'objectName',
      'objectId',
      'fileCount',
      'sizeBytes',
      'checks',
    ];
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'ok',
        'failed',
        'simda',
        '2026-02-30T00:00:00Z',
        '2026-11-25T21:00:00.1234Z',
        '9999-12-31T23:59:60Z',
      ),
      fc.integer(),
      fc.double(),
      fc.constant(null),
      fc.array(fc.string()),
      fc.object(),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names, 'other'), value), (changes) => {
        const parsed = parseRestoreTest({ ...full, ...changes });
        expect(parsed === undefined ? [] : schemaErrors('restoreTests', [parsed])).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
