import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configText, type TestConfig } from '../../test/kit/config-text.ts';
import { temporaryFolder } from '../../test/kit/temporary-folder.ts';
import { databaseIn } from '../data-folder.ts';
import { openConnection } from '../store/sqlite/open.ts';
import { dispatch } from './dispatch.ts';
import { commands } from './registry.ts';

const taken = '07c2f548-9850-4b27-af5d-6c9dc157ec02';
const datasets = [
  { id: 'simpus', source: { kind: 'files', path: '/x/*' } },
  { id: 'lama', source: { kind: 'heartbeat', uuid: taken } },
];

function office(config: TestConfig = { datasets, port: 8420 }) {
  const folder = temporaryFolder();
  openConnection(databaseIn(folder)).close();
  writeFileSync(join(folder, 'pantau.yaml'), configText(config));
  return async (...args: string[]) => {
    let [stdout, stderr] = ['', ''];
    const io = {
      stdout: (text: string) => void (stdout += text),
      stderr: (text: string) => void (stderr += text),
      env: { PANTAU_DATA: folder },
      workingFolder: folder,
    };
    const code = await dispatch(['ping-url', ...args], { commands, version: '1', io });
    return { code, stdout, stderr, folder };
  };
}

describe('pantau-collector ping-url', () => {
  it('prints each address with lines to copy', async () => {
    const { code, stdout } = await office()('--dataset', 'lama');
    const slugUrl = /by name {6}(\S+)/.exec(stdout)?.[1];

    expect(code).toBe(0);
    expect(slugUrl).toMatch(/^http:\/\/127\.0\.0\.1:8420\/ping\/[a-z0-9]{22}\/dinkes_lama$/);
    expect(stdout).toBe(`dinkes/lama
  address      http://127.0.0.1:8420/ping/${taken}
  by name      ${slugUrl}
  shell        my-backup; curl -fsS -m 10 --retry 5 -o /dev/null "http://127.0.0.1:8420/ping/${taken}/$?"
  borgmatic    hooks: { healthchecks: { ping_url: "http://127.0.0.1:8420/ping/${taken}" } }
  Uptime Kuma  http://127.0.0.1:8420/api/push/${taken}?status=up&msg=OK
`);
  });

  it('prints the same addresses each time, of all or of one department, under another address of the collector', async () => {
    const run = office();
    const read = async (...args: string[]) => {
      const { stdout } = await run('--json', ...args);
      return JSON.parse(stdout) as { pd: string; dataset: string; url: string; slugUrl: string; pushUrl: string }[];
    };
    const all = await read();

    expect(all.map(({ pd, dataset }) => `${pd}/${dataset}`)).toEqual(['dinkes/simpus', 'dinkes/lama']);
    expect(await read('--pd', 'dinkes')).toEqual(all);
    const [simpus] = await read('--dataset', 'simpus', '--url', 'https://pantau.example.go.id');
    expect(simpus?.url).toBe(all[0]?.url.replace('http://127.0.0.1:8420', 'https://pantau.example.go.id'));
    expect(simpus?.pushUrl).toBe(simpus?.url.replace('/ping/', '/api/push/'));
  });

  it('says which certificate callers need, when it is the collector’s own', async () => {
    const { stdout, folder } = await office({ datasets, port: 8420, tls: true })();

    expect(stdout).toContain('https://127.0.0.1:8420/ping/');
    expect(stdout).toContain(`Copy ${folder}/tls/certificate.pem to the machines that call`);
  });

  it('leaves the key that the addresses follow from to its owner', async () => {
    const { folder } = await office()();
    const key = join(folder, 'collector-key.pem');

    expect((statSync(key).mode & 0o777).toString(8)).toBe('600');
    expect(readFileSync(key, 'utf8')).toContain('PRIVATE KEY');
  });

  it.each([
    [['--pd', 'dinsos'], 'no department "dinsos" in FOLDER/pantau.yaml; known: diskominfo, dinkes'],
    [['--pd', 'diskominfo'], 'there is no dataset in diskominfo; add one under datasets in the configuration'],
    [['--dataset', 'x'], 'there is no dataset "x" in any department; known: simpus, lama'],
    [['--pd', 'dinkes', '--dataset', 'x'], 'there is no dataset "x" in dinkes; known: simpus, lama'],
    [['--url', 'pantau'], '--url "pantau" must look like https://10.1.1.5:8420'],
  ])('refuses %j with the remedy', async (args, message) => {
    const { folder, ...said } = await office()(...args);

    expect(said).toEqual({
      code: 2,
      stdout: '',
      stderr: `ping-url: ${message.replace('FOLDER', folder)}; see "pantau-collector ping-url --help".\n`,
    });
  });

  it('explains itself', async () => {
    const { code, stdout } = await office()('--help');

    expect(code).toBe(0);
    expect(stdout).toContain('Usage: pantau-collector ping-url [--pd ID]');
  });
});
