import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { freePort } from '../kit/free-port.ts';
import { runProgram, startProgram } from '../kit/programs.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

const startMain = new URL('../../scripts/start.ts', import.meta.url).pathname;

async function dataFolderFor(text: string): Promise<string> {
  const folder = join(temporaryFolder(), 'data');
  mkdirSync(folder);
  writeFileSync(join(folder, 'pantau.yaml'), text);
  return folder;
}

interface NodeRow {
  agent: string;
  state: string;
  lastReportAt: string | null;
}

describe('npm start', () => {
  it('watches this machine, stops cleanly on Ctrl-C, and continues with the same identity and history', async () => {
    const port = await freePort();
    const folder = await dataFolderFor(configText({ port, intervalSeconds: 1 }));
    const url = `http://127.0.0.1:${port}`;
    const nodes = async () => {
      const adminToken = readFileSync(join(folder, 'admin-token'), 'utf8').trim();
      return apiOf({ url, adminToken }).list<NodeRow>('nodes');
    };
    const reporting = async () => {
      const [node] = await nodes();
      return node?.state === 'up' && node;
    };

    const first = startProgram([process.execPath, startMain], { PANTAU_DATA: folder });
    const before = await waitUntil('the own machine to report', reporting, 30_000);
    await waitUntil('a first verdict', () =>
      /^verdict .*not-applicable \(Pasal 21 ayat \(5\) huruf a\)/m.test(first.output()),
    );
    expect(first.output()).toContain(`metrics   ${url}/metrics`);
    // What only people can enter is one line, not a page.
    expect(first.output()).toMatch(/^registers {2}\d+ verdict\(s\) wait for what people enter/m);
    const aboutRegisters = /^verdict .*\bdalam register\b/m;
    expect(first.output()).not.toMatch(aboutRegisters);
    expect(await first.signal('SIGINT')).toBe(0);
    expect(first.output()).toContain('Stopped. Everything that was acknowledged is on disk.');

    const second = startProgram([process.execPath, startMain], { PANTAU_DATA: folder });
    const after = await waitUntil(
      'a newer report of the same agent',
      async () => {
        const [node] = await nodes();
        return node?.state === 'up' && (node.lastReportAt ?? '') > (before.lastReportAt ?? '') && node;
      },
      30_000,
    );
    expect(after.agent).toBe(before.agent);
    expect(await nodes()).toHaveLength(1);
    expect(second.output()).not.toContain('is enrolled.');
    expect(await second.signal('SIGTERM')).toBe(0);
  }, 90_000);

  it('says in one sentence that the port is busy, and ends with 2', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => void (await new Promise((resolve) => server.close(resolve))));
    const { port } = server.address() as AddressInfo;
    const folder = await dataFolderFor(configText({ port }));

    const { code, stderr } = await runProgram(startMain, [], { PANTAU_DATA: folder });

    expect(code).toBe(2);
    expect(stderr).toBe(
      `The address 127.0.0.1:${port} is in use by another program; stop it, or set another listen.port in pantau.yaml.\n`,
    );
  });

  it('says in one sentence that the folder cannot be written, and ends with 2', async () => {
    const blocked = join(temporaryFolder(), 'a-file');
    writeFileSync(blocked, '');

    const { code, stderr } = await runProgram(startMain, [], { PANTAU_DATA: join(blocked, 'data') });

    expect(code).toBe(2);
    expect(stderr).toBe(
      `The data folder ${join(blocked, 'data')} cannot be written; give this user the right to it, or name another with PANTAU_DATA.\n`,
    );
  });

  it('says where pantau.yaml is wrong, and ends with 2', async () => {
    const folder = await dataFolderFor(configText().replace('Asia/Jakarta', 'Asia/Bengkulu'));

    const { code, stderr } = await runProgram(startMain, [], { PANTAU_DATA: folder });

    expect(code).toBe(2);
    expect(stderr).toMatch(/pantau\.yaml:\d+:\d+ timezone .*Asia\/Bengkulu/);
  });
});
