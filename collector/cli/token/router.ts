import { systemClock } from '../../../shared/clock.ts';
import { AppError, messageOf } from '../../../shared/errors.ts';
import { formatRouterToken, routerIdOf } from '../../../shared/router-token.ts';
import { isLoopback } from '../../config/checks/listen.ts';
import { databaseIn } from '../../data-folder.ts';
import { hashSecret, newSecret } from '../../intake/enrolment.ts';
import { publicUrl, tlsFor } from '../../public-address.ts';
import { type RouterOptions, routerOptions } from '../../router-options.ts';
import { routerScript } from '../../router-script.ts';
import type { Store } from '../../store/store.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { CommandIo } from '../command.ts';
import { existingSource } from '../config-source.ts';
import { fetchCommand } from './fetch-command.ts';
import { parse, checkedUrl, expirySeconds, siteFor, wrongUsage } from './place.ts';

export const routerUsage = `router --pd ID --node NAME [--site ID] [--lan HOST]… [--wan HOST]… [--spool DIR] [--print]
makes the token of a router that can run a shell script (OpenWrt, Linux), and prints the command that fetches its agent
on the router. A new token of the same router replaces the old one when it is first used.

  --pd ID          the department that the router belongs to
  --node NAME      name of the router
  --site ID        its site; the department's first site when absent
  --lan HOST       a host in its local network that it pings; several times
  --wan HOST       a host behind its WAN that it pings, beside the collector; several times
  --spool DIR      folder on flash where reports wait for the collector; memory when absent
  --spool-bytes N  size of what may wait; 1048576 when absent
  --expires TIME   until when it must be used for the first time, e.g. 12h or 30d; 7d when absent
  --url URL        address that the router is to use; listen.publicUrl or the listening address when absent
  --print          print the filled-in agent itself instead: … --print | ssh root@router 'umask 077; cat >/etc/pantau-router.sh'
`;

const options = {
  pd: { type: 'string' },
  site: { type: 'string' },
  node: { type: 'string' },
  lan: { type: 'string', multiple: true },
  wan: { type: 'string', multiple: true },
  spool: { type: 'string', multiple: true },
  'spool-bytes': { type: 'string', multiple: true },
  expires: { type: 'string' },
  url: { type: 'string' },
  print: { type: 'boolean' },
  config: { type: 'string' },
  data: { type: 'string' },
} as const;

export async function routerToken(args: readonly string[], io: CommandIo): Promise<number> {
  const wanted = readArguments(args);
  const source = existingSource(wanted, io);
  const config = source.read();
  const site = siteFor(config, { ...wanted, path: source.path });
  const url = wanted.chosen.url ?? publicUrl(config, config.listen.port);
  checkTransport(url, config.listen.plainHttpBeyondLoopback);
  const { pd, node, chosen } = wanted;
  const id = routerIdOf(pd, node);
  const token = formatRouterToken(id, newSecret());
  const nowMs = systemClock.nowMs();
  const store = openSqliteStore(databaseIn(source.dataFolder));
  try {
    await checkName(store, pd, node);
    const expiresAtMs = nowMs + wanted.expiresSeconds * 1000;
    const row = { secretHash: hashSecret(token), pd, site, roles: [], createdAtMs: nowMs, expiresAtMs };
    await store.addToken({ ...row, routerNode: node }, 'cli');
  } finally {
    await store.close();
  }
  const certificatePem = (await tlsFor(config, source.dataFolder, systemClock))?.certificatePem;
  const agent = { id, pd, site, node, roles: [] };
  io.stdout(
    wanted.print
      ? routerScript({ config, agent, token, certificatePem, options: chosen })
      : fetchCommand({ url, token, certificatePem, options: chosen }),
  );
  return 0;
}

/** Two machines of one name could not be told apart. */
async function checkName(store: Pick<Store, 'loadAgents'>, pd: string, node: string): Promise<void> {
  const agents = await store.loadAgents();
  const isTaken = agents.some(
    (known) =>
      known.pd === pd && known.node === node && known.publicKey !== undefined && known.revokedAtMs === undefined,
  );
  if (!isTaken) return;
  const remedy = 'give the router another name, or take that one back with "token revoke" first';
  throw wrongUsage(`"${node}" is a machine of ${pd} that runs the agent; ${remedy}`);
}

/** The token lies open in each request. */
function checkTransport(url: string, isPlainAllowed: boolean): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || isPlainAllowed || isLoopback(hostname)) return;
  const remedy = 'use https, or set listen.plainHttpBeyondLoopback to true if the network may read it';
  throw wrongUsage(`over ${url} everybody on the way could read the router's token; ${remedy}`);
}

function readArguments(args: readonly string[]) {
  const { values } = parse(args, { options });
  const { pd, site, node, config, data, print = false } = values;
  if (pd === undefined) throw wrongUsage('say for which department with --pd ID');
  if (node === undefined || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(node)) {
    throw wrongUsage('name the router with --node NAME: lower-case letters, digits and dashes');
  }
  const expiresSeconds = expirySeconds(values.expires ?? '7d');
  return { pd, site, node, config, data, print, expiresSeconds, chosen: chosenOf(values) };
}

function chosenOf(values: { url?: string; lan?: string[]; wan?: string[]; spool?: string[] }): RouterOptions {
  const url = checkedUrl(values.url);
  const given: Record<string, readonly string[]> = { ...values, url: url === undefined ? [] : [url] };
  try {
    return routerOptions((name) => given[name] ?? []);
  } catch (cause) {
    throw wrongUsage(`--${cause instanceof AppError ? cause.message.replace(/\.$/, '') : messageOf(cause)}`, cause);
  }
}
