import { execFile } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Running, startProgram } from '../kit/programs.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { waitUntil } from '../kit/wait-until.ts';

const run = promisify(execFile);
const captures = new URL('captures/', import.meta.url).pathname;
const nobodyId = 65_534;

/** A UDP port of 127.0.0.1 that is free at this moment. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

/** Serves the captures with snmpsim, which does not run as root. @returns its port; the community is a capture's name. */
export async function serveCaptures(): Promise<number> {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const cache = join(folder, 'cache');
  for (const each of [data, cache]) mkdirSync(each);
  for (const name of readdirSync(captures).filter((each) => !each.endsWith('.md'))) {
    copyFileSync(join(captures, name), join(data, name));
  }
  for (const each of [folder, data]) chmodSync(each, 0o755);
  chownSync(cache, nobodyId, nobodyId);
  const port = await freeUdpPort();
  const simulator = startProgram([
    'snmpsimd',
    '--process-user=nobody',
    '--process-group=nogroup',
    `--data-dir=${data}`,
    `--cache-dir=${cache}`,
    `--agent-udpv4-endpoint=127.0.0.1:${port}`,
  ]);
  await waitUntil('snmpsim to listen', () => simulator.output().includes('Listening at UDP'), 60_000);
  return port;
}

export interface Snmpd {
  port: number;
  running: Running;
}

/**
 * A real snmpd of its own: own files, own port, nothing of the system's.
 * @param config lines of `snmpd.conf`; users of version 3 are made with `createUser`.
 */
export async function startSnmpd(config: string, port?: number): Promise<Snmpd> {
  const folder = temporaryFolder();
  const at = port ?? (await freeUdpPort());
  const configPath = join(folder, 'snmpd.conf');
  writeFileSync(configPath, config);
  const args = ['-f', '-Lo', '-C', '-c', configPath, '-p', join(folder, 'pid'), `udp:127.0.0.1:${at}`];
  const running = startProgram(['/usr/sbin/snmpd', ...args], { SNMP_PERSISTENT_DIR: folder, MIBS: '' });
  await waitUntil('snmpd to listen', () => running.output().includes('NET-SNMP version'), 30_000);
  return { port: at, running };
}

/** What the real snmpwalk says below an identifier: values by identifier, without types. */
export async function snmpwalk(port: number, args: readonly string[], oid: string): Promise<Map<string, string>> {
  const options = ['-On', '-Oq', '-Oe', '-Ot', '-m', '', ...args, `udp:127.0.0.1:${port}`, oid];
  const { stdout } = await run('snmpbulkwalk', options, { maxBuffer: 16 * 1024 * 1024, timeout: 60_000 });
  const values = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [, found, value] = /^\.([\d.]+) (.*)$/.exec(line) ?? [];
    if (found !== undefined && value !== undefined) values.set(found, value.replace(/^"(.*)"$/, '$1'));
  }
  return values;
}
