import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { configText } from '../kit/config-text.ts';
import { collectorMain, runProgram } from '../kit/programs.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';
import { needs } from '../requirements.ts';
import { newRouter, onlyBusybox, routerOf, toldReports } from './router.ts';

const tools = needs({ linux: true, tools: ['busybox', 'curl', 'wget'] });

async function startCollector(tls = false) {
  const dataFolder = join(temporaryFolder(), 'collector');
  const collector = await startCollectorProcess({ dataFolder, configText: configText({ intervalSeconds: 5, tls }) });
  onTestFinished(async () => void (await collector.stop()));
  return collector;
}

const ownSetting = (text: string, name: string, value: string) =>
  text.replace(new RegExp(`^${name}='.*'$`, 'm'), () => `${name}='${value}'`);
const textOf = (script: string) => readFileSync(script, 'utf8');

describe.skipIf(!tools.ok)(`a router agent and its collector ${tools.reason}`, () => {
  it.each([['curl'], ['wget']])(
    'speak TLS through %s, which knows the collector’s own certificate only',
    async (client) => {
      const [collector, stranger] = await Promise.all([startCollector(true), startCollector(true)]);
      const path = onlyBusybox(client);
      const router = await newRouter(collector, { path });
      expect(await router.once()).toEqual({ code: 0, output: '' });
      expect(toldReports(collector.dataFolder)).toHaveLength(1);

      // The other collector has its own certificate; it hears nothing, not even the token.
      const mistaken = routerOf(ownSetting(textOf(router.script), 'URL', stranger.url), { path });
      const { code, output } = await mistaken.once();
      expect([code, output]).toEqual([
        1,
        expect.stringMatching(/^pantau-router: reports wait in the spool: .*certificate/i),
      ]);
      expect(toldReports(stranger.dataFolder)).toEqual([]);
      expect(readdirSync(join(mistaken.work, 'spool')).toSorted()).toEqual(['counts', 'reports']);
    },
    60_000,
  );

  it('do not speak TLS through the wget of busybox, which would believe any certificate', async () => {
    const collector = await startCollector(true);
    const router = await newRouter(collector);
    expect(await router.once()).toEqual({
      code: 1,
      output: 'pantau-router: the wget of busybox cannot check a certificate: install curl, or use an http address\n',
    });
    expect(toldReports(collector.dataFolder)).toEqual([]);
  }, 60_000);

  it.each([
    ['busybox', 'HTTP status 401'],
    ['curl', "This token is not known here; make a new one with 'pantau-collector token router'."],
    // It reads no body that comes with this status.
    ['wget', 'HTTP status 401'],
  ])(
    'part over a wrong token with a clear word, sent by %s',
    async (client, detail) => {
      const collector = await startCollector();
      const path = client === 'busybox' ? onlyBusybox() : onlyBusybox(client);
      const right = await newRouter(collector, { path });
      const wrong = routerOf(ownSetting(textOf(right.script), 'TOKEN', `${right.token.slice(0, -4)}AAAA`), { path });

      expect(await wrong.once()).toEqual({
        code: 1,
        output: `pantau-router: the collector does not accept this router: ${detail}\n`,
      });
      expect(toldReports(collector.dataFolder)).toEqual([]);
      expect(await right.once()).toEqual({ code: 0, output: '' });
    },
    60_000,
  );

  it('say that a revoked router must ask Diskominfo', async () => {
    const collector = await startCollector();
    const router = await newRouter(collector, { path: onlyBusybox('curl') });
    expect((await router.once()).code).toBe(0);
    const args = ['token', 'revoke', '--pd', 'dinkes', '--node', 'gerbang', '--data', collector.dataFolder];
    expect((await runProgram(collectorMain, args)).stdout).toMatch(/^dinkes\/gerbang \([a-z2-7]{16}\) is revoked; /);
    collector.process.kill('SIGHUP');
    await waitUntil('the new reading', () => collector.stdoutLines.some((line) => /read again/.test(line)));

    expect(await router.once()).toEqual({
      code: 1,
      output: 'pantau-router: the collector does not accept this router: This agent was revoked; ask Diskominfo.\n',
    });
  }, 60_000);

  it.each([['curl'], ['wget']])(
    'keep the token out of every command line, with %s',
    async (client) => {
      // Takes a connection and never answers, so that the sending program can be looked at.
      const requests: string[] = [];
      const server = createServer((socket) => void socket.on('data', (chunk) => void requests.push(chunk.toString())));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const { port } = server.address() as { port: number };
      const collector = await startCollector();
      const made = await newRouter(collector, { path: onlyBusybox(client) });
      const router = routerOf(ownSetting(textOf(made.script), 'URL', `http://127.0.0.1:${port}`), {
        path: onlyBusybox(client),
      });
      const running = router.run();
      await waitUntil('the request', () => requests.some((text) => text.includes(`Bearer ${router.token}`)));

      const lines = readdirSync('/proc').flatMap((name) => {
        const file = `/proc/${name}/cmdline`;
        return /^\d+$/.test(name) && existsSync(file) ? [commandLine(file)] : [];
      });
      expect(lines.filter((line) => line.includes(client) && line.includes(router.work))).not.toEqual([]);
      expect(lines.filter((line) => line.includes(router.token))).toEqual([]);

      // It stops in the middle of a request too, keeps what was not acknowledged, and leaves no secret behind.
      expect(await running.signal('SIGTERM')).toBe(0);
      expect(readdirSync(router.work).toSorted()).toEqual(expect.not.arrayContaining(['rc', 'lock', 'body']));
      expect(readFileSync(join(router.work, 'spool', 'reports')).length).toBeGreaterThan(100);
    },
    60_000,
  );
});

/** A process may end between being listed and being looked at. */
function commandLine(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
