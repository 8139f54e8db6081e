import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configText } from '../../test/kit/config-text.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { databaseIn } from '../data-folder.ts';
import { openConnection } from '../store/sqlite/open.ts';
import { dispatch } from './dispatch.ts';
import { commands } from './registry.ts';

function office() {
  const folder = temporaryFolder();
  openConnection(databaseIn(folder)).close();
  writeFileSync(join(folder, 'pantau.yaml'), configText());
  const run = async (...args: string[]) => {
    let [stdout, stderr] = ['', ''];
    const io = {
      stdout: (text: string) => void (stdout += text),
      stderr: (text: string) => void (stderr += text),
      env: { PANTAU_DATA: folder },
      workingFolder: folder,
    };
    const code = await dispatch(['operator', ...args], { commands, version: '1', io });
    return { code, stdout, stderr };
  };
  const rows = (sql: string) => {
    const connection = openConnection(databaseIn(folder));
    try {
      return connection.prepare(sql).all();
    } finally {
      connection.close();
    }
  };
  return { run, rows };
}

describe('pantau-collector operator', () => {
  it('prints a new token once and keeps nothing but its hash', async () => {
    const { run, rows } = office();
    const { code, stdout } = await run('add', 'siti.rahma', '--by', 'budi');
    const hash = createHash('sha256').update(stdout.trim()).digest('hex');

    expect([code, /^[\w-]{43}\n$/.test(stdout)]).toEqual([0, true]);
    expect(rows('SELECT name, token_hash, revoked_at FROM operators')).toEqual([
      { name: 'siti.rahma', token_hash: hash, revoked_at: null },
    ]);
    expect(rows('SELECT actor, action, subject FROM audit')).toEqual([
      { actor: 'budi', action: 'operator-add', subject: 'siti.rahma' },
    ]);
  });

  it('gives a name that is taken no second token, and one that was revoked a new one', async () => {
    const { run, rows } = office();
    const first = await run('add', 'siti');
    expect(await run('add', 'siti')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'There is an operator "siti" already; revoke it first for a new token.\n',
    });
    expect((await run('revoke', 'siti')).stdout).toBe('The token of siti is void.\n');
    expect((await run('list')).stdout).toMatch(/^siti {2}since \S+ {2}revoked \S+\n$/);
    const second = await run('add', 'siti');

    expect(second.stdout).not.toBe(first.stdout);
    expect((await run('list')).stdout).toMatch(/^siti {2}since \S+\n$/);
    expect(rows('SELECT action FROM audit')).toEqual([
      { action: 'operator-add' },
      { action: 'operator-revoke' },
      { action: 'operator-add' },
    ]);
  });

  it('says when there is none, with the name that is nearest', async () => {
    const { run } = office();
    expect((await run('list')).stderr).toContain('no operators yet');
    await run('add', 'siti.rahma');

    expect(await run('revoke', 'siti.rama')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'There is no operator "siti.rama" whose token holds; did you mean "siti.rahma"?\n',
    });
  });

  it.each([
    [[], 'say add NAME, list or revoke NAME'],
    [['toString', 'x'], 'say add NAME, list or revoke NAME'],
    [['add'], '"" is no name'],
    [['add', 'dua kata'], '"dua kata" is no name'],
    [['add', 'Admin'], '"Admin" is not free'],
    [['add', 'siti', 'budi'], 'say add NAME'],
    [['list', 'siti'], 'list takes no name'],
    [['add', 'siti', '--by', 'dua kata'], '--by "dua kata" is no name; it is 2 to 64 letters'],
    [['add', 'siti', '--by', ''], '--by "" is no name'],
    [['revoke', 'siti', '--by', 'Pantau'], '--by "Pantau" is not free'],
    [['add', 'siti', '--by', 'admin'], '--by "admin" is not free'],
    [['add', 'siti', '--no'], "Unknown option '--no'"],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await office().run(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
