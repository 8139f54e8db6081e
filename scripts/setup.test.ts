import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../test/requirements.ts';

const setup = fileURLToPath(new URL('setup.mjs', import.meta.url));
let clone: string;

/** A clone with the real set-up, and stand-ins for npm and for the programs of Debian that record their calls. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'pantau-setup-'));
  for (const folder of ['scripts', 'test', 'fake']) mkdirSync(join(clone, folder));
  copyFileSync(setup, join(clone, 'scripts/setup.mjs'));
  write('package.json', '{}');
  write('package-lock.json', '{}');
  write('test/debian-packages.mjs', packageList);
  write('npm.mjs', fakeNpm);
});
afterEach(() => rmSync(clone, { recursive: true }));

const packageList = `export const testPackages = [
  { name: 'pantau-no-such-a', why: '', services: ['pantau-no-such-service'] },
  { name: 'pantau-no-such-b', why: '', services: [] },
];
export const benchPackages = [{ name: 'pantau-no-such-c', why: '', services: [] }];
`;
const fakeNpm = `import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
console.log('noise of npm');
if (existsSync('npm-fails')) { console.error('npm says why'); process.exit(1); }
mkdirSync('node_modules', { recursive: true });
`;

function write(path: string, text: string, mode = 0o644): void {
  writeFileSync(join(clone, path), text);
  chmodSync(join(clone, path), mode);
}

function program(name: string, script: string): void {
  write(`fake/${name}`, `#!/bin/sh\n${script}\n`, 0o755);
}

function run(...args: string[]) {
  const env = {
    PATH: `${join(clone, 'fake')}${delimiter}${process.env['PATH'] ?? ''}`,
    npm_execpath: join(clone, 'npm.mjs'),
    npm_node_execpath: process.execPath,
  };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [join(clone, 'scripts/setup.mjs'), ...args],
      { env, timeout: 20_000 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

const npmCalls = () => readFileSync(join(clone, 'npm-calls'), 'utf8').trim().split('\n');

describe('packages of npm', () => {
  it('are installed on a fresh clone, in one line without noise', async () => {
    const { code, stdout, stderr } = await run();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Set-up: installing the npm packages … done in \d+ s\.\n$/);
    expect(npmCalls()).toEqual(['install --no-save --include=dev --no-audit --no-fund']);
  });

  it('are left alone while nothing has changed', async () => {
    await run();

    expect(await run()).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(npmCalls()).toHaveLength(1);
  });

  it.each(['package.json', 'package-lock.json'])('are installed again when %s has changed', async (file) => {
    await run();
    write(file, '{"changed":true}');

    expect((await run()).stdout).toMatch(/^Set-up: installing the npm packages, because they changed … done/);
    expect(npmCalls()).toHaveLength(2);
  });

  it("end the command with npm's own words when they cannot be installed, and are tried again", async () => {
    write('npm-fails', '');
    const { code, stdout, stderr } = await run();

    expect({ code, stdout }).toEqual({ code: 1, stdout: 'Set-up: installing the npm packages … failed.\n' });
    expect(stderr).toBe('noise of npm\nnpm says why\nSet-up failed: npm install ended with an error.\n');

    rmSync(join(clone, 'npm-fails'));
    expect((await run()).code).toBe(0);
  });
});

describe('the Node that npm brought', () => {
  it('is removed when it cannot run here, so that it does not hide a good one', async () => {
    mkdirSync(join(clone, 'node_modules/.bin'), { recursive: true });
    write('node_modules/.bin/node', '#!/no/such/loader\n', 0o755);

    expect((await run()).code).toBe(0);
    expect(existsSync(join(clone, 'node_modules/.bin/node'))).toBe(false);
  });

  it('stays when it is new enough', async () => {
    mkdirSync(join(clone, 'node_modules/.bin'), { recursive: true });
    write('node_modules/.bin/node', '#!/bin/sh\necho v24.0.0\n', 0o755);

    expect((await run()).code).toBe(0);
    expect(existsSync(join(clone, 'node_modules/.bin/node'))).toBe(true);
  });
});

const debian = needs({ root: true, linux: true, tools: ['apt-get', 'dpkg-query'] });

describe.skipIf(!debian.ok)(`packages of Debian ${debian.reason}`, () => {
  const recorder = 'echo "$@ $DEBIAN_FRONTEND $RUNLEVEL" >> "$(dirname "$0")/../apt-calls"';
  const aptCalls = () => readFileSync(join(clone, 'apt-calls'), 'utf8').trim().split('\n');

  it('are installed when they are missing, quietly and without starting services', async () => {
    program('dpkg-query', 'case "$*" in *such-b) printf "install ok installed" ;; *) exit 1 ;; esac');
    program('apt-get', recorder);
    await run();
    const { code, stdout } = await run('--tests');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^Set-up: installing the Debian packages pantau-no-such-a … done in \d+ s\.\n$/);
    expect(aptCalls().slice(1)).toEqual([
      '-qq update noninteractive 1',
      '-qq install -y --no-install-recommends pantau-no-such-a noninteractive 1',
    ]);
  });

  it('are not asked for by a plain start', async () => {
    program('apt-get', recorder);
    await run();

    expect(existsSync(join(clone, 'apt-calls'))).toBe(false);
  });

  it('are a warning with the reason when they cannot be installed', async () => {
    program('dpkg-query', 'exit 1');
    program('apt-get', 'case "$*" in *install*) echo "E: no network" >&2; exit 100 ;; esac');
    await run();
    const { code, stdout } = await run('--bench');

    expect(code).toBe(0);
    expect(stdout).toBe(
      'Set-up: installing the Debian packages pantau-no-such-a, pantau-no-such-b, pantau-no-such-c … failed; ' +
        'tests that need them are skipped by name.\nE: no network\n',
    );
  });
});
