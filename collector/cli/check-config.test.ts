import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultConfigText } from '../config/default-config.ts';

const launcher = fileURLToPath(new URL('../pantau-collector', import.meta.url));
const good = 'OK: Pemerintah Kabupaten Lebong: 1 department, 1 site, 1 dataset, 1 regulation, 0 alert channels.\n';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pantau-check-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Run {
  program?: string;
  env?: Record<string, string>;
}

function run(args: string[], { program = launcher, env = {} }: Run = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, timeout: 20_000 };
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('pantau-collector check-config', () => {
  it('says what a good configuration holds', async () => {
    writeFileSync(join(folder, 'my.yaml'), defaultConfigText('/srv/pantau'));

    expect(await run(['check-config', 'my.yaml'])).toEqual({ code: 0, stdout: good, stderr: '' });
  });

  it('looks beside itself and then into the data folder when no file is named, like serve', async () => {
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere', 'pantau.yaml'), defaultConfigText('/srv/pantau'));

    expect(await run(['check-config'], { env: { PANTAU_DATA: 'elsewhere' } })).toMatchObject({ code: 0, stdout: good });
    const other = defaultConfigText('/srv').replace('Kabupaten Lebong', 'Kabupaten Sigi');
    writeFileSync(join(folder, 'pantau.yaml'), other);
    expect(await run(['check-config'], { env: { PANTAU_DATA: 'elsewhere' } })).toMatchObject({
      stdout: good.replace('Lebong', 'Sigi'),
    });
    rmSync(join(folder, 'pantau.yaml'));
    expect(await run(['check-config'], { env: { PANTAU_DATA: 'nowhere' } })).toEqual({
      code: 2,
      stdout: '',
      stderr: `There is no configuration at ${join(folder, 'nowhere/pantau.yaml')}; correct the path or write the file.\n`,
    });
  });

  it('notes what is allowed and may not be meant, and ends with 0', async () => {
    const path = join(folder, 'pantau.yaml');
    writeFileSync(
      path,
      `jaringanIntra: [10.0.0.0/8]\n${defaultConfigText('/srv').replace('# subnets: [10.20.0.0/24]', 'subnets: [192.168.1.0/24]')}`,
    );
    const { code, stdout, stderr } = await run(['check-config', path]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      good.trim(),
      expect.stringMatching(
        /^Note: .*pantau\.yaml:\d+:\d+ perangkatDaerah\[0\]\.sites\[0\]\.subnets\[0\] "192\.168\.1\.0\/24" lies outside/,
      ),
      '',
    ]);
  });

  it('ends with 2 and one line for each mistake of a bad one', async () => {
    const path = join(folder, 'pantau.yaml');
    writeFileSync(
      path,
      defaultConfigText('/srv').replace('Asia/Jakarta', 'WIB').replace('lebong-perbup', 'lebong-perda'),
    );
    const { code, stdout, stderr } = await run(['check-config', path]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/pantau\.yaml:\d+:11 timezone "WIB" is no time zone; write Asia\/Jakarta \(WIB\), /),
      expect.stringMatching(
        /regulations\[0\] "lebong-perda-22-2022" is not a known regulation; did you mean "lebong-perbup/,
      ),
      '',
    ]);
  });

  it('prints the schema for editors', async () => {
    const { code, stdout } = await run(['check-config', '--json-schema']);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ title: 'pantau.yaml', type: 'object' });
    const ofRegulations = await run(['check-config', '--regulation-schema']);
    expect(JSON.parse(ofRegulations.stdout)).toMatchObject({ title: 'Regulation of Pantau', type: 'object' });
  });

  it.each([
    [
      ['a.yaml', 'b.yaml'],
      'check-config: one file at a time, and these are 2; see "pantau-collector check-config --help".\n',
    ],
    [['--jsn'], expect.stringMatching(/^check-config: Unknown option '--jsn'/)],
  ])('refuses %j', async (args, stderr: unknown) => {
    expect(await run(['check-config', ...args])).toEqual({ code: 2, stdout: '', stderr });
  });

  it('starts through links from anywhere', async () => {
    symlinkSync(launcher, join(folder, 'first'));
    symlinkSync('first', join(folder, 'second'));

    expect(await run(['check-config', '--help'], { program: join(folder, 'second') })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Usage: pantau-collector check-config [FILE]') as string,
    });
  });
});
