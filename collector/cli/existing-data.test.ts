import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configText } from '../../test/kit/config-text.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { dispatch } from './dispatch.ts';
import { commands } from './registry.ts';

const create = ['token', 'create', '--pd', 'dinkes'];
const commandsOnData = [
  create,
  ['token', 'router', '--pd', 'dinkes', '--node', 'gerbang'],
  ['token', 'revoke', '--pd', 'dinkes', '--node', 'srv1'],
  ['ping-url'],
];

async function run(args: string[], workingFolder: string, env: Record<string, string> = {}) {
  let [stdout, stderr] = ['', ''];
  const io = {
    stdout: (text: string) => void (stdout += text),
    stderr: (text: string) => void (stderr += text),
    env,
    workingFolder,
  };
  const code = await dispatch(args, { commands, version: '1', io });
  return { code, stdout, stderr };
}

function refusal(folder: string): string {
  return (
    `There is no collector's data in ${folder}; name the data folder of the collector with --data DIR or ` +
    'PANTAU_DATA. Only "pantau-collector serve" makes a new one.\n'
  );
}

describe('commands that work on the data of a collector', () => {
  it.each(commandsOnData)('write nothing into an empty folder: %s %s', async (...args) => {
    const folder = temporaryFolder();

    expect(await run(args, folder)).toEqual({ code: 2, stdout: '', stderr: refusal(join(folder, 'data')) });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(commandsOnData)('make no second collector beside a configuration: %s %s', async (...args) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'pantau.yaml'), configText({ tls: true }));

    expect(await run(args, folder)).toEqual({ code: 2, stdout: '', stderr: refusal(join(folder, 'data')) });
    expect(readdirSync(folder)).toEqual(['pantau.yaml']);
  });

  it('say which folder they looked into when another was named', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'old'));

    expect((await run([...create, '--data', 'old'], folder)).stderr).toBe(refusal(join(folder, 'old')));
    expect((await run(create, folder, { PANTAU_DATA: 'gone' })).stderr).toBe(refusal(join(folder, 'gone')));
    expect(readdirSync(folder, { recursive: true })).toEqual(['old']);
  });

  it('want the configuration too, and write no example of it', async () => {
    const folder = temporaryFolder();
    await openSqliteStore(join(folder, 'pantau.db')).close();
    const before = readdirSync(folder);

    expect(await run([...create, '--data', '.'], folder)).toEqual({
      code: 2,
      stdout: '',
      stderr: `There is no configuration at ${join(folder, 'pantau.yaml')}; name that of the collector with --config FILE.\n`,
    });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('name the configuration that does not know a department', async () => {
    const folder = temporaryFolder();
    const data = join(folder, 'data');
    await openSqliteStore(join(makeFolder(data), 'pantau.db')).close();
    writeFileSync(join(folder, 'other.yaml'), configText());
    const at = ['--pd', 'dinsos', '--config', 'other.yaml'];
    const sentence = `no department "dinsos" in ${join(folder, 'other.yaml')}; known: diskominfo, dinkes; see`;

    for (const args of [['token', 'create'], ['token', 'router', '--node', 'r1'], ['ping-url']]) {
      expect((await run([...args, ...at], folder)).stderr).toContain(sentence);
    }
  });

  it('tell whoever cannot look into the folder so', async () => {
    const folder = temporaryFolder();
    symlinkSync('data', join(folder, 'data'));

    expect(await run(create, folder)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        `The data folder ${join(folder, 'data')} cannot be read (ELOOP); run this as the user that runs the collector, ` +
        'or name its folder with --data DIR or PANTAU_DATA.\n',
    });
  });
});

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}
