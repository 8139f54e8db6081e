import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../shared/logger.ts';
import { schemaErrors } from '../sensors/report-checks.ts';
import type { AnySource } from './ask-source.ts';
import type { BackupClaim } from './backup-source.ts';
import { runsFolderOf, writeJournal } from './journal.ts';
import { backupSources } from './registry.ts';
import { type BackupRunner, type BackupRunnerOptions, createBackupRunner } from './run-backups.ts';
import { processMark } from './runs/process-facts.ts';

let folder: string;
let nowMs = 0;
let runners: BackupRunner[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backups-'));
  mkdirSync(join(folder, 'data'));
  nowMs = 1_800_000_000_000;
});
afterEach(async () => {
  for (const runner of runners) await runner.close();
  runners = [];
  rmSync(folder, { recursive: true, force: true });
});

const open = (more: Partial<BackupRunnerOptions> = {}) => {
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  const runner = createBackupRunner({ dataFolder: join(folder, 'data'), logger: silentLogger, clock, ...more });
  runners.push(runner);
  return runner;
};
const put = (name: string, content: string, atSeconds = 1_799_999_000) => {
  writeFileSync(join(folder, name), content);
  utimesSync(join(folder, name), atSeconds, atSeconds);
};
const files = (dataset = 'simda', more = {}) => ({
  dataset,
  source: { kind: 'files', path: `${folder}/*.sql`, ...more } as { kind: string },
});
const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');

describe('backup runner', () => {
  it('claims the newest file first without its hash and, when it is known, again with it', async () => {
    put('db-2.sql', 'two');
    put('db-1.sql', 'one', 1_799_998_000);
    const runner = open();
    const claim = {
      dataset: 'simda',
      source: 'files',
      outcome: 'ok',
      objectName: 'db-2.sql',
      completedAt: '2027-01-15T07:43:20.000Z',
      sizeBytes: 3,
    };

    const first = await runner.run([files()]);
    expect(first).toEqual([claim]);
    await runner.settled();
    const second = await runner.run([files()]);
    expect(second).toEqual([{ ...claim, sha256: sha256('two') }]);
    expect(schemaErrors('backups', [...first, ...second])).toEqual([]);
    expect(await runner.run([files()])).toEqual([]);
  });

  it('says everything again after a restart and once an hour, otherwise only what changed', async () => {
    put('db.sql', 'one');
    const runner = open();
    const configs = [files('a'), files('b', { path: `${folder}/*.none` })];
    await runner.run(configs);
    await runner.settled();
    expect((await runner.run(configs)).map(({ dataset }) => dataset)).toEqual(['a']);
    expect(await runner.run(configs)).toEqual([]);

    put('new.none', 'x');
    expect((await runner.run(configs)).map(({ dataset, outcome }) => [dataset, outcome])).toEqual([['b', 'ok']]);
    await runner.settled();
    nowMs += 3_599_000;
    await runner.run(configs);
    expect(await runner.run(configs)).toEqual([]);
    nowMs += 1000;
    expect((await runner.run(configs)).map(({ dataset }) => dataset)).toEqual(['a', 'b']);
    expect((await open().run(configs)).map(({ sha256: hash }) => hash?.length)).toEqual([64, 64]);
  });

  it('tells apart: nothing there, not settled, and could not look', async () => {
    const runner = open();
    expect(await runner.run([files()])).toEqual([{ dataset: 'simda', source: 'files', outcome: 'no-data' }]);

    put('db.sql', 'x', nowMs / 1000 - 30);
    const settling = files('settling', { settleSeconds: 60 });
    const waiting = await runner.run([settling]);
    expect(waiting).toMatchObject([{ outcome: 'no-data', reason: 'still-being-written' }]);
    expect(schemaErrors('backups', waiting)).toEqual([]);
    nowMs += 31_000;
    expect(await runner.run([settling])).toMatchObject([{ outcome: 'ok', objectName: 'db.sql' }]);

    expect(await runner.run([files('gone', { path: `${folder}/gone/*.sql` })])).toEqual([
      {
        dataset: 'gone',
        source: 'files',
        outcome: 'unknown',
        reason: `${folder}/gone does not exist; create it, mount it, or correct the path of the dataset`,
      },
    ]);
  });

  it('names the last complete file while the next one is being written, and the new one an interval after its end', async () => {
    put('db-1.sql', 'complete', nowMs / 1000 - 7200);
    const runner = open({ restateEveryMs: 0 });
    const namedAfter = async (content: string) => {
      nowMs += 1000;
      put('db-2.sql', content, nowMs / 1000);
      return nameOf(await runner.run([files()]));
    };
    const nameOf = ([claim]: { outcome: string; objectName?: string; sizeBytes?: number }[]) => [
      claim?.objectName,
      claim?.sizeBytes,
    ];

    expect(await namedAfter('')).toEqual(['db-1.sql', 8]);
    expect(await namedAfter('half')).toEqual(['db-1.sql', 8]);
    expect(await namedAfter('half and half')).toEqual(['db-1.sql', 8]);
    nowMs += 1000;
    expect(nameOf(await runner.run([files()]))).toEqual(['db-2.sql', 13]);
    nowMs += 1000;
    expect(nameOf(await runner.run([files()]))).toEqual(['db-2.sql', 13]);
  });

  it('watches each dataset by itself', async () => {
    put('db.sql', 'x', nowMs / 1000);
    const runner = open({ restateEveryMs: 0 });
    const outcomes = async (...datasets: string[]) =>
      (await runner.run(datasets.map((dataset) => files(dataset)))).map(({ outcome }) => outcome);
    expect(await outcomes('a')).toEqual(['no-data']);
    expect(await outcomes('a', 'b')).toEqual(['ok', 'no-data']);
    expect(await outcomes('b')).toEqual(['ok']);
    expect(await outcomes('a', 'b')).toEqual(['no-data', 'ok']);
  });

  it.skipIf(process.platform === 'win32')('names the folder that it may not read', async () => {
    mkdirSync(join(folder, 'locked'), { mode: 0 });
    chmodSync(folder, 0o755);
    const runner = open();
    const isRoot = process.getuid?.() === 0;
    // Nothing is locked for root.
    if (isRoot) process.seteuid?.(65_534);
    try {
      const [claim] = await runner.run([files('locked', { path: `${folder}/locked/*.sql` })]);
      expect(claim).toMatchObject({
        outcome: 'unknown',
        reason: `${folder}/locked may not be read by the agent; give its user read and search permission`,
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('says what is wrong with its settings', async () => {
    const configs = [
      { dataset: 'odd', source: { kind: 'tape' } },
      files('relative', { path: 'x/*.sql' }),
      files('pattern', { path: '/x/[z-a]' }),
    ];
    const claims = await open().run(configs);
    expect(claims.map(({ reason }) => reason)).toEqual([
      `unknown source kind "tape"; known: ${backupSources.map(({ kind }) => kind).join(', ')}`,
      'source.path must be an absolute path, say /var/backups/db/*.sql.gz',
      'source.path cannot be read as a pattern: "[z-a]" has a set in brackets that cannot be read',
    ]);
    expect(claims.every(({ outcome }) => outcome === 'unknown')).toBe(true);
    expect(schemaErrors('backups', claims)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('fits hostile names and reasons into the report', async () => {
    put(`\u001b[31m${'ü'.repeat(100)}.sql`, 'x');
    const claims = await open().run([
      files(),
      files('long', { path: `/${'\u0007'.repeat(200)}/*.sql` }),
      { dataset: 'odd', source: { kind: `\u001b${'k'.repeat(400)}` } },
    ]);
    expect(claims[0]?.objectName).toBe(`\uFFFD[31m${'ü'.repeat(100)}.sql`);
    expect(claims[1]?.reason).toContain('does not exist; create it');
    // The kind of a real configuration has been checked; the reason is cut all the same.
    expect(claims[2]?.reason?.length).toBe(256);
    expect(schemaErrors('backups', claims.slice(0, 2))).toEqual([]);
  });

  it('does not wait for a source that hangs, nor ask it again, nor let many of them hang', async () => {
    const asked: string[] = [];
    let release: (claim: BackupClaim) => void = () => {};
    const source = {
      kind: 'slow',
      parse: (settings: unknown) => settings,
      look: async (config: unknown) => {
        asked.push((config as { id: string }).id);
        return [await new Promise<BackupClaim>((resolve) => (release = resolve))];
      },
    };
    const runner = open({ sources: [source], answerWithinMs: 20 });
    const configs = ['a', 'b', 'c'].map((id) => ({ dataset: id, source: { kind: 'slow', id } }));

    expect((await runner.run(configs)).map(({ reason }) => reason)).toEqual([
      'timeout: no answer within 0.02 seconds',
      'timeout: no answer within 0.02 seconds',
      'not looked: other backup folders do not answer',
    ]);
    expect((await runner.run(configs)).map(({ reason }) => reason)).toEqual([
      'still-running: the source has not answered since an earlier round',
      'still-running: the source has not answered since an earlier round',
    ]);
    expect(asked).toEqual(['a', 'b']);

    release({ outcome: 'no-data' });
    await new Promise(setImmediate);
    await runner.run(configs);
    expect(asked).toEqual(['a', 'b', 'b']);
  });

  it('looks for nothing where it has no source, and still tells of the runs that were recorded', async () => {
    const runner = open({ restateEveryMs: 0 });
    expect(await runner.run([{ dataset: 'dipanggil' }])).toEqual([]);
    expect(await runner.explain({ dataset: 'dipanggil' })).toEqual([]);
    writeJournal(runsFolderOf(join(folder, 'data'), 'dipanggil'), '20270115T000000000Z-a', {
      state: 'running',
      runId: '20270115T000000000Z-a',
      tool: 'rsync',
      startedAt: '2027-01-15T00:00:00.000Z',
      pid: process.pid,
      process: processMark(process.pid),
    });
    const claims = await runner.run([{ dataset: 'dipanggil' }]);
    expect(claims).toEqual([
      {
        dataset: 'dipanggil',
        source: 'command',
        outcome: 'running',
        runId: '20270115T000000000Z-a',
        startedAt: '2027-01-15T00:00:00.000Z',
      },
    ]);
    expect(schemaErrors('backups', claims)).toEqual([]);
  });

  it('keeps what it remembers of files where it is told', async () => {
    put('db.sql', 'x');
    const runner = open({ cacheFolder: folder });
    await runner.run([files()]);
    await runner.settled();
    expect([readdirSync(join(folder, 'data')), existsSync(join(folder, 'backup-hashes.json'))]).toEqual([[], true]);
  });

  it('lets a source explain what it saw, and asks none that hangs or does not answer', async () => {
    let saw: unknown;
    const source = (kind: string, explain: AnySource['explain']): AnySource => ({
      kind,
      parse: (settings: unknown) => settings,
      look: (_, { memory }) =>
        kind === 'stuck'
          ? new Promise(() => {})
          : Promise.resolve([{ outcome: 'ok', sizeBytes: memory.set('n', 1).size }]),
      ...(explain === undefined ? {} : { explain }),
    });
    const sources = [
      source('good', async (_, { memory }) => [{ text: `saw ${String((saw = memory.get('n')))}.` }]),
      source('silent', undefined),
      source('broken', () => Promise.reject(new Error('no such stanza'))),
      source('slow', () => new Promise(() => {})),
      source('stuck', async () => [{ text: 'asked.' }]),
    ];
    const runner = open({ sources, answerWithinMs: 30 });
    const explained = async (kind: string) => {
      const config = { dataset: kind, source: { kind } };
      await runner.run([config]);
      return runner.explain(config);
    };
    expect(await explained('good')).toEqual([{ text: 'saw 1.' }]);
    expect(saw).toBe(1);
    expect(await explained('silent')).toEqual([]);
    expect(await explained('broken')).toEqual([
      { text: 'no such stanza.', remedy: 'correct the source of the dataset in pantau.yaml' },
    ]);
    expect(await explained('slow')).toEqual([]);
    expect(await explained('stuck')).toEqual([]);
    expect(await explained('unheard-of')).toEqual([]);
  });
});
