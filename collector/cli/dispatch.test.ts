import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { Command } from './command.ts';
import { dispatch } from './dispatch.ts';

function command(name: string, run: Command['run']): Command {
  return { name, summary: `does ${name}`, usage: `Usage of ${name}\n`, run };
}

async function run(args: string[], work: Command['run'] = async () => 0) {
  let [stdout, stderr] = ['', ''];
  const io = {
    stdout: (text: string) => void (stdout += text),
    stderr: (text: string) => void (stderr += text),
    env: {},
    workingFolder: '/',
  };
  const commands = { serve: async () => command('serve', work), token: async () => command('token', work) };
  const code = await dispatch(args, { commands, version: '1.2.3', io });
  return { code, stdout, stderr };
}

const help = `Usage: pantau-collector COMMAND [ARGUMENTS]

Commands:
  serve  does serve
  token  does token

Options:
  --help     show this text, or the help of a command: pantau-collector COMMAND --help
  --version  show the version

Exit code: 0 ok, 1 failure, 2 wrong usage or a bad configuration.
`;

describe('pantau-collector', () => {
  it.each([['--help'], ['-h'], ['help']])('lists its commands for %s', async (word) => {
    expect(await run([word])).toEqual({ code: 0, stdout: help, stderr: '' });
  });

  it('lists them as a mistake when none is named', async () => {
    expect(await run([])).toEqual({ code: 2, stdout: '', stderr: help });
  });

  it('knows its version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: 'pantau-collector 1.2.3\n', stderr: '' });
  });

  it.each([
    ['serv', 'There is no command "serv"; did you mean "serve"? See "pantau-collector --help".\n'],
    ['xyzzy', 'There is no command "xyzzy"; known here: serve, token. See "pantau-collector --help".\n'],
    ['constructor', 'There is no command "constructor"; known here: serve, token. See "pantau-collector --help".\n'],
  ])('refuses %s with a hint', async (name, stderr) => {
    expect(await run([name])).toEqual({ code: 2, stdout: '', stderr });
  });

  it('shows the help of a command and does not run it', async () => {
    const never = async () => Promise.reject(new Error('ran'));

    expect(await run(['token', 'create', '--help'], never)).toEqual({
      code: 0,
      stdout: 'Usage of token\n',
      stderr: '',
    });
  });

  it('hands the arguments on and returns the exit code', async () => {
    const seen: string[][] = [];
    const { code } = await run(['token', 'create', '--', '--help'], async (args) => seen.push([...args]) + 4);

    expect(code).toBe(5);
    expect(seen).toEqual([['create', '--', '--help']]);
  });

  it.each([
    ['usage', 2],
    ['bad-config', 2],
    ['port-busy', 2],
    ['store-damaged', 1],
  ])('ends a command that throws %s with %i and one sentence', async (code, exitCode) => {
    const result = await run(['serve'], async () => Promise.reject(new AppError(code, 'Say this.')));

    expect(result).toEqual({ code: exitCode, stdout: '', stderr: 'Say this.\n' });
  });

  it('lets a defect of ours through with its trace', async () => {
    await expect(run(['serve'], async () => Promise.reject(new TypeError('oops')))).rejects.toThrow('oops');
  });
});
