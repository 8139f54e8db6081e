import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { schemaErrors } from '../../sensors/report-checks.ts';
import { runsFolderOf, writeJournal } from '../journal.ts';
import { journalClaims } from './journal-claims.ts';
import { processMark } from './process-facts.ts';
import { type EndedRun, parseRun, type RunningRun } from './run-entry.ts';

const dataset = 'simda';
const running = (runId: string, more: Partial<RunningRun> = {}): RunningRun => ({
  state: 'running',
  runId,
  tool: 'restic',
  startedAt: '2026-11-25T18:30:00.000Z',
  pid: process.pid,
  process: processMark(process.pid),
  ...more,
});
const ended = (runId: string, more: Partial<EndedRun> = {}): EndedRun => ({
  state: 'ended',
  runId,
  tool: 'restic',
  startedAt: '2026-11-25T18:30:00.000Z',
  completedAt: '2026-11-25T18:40:00.000Z',
  durationMs: 600_000,
  outcome: 'ok',
  exitCode: 0,
  lastLines: ['a', 'b'],
  ...more,
});
const wireRows = (claims: object[]) => claims.map((claim) => ({ dataset, source: 'command', ...claim }));

describe('claims of the runs that were written down', () => {
  it('are told in the order of time, with words only when a run did not go well', () => {
    const dataFolder = temporaryFolder();
    const folder = runsFolderOf(dataFolder, dataset);
    const lines = ['1', '2', '3', '4', '5', '6', '7'];
    writeJournal(
      folder,
      'b',
      ended('b', { outcome: 'failed', exitCode: 12, reason: 'restic: wrong', lastLines: lines }),
    );
    writeJournal(folder, 'a', ended('a', { completedAt: '2026-11-25T18:35:00.000Z' }));
    writeJournal(folder, 'c', running('c', { startedAt: '2026-11-25T19:00:00.000Z' }));
    const claims = journalClaims(dataFolder, dataset);
    const startedAt = '2026-11-25T18:30:00.000Z';
    expect(claims).toEqual([
      { outcome: 'ok', runId: 'a', startedAt, completedAt: '2026-11-25T18:35:00.000Z', exitCode: 0 },
      {
        outcome: 'failed',
        runId: 'b',
        startedAt,
        completedAt: '2026-11-25T18:40:00.000Z',
        exitCode: 12,
        reason: 'restic: wrong',
        lastLines: ['3', '4', '5', '6', '7'],
      },
      { outcome: 'running', runId: 'c', startedAt: '2026-11-25T19:00:00.000Z' },
    ]);
    expect(schemaErrors('backups', wireRows(claims))).toEqual([]);
  });

  it('are none where nothing was ever written', () => {
    expect(journalClaims(temporaryFolder(), dataset)).toEqual([]);
    expect(journalClaims(temporaryFolder(), dataset, { memory: new Map(), nowMs: Date.now() })).toEqual([]);
  });

  it('say so when the process of a run is gone, after a restart of the machine too', async () => {
    const dataFolder = temporaryFolder();
    const child = spawn('sleep', ['60']);
    const mark = processMark(child.pid ?? 0);
    writeJournal(runsFolderOf(dataFolder, dataset), 'a', running('a', { process: mark }));
    const outcome = () => journalClaims(dataFolder, dataset)[0]?.outcome;
    expect(outcome()).toBe('running');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(outcome()).toBe('failed');
    const earlierBoot = processMark(process.pid).replace(/:.*/, ':00000000');
    writeJournal(runsFolderOf(dataFolder, dataset), 'a', running('a', { process: earlierBoot }));
    expect(outcome()).toBe(earlierBoot.includes(':') ? 'failed' : 'running');
  });

  it('are read again when something was written, and only then', () => {
    const dataFolder = temporaryFolder();
    const folder = runsFolderOf(dataFolder, dataset);
    const memory = new Map<string, unknown>();
    // A minute later the folder's time can be relied on.
    const ids = () =>
      journalClaims(dataFolder, dataset, { memory, nowMs: Date.now() + 60_000 }).map(({ runId }) => runId);
    writeJournal(folder, 'a', ended('a'));
    expect(ids()).toEqual(['a']);
    const remembered = memory.get('journal-runs');
    expect(ids()).toEqual(['a']);
    expect(memory.get('journal-runs')).toBe(remembered);
    rmSync(join(folder, 'a.json'));
    writeJournal(folder, 'b', ended('b'));
    expect(ids()).toEqual(['b']);
  });

  it('are not remembered while the folder has only just changed', () => {
    const dataFolder = temporaryFolder();
    const memory = new Map<string, unknown>();
    writeJournal(runsFolderOf(dataFolder, dataset), 'a', ended('a'));
    journalClaims(dataFolder, dataset, { memory, nowMs: Date.now() });
    expect(memory.size).toBe(0);
  });

  it('throw when the folder cannot be read', () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, 'runs'), '');
    expect(() => journalClaims(dataFolder, dataset)).toThrow(/ENOTDIR/);
  });
});

describe('an entry of the journal', () => {
  it.each([
    [null],
    ['text'],
    [[]],
    [{}],
    [{ ...running('a'), process: 5 }],
    [{ ...running('a'), startedAt: 'yesterday' }],
    [{ ...ended('a'), outcome: 'fine' }],
    [{ ...ended('a'), exitCode: -1 }],
    [{ ...ended('a'), completedAt: '+012026-01-01T00:00:00Z' }],
    [{ ...ended('a'), state: 'done' }],
  ])('is left out when it is none of ours: %j', (value) => {
    expect(parseRun({ id: 'a', value })).toBeUndefined();
  });

  it('never makes a claim that does not fit the report, whoever wrote it', () => {
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        'running',
        'ended',
        'ok',
        'failed',
        '2026-11-25T18:30:00+07:00',
        '\u0000\u001b[31m',
        'x'.repeat(999),
      ),
    );
    const entry = fc.record(
      {
        state: fc.constantFrom('running', 'ended'),
        tool: field,
        startedAt: fc.oneof(field, fc.constant('2026-11-25T18:30:00+07:00')),
        completedAt: fc.oneof(field, fc.constant('2026-11-25T18:40Z')),
        process: fc.oneof(field, fc.constant('1 1:1')),
        outcome: fc.constantFrom('ok', 'warning', 'failed', 'x'),
        exitCode: fc.oneof(field, fc.nat(300)),
        reason: field,
        lastLines: fc.oneof(field, fc.array(field, { maxLength: 30 })),
        outputBytes: field,
      },
      { requiredKeys: ['state'] },
    );
    const dataFolder = temporaryFolder();
    fc.assert(
      fc.property(entry, (value) => {
        writeJournal(runsFolderOf(dataFolder, dataset), 'a', value);
        expect(schemaErrors('backups', wireRows(journalClaims(dataFolder, dataset)))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
