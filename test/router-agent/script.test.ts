import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needs } from '../requirements.ts';
import { onlyBusybox, routerOf } from './router.ts';

const tools = needs({ tools: ['busybox', 'dash', 'shellcheck'] });
const path = new URL('../../agent/routers/pantau-router.sh', import.meta.url).pathname;
const text = readFileSync(path, 'utf8');

describe.skipIf(!tools.ok)(`the router agent as a script ${tools.reason}`, () => {
  it('is one file of less than 300 lines', () => {
    expect(text.split('\n').length - 1).toBeLessThan(300);
  });

  it('is POSIX shell to shellcheck, busybox and dash', () => {
    const checked = spawnSync('shellcheck', ['-s', 'sh', path], { encoding: 'utf8' });
    expect(checked.stdout).toBe('');
    for (const shell of [['busybox', 'sh'], ['dash']]) {
      const [program = '', ...args] = shell;
      expect(spawnSync(program, [...args, '-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    }
  });

  it('says what it can do, and what is missing when it was not filled in', async () => {
    const router = routerOf(text);
    const [program = '', ...args] = router.command('--help');
    expect(execFileSync(program, args, { encoding: 'utf8' })).toMatch(/^Usage: pantau-router\.sh run \| once/);
    expect(await router.once()).toEqual({
      code: 1,
      output: 'pantau-router: the settings are not filled in: get this file with "pantau-collector token router"\n',
    });
    const [again = '', ...unknown] = router.command('what');
    const wrong = spawnSync(again, unknown, { encoding: 'utf8' });
    expect([wrong.status, wrong.stdout, wrong.stderr.slice(0, 30)]).toEqual([2, '', 'Usage: pantau-router.sh run | ']);
  });

  it('prints an init script for procd that names its own place', () => {
    const router = routerOf(text);
    const [program = '', ...args] = router.command('--init-script');
    const init = execFileSync(program, args, { encoding: 'utf8' });
    expect(init).toMatch(/^#!\/bin\/sh \/etc\/rc\.common\nSTART=95 USE_PROCD=1\n/);
    expect(init).toContain(`procd_set_param command /bin/sh "${router.script}" run\n`);
    expect(spawnSync(join(onlyBusybox(), 'sh'), ['-n'], { input: init }).status).toBe(0);
  });
});
