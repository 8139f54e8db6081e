import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { schemaErrors } from '../../sensors/report-checks.ts';
import { parseInfo } from './answers.ts';
import { pgbackrestSource } from '../pgbackrest.ts';
import { fakeTool, printing, sourceDeps } from '../tools/source-deps.test-kit.ts';

const backup = (fields: object = {}) => ({
  label: '20261125-220049F',
  type: 'full',
  error: false,
  timestamp: { start: 1_795_644_049, stop: 1_795_644_052 },
  info: { size: 22_992_531 },
  ...fields,
});
const stanza = (fields: object = {}) => ({
  name: 'simda',
  status: { code: 0, message: 'ok', lock: { backup: { held: false } } },
  repo: [{ key: 1, status: { code: 0, message: 'ok' } }],
  archive: [{ id: '15-1', max: '000000010000000000000004' }],
  backup: [backup()],
  ...fields,
});
const parse = (...stanzas: unknown[]) => parseInfo(JSON.stringify(stanzas), 'simda');
const failing = (message: string, code = 99) =>
  stanza({ status: { code, message: 'other' }, backup: [], repo: [{ key: 1, status: { code, message } }] });

describe('what pgBackRest says of a stanza', () => {
  it('becomes one claim for each backup, the stanza chosen among others', () => {
    expect(parse({ name: 'other' }, stanza())).toEqual({
      claims: [
        {
          outcome: 'ok',
          objectName: '20261125-220049F full',
          objectId: '20261125-220049F',
          startedAt: '2026-11-25T22:00:49.000Z',
          completedAt: '2026-11-25T22:00:52.000Z',
          sizeBytes: 22_992_531,
        },
      ],
      backupCount: 1,
      newestWal: '000000010000000000000004',
      isRunning: false,
    });
  });

  it('says whether a backup runs', () => {
    expect(parse(stanza({ status: { code: 0, lock: { backup: { held: true } } } })).isRunning).toBe(true);
  });

  it.each([
    { message: 'missing stanza path', code: 1, expected: 'no-repository' },
    { message: 'missing stanza data', code: 3, expected: 'no-repository' },
    {
      message: "[PathOpenError] unable to list file info for path '/x': [13] Permission denied",
      expected: 'repository-unreadable',
    },
    {
      message: '[CryptoError] unable to load info file\nHINT: is or was the repo encrypted?',
      expected: 'wrong-password',
    },
    { message: '[FormatError] unable to load info file', expected: 'repository-damaged' },
    {
      message:
        "[UnknownError] remote-0 process on '10.0.0.9' terminated unexpectedly [255]: ssh: connect to host 10.0.0.9",
      expected: 'repository-unreachable',
    },
    { message: 'something new', code: 42, expected: 'repository-unreadable' },
  ])('"$message" is the problem $expected, without its hints', ({ message, code, expected }) => {
    expect(() => parse(failing(message, code))).toThrow(
      expect.objectContaining({ code: expected, message: expect.stringContaining(message.split('\n')[0] ?? '') }),
    );
    expect(() => parse(failing(message, code))).not.toThrow(/HINT/);
  });

  it('is no empty repository when one of two cannot be read and the other holds none', () => {
    const repo = [
      { key: 1, status: { code: 2, message: 'no valid backups' } },
      { key: 2, status: { code: 99, message: '[CryptoError] no' } },
    ];
    expect(() => parse(stanza({ status: { code: 4, message: 'different' }, repo, backup: [] }))).toThrow(
      expect.objectContaining({ code: 'wrong-password' }),
    );
  });

  it('hides a password in what it repeats', () => {
    expect(() => parse(failing('[HostConnectError] https://admin:rahasia@10.0.0.9/x refused'))).toThrow(
      /https:\/\/\*\*\*@10/,
    );
  });

  it('gives claims that fit the report, or a problem, for anything at all', () => {
    const row = fc.record(
      {
        label: fc.oneof(fc.constant('20261125-220049F'), fc.string()),
        type: fc.string({ unit: 'binary' }),
        error: fc.jsonValue(),
        timestamp: fc.oneof(
          fc.record({ start: fc.double(), stop: fc.oneof(fc.maxSafeInteger(), fc.nat()) }),
          fc.jsonValue(),
        ),
        info: fc.oneof(fc.record({ size: fc.double() }), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const anything = fc.record({
      name: fc.constant('simda'),
      status: fc.oneof(fc.record({ code: fc.nat(100), message: fc.string({ unit: 'binary' }) }), fc.jsonValue()),
      repo: fc.oneof(fc.array(fc.record({ key: fc.jsonValue(), status: fc.jsonValue() })), fc.jsonValue()),
      archive: fc.jsonValue(),
      backup: fc.oneof(fc.array(fc.oneof(row, fc.jsonValue())), fc.jsonValue()),
    });
    fc.assert(
      fc.property(anything, (answer) => {
        let claims;
        try {
          ({ claims } = parse(answer));
        } catch (error) {
          expect(error).toMatchObject({ name: 'ToolProblem' });
          return;
        }
        const rows = claims.map((claim) => ({ dataset: 'simda', source: 'pgbackrest', ...claim }));
        expect(schemaErrors('backups', rows)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe.skipIf(process.platform === 'win32')('pgBackRest that is not as expected', () => {
  const reason = async (script: string) => {
    const folder = temporaryFolder();
    const deps = sourceDeps(folder, fakeTool(folder, 'pgbackrest', script));
    const [claim] = await pgbackrestSource.look(
      pgbackrestSource.parse({ kind: 'pgbackrest', stanza: 'simda' } as never),
      deps,
    );
    expect(claim?.outcome).toBe('unknown');
    return claim?.reason;
  };

  it.each(['', '[]', '{}', '[{"name":"simda"}]', '[{"name":"lain","status":{"code":0}}]', '\u001b[2J'])(
    'answers %j',
    async (stdout) => {
      expect(await reason(printing(stdout))).toMatch(
        /^answer-not-understood: what pgBackRest answered has no stanza "simda"; /,
      );
    },
  );

  it.each([
    {
      exitCode: 41,
      stderr: "ERROR: [041]: unable to open file '/etc/pgbackrest.conf' for read: [13] Permission denied",
      expected:
        /^repository-unreadable: the agent's user .* may not read what pgBackRest needs: unable to open file '\/etc\/pgbackrest\.conf'/,
    },
    { exitCode: 55, stderr: "ERROR: [055]: unable to open missing file '/x' for read", expected: /^config-missing: / },
    {
      exitCode: 25,
      stderr: 'a\nERROR: [025]: assertion\n  HINT: x',
      expected: /^pgbackrest-failed: .* exit code 25: assertion; /,
    },
    {
      exitCode: 1,
      stderr: '',
      expected: /^pgbackrest-failed: .* exit code 1: it gave no reason; look into \/etc\/pgbackrest\.conf$/,
    },
  ])('ends with exit code $exitCode', async ({ exitCode, stderr, expected }) => {
    expect(await reason(printing('', exitCode, stderr))).toMatch(expected);
  });
});
