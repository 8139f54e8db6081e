import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { schemaErrors } from '../../sensors/report-checks.ts';
import { parseSnapshots } from './answers.ts';
import { resticSource } from '../restic.ts';
import { fakeTool, printing, sourceDeps } from '../tools/source-deps.test-kit.ts';

/** What the agent claims when a restic answers as the script says. */
function answers(script: string) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'repository', 'snapshots'), { recursive: true });
  writeFileSync(join(folder, 'repository', 'config'), 'x');
  writeFileSync(join(folder, 'password'), 'rahasia');
  const settings = { kind: 'restic', repository: join(folder, 'repository'), passwordFile: join(folder, 'password') };
  const deps = sourceDeps(join(folder, 'data'), fakeTool(folder, 'restic', script));
  return resticSource.look(resticSource.parse(settings), deps);
}

describe.skipIf(process.platform === 'win32')('restic that is not as expected', () => {
  it.each([
    { name: 'nothing', stdout: '', problem: 'is not a list of snapshots' },
    { name: 'half a list', stdout: '[{"id":"0', problem: 'is not a list of snapshots' },
    { name: 'an object', stdout: '{"message_type":"status"}', problem: 'is not a list of snapshots' },
    { name: 'binary', stdout: '\u0007\u001b[2J', problem: 'is not a list of snapshots' },
    {
      name: 'other rows',
      stdout: '[null,7,{"id":"../../x","time":"now"}]',
      problem: 'holds no snapshot with an id and a time',
    },
  ])('answers $name', async ({ stdout, problem }) => {
    expect(await answers(printing(stdout))).toEqual([
      {
        outcome: 'unknown',
        reason: `answer-not-understood: what restic answered ${problem}; run "restic snapshots --json" by hand; restic 0.14 and newer are understood`,
      },
    ]);
  });

  const exitError = (code: number, message: string) => JSON.stringify({ message_type: 'exit_error', code, message });
  it.each([
    {
      exitCode: 10,
      stderr: exitError(10, 'Fatal: repository does not exist'),
      starts: 'no-repository: there is no restic',
    },
    { exitCode: 11, stderr: exitError(11, 'unable to create lock'), starts: 'repository-locked: ' },
    { exitCode: 12, stderr: exitError(12, 'Fatal: wrong password'), starts: 'wrong-password: restic does not open ' },
    {
      exitCode: 1,
      stderr: exitError(1, 'Fatal: odd thing'),
      starts: 'restic-failed: restic ended with exit code 1: odd thing;',
    },
    {
      exitCode: 2,
      stderr: 'panic: x\n\ngoroutine 1',
      starts: 'restic-failed: restic ended with exit code 2: goroutine 1;',
    },
    { exitCode: 130, stderr: '', starts: 'restic-failed: restic ended with exit code 130: it gave no reason;' },
    {
      exitCode: 1,
      stderr:
        'unable to create lock in backend: repository is already locked by PID 12660 on vm by root (UID 0, GID 0)\nlock was created at 2026-11-25 21:49:20 (2.4s ago)',
      starts: 'repository-locked: ',
      contains: 'is locked: PID 12660 on vm by root (UID 0, GID 0), since 2026-11-25 21:49:20 UTC;',
    },
    { exitCode: 1, stderr: 'Fatal: server response unexpected: 401 Unauthorized (401)', starts: 'access-denied: ' },
  ])('ends with exit code $exitCode and $stderr', async ({ exitCode, stderr, starts, contains = '' }) => {
    const [claim] = await answers(printing('', exitCode, stderr));
    expect(claim?.outcome).toBe('unknown');
    expect(claim?.reason?.slice(0, starts.length)).toBe(starts);
    expect(claim?.reason).toContain(contains);
  });

  it('is newer and keeps a summary: then end, size and count are those of the backup', async () => {
    const snapshot = {
      time: '2026-11-24T23:00:00.123456789+09:00',
      paths: ['/srv/simda'],
      hostname: 'a',
      id: 'ab'.repeat(32),
      summary: {
        backup_start: '2026-11-24T23:00:00+09:00',
        backup_end: '2026-11-24T23:10:30.5+09:00',
        total_files_processed: 12,
        total_bytes_processed: 34_567,
      },
    };
    const config = { version: 2, id: 'cd'.repeat(32) };
    const script = `case "$*" in snapshots*) ${printing(JSON.stringify([snapshot]))};; cat*) ${printing(JSON.stringify(config))};; esac; exit 9`;
    expect(await answers(script)).toEqual([
      {
        outcome: 'ok',
        objectName: 'abababab /srv/simda',
        objectId: snapshot.id,
        repositoryId: config.id,
        startedAt: '2026-11-24T14:00:00.123Z',
        completedAt: '2026-11-24T14:10:30.500Z',
        sizeBytes: 34_567,
        fileCount: 12,
      },
    ]);
  });
});

describe('parseSnapshots', () => {
  const row = (fields: object) => ({ id: 'ab'.repeat(32), time: '2026-11-24T23:00:00Z', paths: ['/srv'], ...fields });

  it('leaves out single rows that make no sense', () => {
    const rows = [
      row({}),
      row({ id: 'AB' }),
      row({ time: '0000-99-99T00:00:00Z' }),
      row({ time: '2026-11-24T23:00:00' }),
    ];
    expect(parseSnapshots(JSON.stringify(rows), 'none').claims).toHaveLength(1);
  });

  it('claims the newest 32, whatever their order', () => {
    const rows = Array.from({ length: 40 }, (_, hour) =>
      row({ id: String(hour).padStart(64, '0'), time: new Date(Date.UTC(2026, 10, 1, hour)).toISOString() }),
    );
    const { claims } = parseSnapshots(JSON.stringify(rows.toReversed()), 'none');
    expect(claims.map(({ objectId }) => Number(objectId))).toEqual(Array.from({ length: 32 }, (_, index) => index + 8));
  });

  it('gives claims that fit the report, or a problem, for anything at all', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.array(
        fc.record(
          {
            id: fc.oneof(fc.constant('cd'.repeat(32)), fc.string()),
            time: fc.oneof(
              fc
                .date({ noInvalidDate: false })
                .map((date) => (Number.isNaN(date.getTime()) ? 'x' : date.toISOString())),
              fc.string(),
            ),
            paths: fc.oneof(fc.array(fc.string({ unit: 'binary' })), fc.jsonValue()),
            hostname: fc.string({ unit: 'binary' }),
            summary: fc.oneof(
              fc.record({
                backup_end: fc.string(),
                total_bytes_processed: fc.double(),
                total_files_processed: fc.maxSafeInteger(),
              }),
              fc.jsonValue(),
            ),
          },
          { requiredKeys: [] },
        ),
      ),
    );
    fc.assert(
      fc.property(value, (answer) => {
        try {
          const { claims } = parseSnapshots(JSON.stringify(answer), 'none');
          const rows = claims.map((claim) => ({ dataset: 'simda', source: 'restic', ...claim }));
          expect(schemaErrors('backups', rows)).toEqual([]);
        } catch (error) {
          expect(error).toMatchObject({ code: 'answer-not-understood' });
        }
      }),
      { numRuns: 100 },
    );
  });
});
