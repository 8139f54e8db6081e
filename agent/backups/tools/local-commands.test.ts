import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/kit/temporary-folder.ts';
import { AppError } from '../../../shared/errors.ts';
import { localCommand, localCommandsPathOf } from './local-commands.ts';

const isPosix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;

function folderWith(content: unknown, mode = 0o600): string {
  const folder = temporaryFolder();
  const path = localCommandsPathOf(folder);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(path, mode);
  return folder;
}
function refusal(folder: string, name = 'check-simda'): { code: string; message: string } {
  try {
    localCommand(folder, name);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, message: error.message.replaceAll(folder, '<data>') };
  }
  throw new Error('it was not refused');
}

describe('commands that this machine allows', () => {
  it('are a program and its arguments, exactly as they stand there', () => {
    const words = ['/usr/lib/nagios/plugins/check_file_age', '-f', '/backup/$(id); "simda".sql', ''];
    const folder = folderWith({ 'check-simda': words, other: 5 });
    expect(localCommand(folder, 'check-simda')).toEqual(words);
    expect(localCommand(folderWith({ 'check-simda': ['pg_restore'] }), 'check-simda')).toEqual(['pg_restore']);
  });

  it('are read anew each time', () => {
    const folder = folderWith({ a: ['/bin/true'] });
    localCommand(folder, 'a');
    writeFileSync(localCommandsPathOf(folder), '{"a":["/bin/false"]}');
    expect(localCommand(folder, 'a')).toEqual(['/bin/false']);
  });

  it('are missed with an example when there is no file', () => {
    expect(refusal(temporaryFolder())).toEqual({
      code: 'no-local-commands',
      message:
        '<data>/commands.json does not exist, so "check-simda" is not known; ' +
        'write it, say {"check-simda": ["/path/to/program", "argument"]}',
    });
  });

  it.each([
    [{}, 'it holds none'],
    [{ zeta: ['/b'], alfa: ['/a'] }, 'it holds alfa, zeta'],
    [
      Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`c${n + 10}`, ['/a']])),
      /^it holds c10, .*c25 and 4 more$/,
    ],
  ])('are named when another is asked for: %j', (content, there) => {
    const { code, message } = refusal(folderWith(content));
    expect(code).toBe('unknown-local-command');
    expect(message.replace('<data>/commands.json holds no command "check-simda"; ', '')).toMatch(there);
  });

  it('do not include what every object has', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(refusal(folderWith({}), name).code).toBe('unknown-local-command');
    }
  });

  it.each([
    ['{"check-simda": ["s3cret"', 'it is not JSON'],
    ['', 'it is not JSON'],
    ['[]', 'it must be an object of names and commands'],
    ['null', 'it must be an object of names and commands'],
    [`"${'x'.repeat(70_000)}"`, 'it is larger than 65536 bytes'],
    [
      { 'check-simda': '/bin/true' },
      '"check-simda" must be a list of texts, the program first: ["/path/to/program", "argument"]',
    ],
    [
      { 'check-simda': ['/bin/true', 5] },
      '"check-simda" must be a list of texts, the program first: ["/path/to/program", "argument"]',
    ],
    [{ 'check-simda': [] }, '"check-simda" names no program'],
    [{ 'check-simda': [''] }, '"check-simda" names no program'],
    [
      { 'check-simda': ['bin/true'] },
      '"check-simda" must name its program by an absolute path, or by its bare name to look it up in PATH',
    ],
    [{ 'check-simda': Array.from({ length: 70 }, () => 'x') }, '"check-simda" has more than 64 words'],
    [
      { 'check-simda': ['/a', 'x\0y'] },
      '"check-simda" has a word that is longer than 4096 characters or holds a zero byte',
    ],
    [
      { 'check-simda': ['/a', 'x'.repeat(5000)] },
      '"check-simda" has a word that is longer than 4096 characters or holds a zero byte',
    ],
  ])('are refused when the file is wrong, without quoting it: %j', (content, problem) => {
    expect(refusal(folderWith(content))).toEqual({
      code: 'damaged-local-commands',
      message: `<data>/commands.json is not followed: ${problem}`,
    });
  });

  it.skipIf(!isPosix)('are refused when others may write them', () => {
    for (const mode of [0o620, 0o602, 0o666]) {
      expect(refusal(folderWith({ 'check-simda': ['/bin/true'] }, mode))).toEqual({
        code: 'unsafe-local-commands',
        message:
          `others may change <data>/commands.json (mode ${mode.toString(8)}), so it is not followed; ` +
          'run "chmod go-w <data>/commands.json"',
      });
    }
    expect(localCommand(folderWith({ 'check-simda': ['/bin/true'] }, 0o644), 'check-simda')).toEqual(['/bin/true']);
  });

  it.skipIf(!isRoot)("are refused when they belong to somebody else, taken when to the agent's user or root", () => {
    const folder = folderWith({ 'check-simda': ['/bin/true'] }, 0o644);
    const path = localCommandsPathOf(folder);
    chmodSync(folder, 0o755);
    chownSync(path, 65_534, 65_534);
    expect(refusal(folder)).toEqual({
      code: 'unsafe-local-commands',
      message:
        '<data>/commands.json belongs to user 65534, not to root; ' +
        'run "chown root <data>/commands.json && chmod 644 <data>/commands.json"',
    });
    process.seteuid?.(65_534);
    try {
      expect(localCommand(folder, 'check-simda')).toEqual(['/bin/true']);
      process.seteuid?.(0);
      chownSync(path, 0, 0);
      process.seteuid?.(65_534);
      expect(localCommand(folder, 'check-simda')).toEqual(['/bin/true']);
      process.seteuid?.(0);
      chmodSync(path, 0o600);
      process.seteuid?.(65_534);
      expect(refusal(folder).message).toBe(
        '<data>/commands.json may not be read by the agent; run "chmod 644 <data>/commands.json"',
      );
    } finally {
      process.seteuid?.(0);
    }
  });

  it.skipIf(!isPosix)('are judged by the file itself behind a link, and a pipe does not hold the agent up', () => {
    const elsewhere = folderWith({ 'check-simda': ['/bin/true'] }, 0o666);
    const folder = temporaryFolder();
    symlinkSync(localCommandsPathOf(elsewhere), localCommandsPathOf(folder));
    expect(refusal(folder).code).toBe('unsafe-local-commands');

    const piped = temporaryFolder();
    execFileSync('mkfifo', [join(piped, 'commands.json')]);
    expect(refusal(piped).message).toBe('<data>/commands.json is not followed: it is not a file');
  });

  it('never fail in another way, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.string(), (content, name) => {
        const folder = folderWith(content);
        try {
          expect(localCommand(folder, name).every((word) => typeof word === 'string')).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 50 },
    );
  });
});
