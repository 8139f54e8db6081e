import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseIn } from '../../collector/data-folder.ts';
import { openConnection } from '../../collector/store/sqlite/open.ts';
import { startCollectorProcess } from '../../scripts/simulation/collector-process.ts';
import { routerAgentPath } from '../../shared/wire.ts';
import { apiOf } from '../kit/api.ts';
import { configText } from '../kit/config-text.ts';
import { collectorMain, runProgram } from '../kit/programs.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { needs } from '../requirements.ts';
import { onlyBusybox, toldReports } from './router.ts';

const tools = needs({ linux: true, tools: ['busybox', 'curl', 'wget'] });

async function startCollector(tls: boolean) {
  const dataFolder = join(temporaryFolder(), 'collector');
  const collector = await startCollectorProcess({ dataFolder, configText: configText({ intervalSeconds: 5, tls }) });
  onTestFinished(async () => void (await collector.stop()));
  const say = (...args: string[]) =>
    runProgram(collectorMain, ['token', ...args, '--url', collector.url, '--data', dataFolder]);
  return { ...collector, say };
}

/** Pastes a printed command into a shell, with its fixed places moved into a folder of the test. */
function paste(command: string, path: string) {
  const folder = temporaryFolder();
  const moved = command.replaceAll(/\/(etc|tmp)\//g, `${folder}/`);
  const ran = spawnSync(join(path, 'sh'), [], {
    input: moved,
    encoding: 'utf8',
    env: { PATH: path, PANTAU_WORK: join(folder, 'work') },
    timeout: 30_000,
  });
  return { ...ran, folder, script: join(folder, 'pantau-router.sh') };
}

describe.skipIf(!tools.ok)(`what a collector hands out for a router ${tools.reason}`, () => {
  it.each([
    ['the wget of busybox over http', [], false],
    ['curl over TLS', ['curl'], true],
    ['GNU wget over TLS', ['wget'], true],
  ])(
    'is fetched, filled in and run by one pasted command, with %s',
    async (_name, programs, tls) => {
      const collector = await startCollector(tls);
      const made = await collector.say('router', '--pd', 'dinkes', '--node', 'gerbang', '--lan', '127.0.0.2');
      expect([made.code, made.stderr]).toEqual([0, '']);
      const pasted = paste(made.stdout, onlyBusybox(...programs));
      expect([pasted.status, pasted.stderr]).toEqual([0, expect.stringMatching(/^(|.*-> .*\n)$/)]);
      expect(pasted.stdout)
        .toBe(`The collector has accepted the first report of this router. So that it goes on by itself:
  OpenWrt  sh ${pasted.script} --init-script >${pasted.folder}/init.d/pantau-router
           chmod 755 ${pasted.folder}/init.d/pantau-router; ${pasted.folder}/init.d/pantau-router enable; ${pasted.folder}/init.d/pantau-router start
  others   a line for cron: * * * * * sh ${pasted.script} once
`);
      // Neither the certificate nor the token stays behind anywhere else.
      expect(readdirSync(pasted.folder).toSorted()).toEqual(['pantau-router.sh', 'work']);

      expect(statSync(pasted.script).mode & 0o777).toBe(0o600);
      const [told] = toldReports(collector.dataFolder);
      expect(told?.report.probes?.map(({ name }) => name).toSorted()).toEqual(['lan/127.0.0.2', 'wan']);
      if (!tls)
        expect((await apiOf(collector).list('nodes'))[0]).toMatchObject({
          pd: 'dinkes',
          site: 'kantor',
          node: 'gerbang',
          state: 'up',
          roles: [],
        });

      // What stands in it is nowhere else: neither in the log nor in the store.
      const token = /^TOKEN='(.*)'$/m.exec(readFileSync(pasted.script, 'utf8'))?.[1] ?? '';
      expect(token).toMatch(/^[a-z2-7]{16}\.[A-Za-z0-9_-]{43}$/);
      const written = [...collector.stdoutLines, ...collector.stderrLines].join('\n');
      expect(written).not.toContain(token.slice(17));
      for (const file of ['pantau.db', 'pantau.db-wal']) {
        expect(readFileSync(join(collector.dataFolder, file)).includes(token.slice(17))).toBe(false);
      }
    },
    60_000,
  );

  it('is not fetched over TLS by a wget that would believe any certificate', async () => {
    const collector = await startCollector(true);
    const made = await collector.say('router', '--pd', 'dinkes', '--node', 'gerbang');
    const pasted = paste(made.stdout, onlyBusybox());

    expect([pasted.status, pasted.stdout, pasted.stderr]).toEqual([
      1,
      '',
      'The wget of this router cannot check a certificate: install curl, or copy the agent with --print.\n',
    ]);
    expect(readdirSync(pasted.folder)).toEqual([]);
  }, 60_000);

  it('is the same agent as the printed one, for its own token only, and never cached', async () => {
    const collector = await startCollector(false);
    const options = [
      '--lan',
      '192.168.7.10',
      '--wan',
      'router.dinkes.go.id',
      '--spool',
      '/mnt/usb',
      '--spool-bytes',
      '50000',
    ];
    const args = ['router', '--pd', 'dinkes', '--node', 'gerbang', ...options];
    const printed = (await collector.say(...args, '--print')).stdout;
    const settings = Object.fromEntries(
      [...printed.matchAll(/^([A-Z_]+)='([^']*)'$/gm)].map(([, name = '', value]) => [name, value]),
    );
    expect(settings).toMatchObject({
      URL: collector.url,
      INTERVAL_SECONDS: '5',
      BATCHES_PER_MINUTE: '1200',
      TARGETS: 'wan wan 127.0.0.1;lan lan/192.168.7.10 192.168.7.10;wan wan/router.dinkes.go.id router.dinkes.go.id',
      SPOOL: '/mnt/usb',
      SPOOL_MAX_BYTES: '50000',
      CERTIFICATE: '',
    });
    const query = new URLSearchParams([
      ['url', collector.url],
      ['lan', '192.168.7.10'],
      ['wan', 'router.dinkes.go.id'],
      ['spool', '/mnt/usb'],
      ['spool-bytes', '50000'],
    ]).toString();
    const fetched = async (token: string, asked = query) => {
      const response = await fetch(`${collector.url}${routerAgentPath}?${asked}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    };
    const own = await fetched(settings['TOKEN'] ?? '');
    expect([own.status, own.text]).toEqual([200, printed]);
    expect(own.headers.get('cache-control')).toBe('no-store');
    expect(own.text.split('\n').length - 1).toBeLessThan(300);

    for (const token of ['', 'x', `${settings['TOKEN']?.slice(0, -2)}AA`, collector.adminToken]) {
      expect([token, (await fetched(token)).status]).toEqual([token, 401]);
    }
    for (const [asked, field] of [
      ['lan=-x', 'lan'],
      ["wan=a'b", 'wan'],
      ['lan=a%0Ab', 'lan'],
      ['spool=relative', 'spool'],
      ["spool=/a'b", 'spool'],
      ['spool=/a&spool=/b', 'spool'],
      ['spool-bytes=1', 'spool-bytes'],
      ["url=http://a/'", 'url'],
      [Array.from({ length: 17 }, (_, index) => `lan=h${index}`).join('&'), 'lan'],
    ] as const) {
      const { status, text } = await fetched(settings['TOKEN'] ?? '', asked);
      expect([asked, status, (JSON.parse(text) as { field?: string }).field]).toEqual([asked, 422, field]);
    }
    // Neither the agents' door nor the operators' opens to it.
    for (const path of ['/api/v1/nodes', '/api/v1/agent/configuration']) {
      const response = await fetch(`${collector.url}${path}`, {
        headers: { authorization: `Bearer ${settings['TOKEN']}` },
      });
      expect(response.status).toBe(401);
    }
  }, 60_000);

  it.each([
    [['router', '--node', 'x'], 'say for which department with --pd ID'],
    [['router', '--pd', 'dinkes'], 'name the router with --node NAME: lower-case letters, digits and dashes'],
    [
      ['router', '--pd', 'dinkes', '--node', 'X!'],
      'name the router with --node NAME: lower-case letters, digits and dashes',
    ],
    [['router', '--pd', 'dinkes', '--node', 'x', '--lan', '-x'], "Option '--lan' argument is ambiguous"],
    [
      ['router', '--pd', 'dinkes', '--node', 'x', '--lan', 'a b'],
      '--lan must be an IP address or a host name; at most 16 times',
    ],
    [['router', '--pd', 'dinkes', '--node', 'x', '--site', 'y'], 'dinkes has no site "y" in '],
    [
      ['router', '--pd', 'dinkes', '--node', 'x', '--url', 'http://10.1.1.1'],
      'over http://10.1.1.1 everybody on the way could read',
    ],
    [['revoke', '--pd', 'dinkes'], 'say which machine with --pd ID and --node NAME'],
    [['nothing'], 'say create, router or revoke'],
  ])('is refused with a reason: token %j', async (args, reason) => {
    const dataFolder = temporaryFolder();
    const made = await sayWithoutCollector(dataFolder, args);
    expect([made.code, made.stdout]).toEqual([2, '']);
    expect(made.stderr).toContain(`token: ${reason}`);
  });
});

function sayWithoutCollector(dataFolder: string, args: string[]) {
  writeFileSync(join(dataFolder, 'pantau.yaml'), configText({ port: 8420 }));
  openConnection(databaseIn(dataFolder)).close();
  return runProgram(collectorMain, ['token', ...args, '--data', dataFolder]);
}
