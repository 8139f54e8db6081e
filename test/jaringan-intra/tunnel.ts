import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { carry } from './carry.ts';
import type { Namespace } from './namespaces.ts';

export interface TunnelOptions {
  /** Where the sockets are made. */
  folder: string;
  /** Port inside that is to be reached from outside. */
  inward: number;
  /** Port inside that leads to a port outside. */
  outward: { inside: number; outside: number };
}

/**
 * Connections in and out of a namespace without a cable: sockets in the file system are seen from both sides. So the
 * test asks the collector and hears its alerts whatever happens to the networks between the machines.
 * @returns the port of this machine's 127.0.0.1 that leads inside; open for the rest of the test.
 */
export async function openTunnel(namespace: Namespace, options: TunnelOptions): Promise<number> {
  const host = '127.0.0.1';
  const [inward, outward] = [join(options.folder, 'inward.sock'), join(options.folder, 'outward.sock')];
  const outside = await carry({ path: outward }, { host, port: options.outward.outside });
  onTestFinished(() => void outside.close());
  const inside = [
    { path: inward },
    { host, port: options.inward },
    { host, port: options.outward.inside },
    { path: outward },
  ];
  const main = new URL('carry-main.ts', import.meta.url).pathname;
  const [ip = '', ...args] = [...namespace.exec, process.execPath, main, ...inside.map((each) => JSON.stringify(each))];
  const child = spawn(ip, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
  if (String(said).trim() !== 'ready') throw new Error('the tunnel did not open');
  const server = await carry({ host, port: 0 }, { path: inward });
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}
