import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../shared/clock.ts';
import { durationPattern, durationSeconds } from '../../shared/duration.ts';
import { formatToken } from '../../shared/enrolment-token.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { PantauConfig } from '../config/schema.ts';
import { prepareDataFolder } from '../data-folder.ts';
import { hashSecret, newSecret } from '../intake/enrolment.ts';
import { publicUrl, tlsFor } from '../public-address.ts';
import type { TokenRow } from '../store/rows.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Command } from './command.ts';
import { configSource } from './config-source.ts';

const usage = `Usage: pantau-collector token create --pd ID [--site ID] [--role vantage|vault]… [--expires 7d] [--url URL]

Prints a one-line token for one machine. On that machine: pantau-agent enroll <token>

  --pd ID          the department that the machine belongs to
  --site ID        its site; the department's first site when absent
  --role ROLE      vantage (probes the sites from the Pusat Data) or vault (reads where backups arrive)
  --expires TIME   how long the token may be used, e.g. 12h or 30d; 7d when absent
  --url URL        address that the agent is to use; listen.publicUrl or the listening address when absent
  --config FILE    the configuration; as for "serve"
  --data DIR       where everything is kept; $PANTAU_DATA or ./data when absent
  --help           show this text
`;

const options = {
  pd: { type: 'string' },
  site: { type: 'string' },
  role: { type: 'string', multiple: true },
  expires: { type: 'string' },
  url: { type: 'string' },
  config: { type: 'string' },
  data: { type: 'string' },
} as const;

interface TokenArguments {
  pd: string;
  site: string | undefined;
  roles: TokenRow['roles'];
  expiresSeconds: number;
  url: string | undefined;
  config: string | undefined;
  data: string | undefined;
}

export const token: Command = {
  name: 'token',
  summary: 'make a one-time token that enrols an agent',
  usage,
  run: async (args, io) => {
    const wanted = readArguments(args);
    const source = configSource(wanted, io);
    const config = source.read();
    const site = siteFor(config, wanted);
    prepareDataFolder(source.dataFolder);
    const tls = await tlsFor(config, source.dataFolder, systemClock);
    const secret = newSecret();
    const nowMs = systemClock.nowMs();
    const expiresAtMs = nowMs + wanted.expiresSeconds * 1000;
    const store = openSqliteStore(join(source.dataFolder, 'pantau.db'));
    try {
      const row = { secretHash: hashSecret(secret), pd: wanted.pd, site, roles: wanted.roles };
      await store.addToken({ ...row, createdAtMs: nowMs, expiresAtMs });
    } finally {
      await store.close();
    }
    const url = wanted.url ?? publicUrl(config, config.listen.port);
    const fingerprint = tls === undefined ? {} : { fingerprint: tls.fingerprint };
    io.stdout(`${formatToken({ url, ...fingerprint, secret, expiresAtMs })}\n`);
    return 0;
  },
};

function readArguments(args: readonly string[]): TokenArguments {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw wrongUsage(messageOf(cause), cause);
  }
  const { values, positionals } = parsed;
  if (positionals.join(' ') !== 'create') throw wrongUsage('the only thing to do with tokens is "create"');
  if (values.pd === undefined) throw wrongUsage('say for which department with --pd ID');
  const expires = values.expires ?? '7d';
  if (!new RegExp(durationPattern).test(expires)) throw wrongUsage(`--expires "${expires}" must look like 12h or 30d`);
  const { pd, site, config, data, url } = values;
  if (url !== undefined && !/^https?:\/\/[^\s/]+$/.test(url))
    throw wrongUsage(`--url "${url}" must look like https://10.1.1.5:8420`);
  return { pd, site, config, data, url, roles: rolesOf(values.role ?? []), expiresSeconds: durationSeconds(expires) };
}

function rolesOf(names: readonly string[]): TokenRow['roles'] {
  return names.map((name) => {
    if (name === 'vantage' || name === 'vault') return name;
    throw wrongUsage(`--role "${name}" must be vantage or vault`);
  });
}

function siteFor(config: PantauConfig, wanted: TokenArguments): string {
  const pd = config.perangkatDaerah.find((known) => known.id === wanted.pd);
  if (pd === undefined) {
    const known = config.perangkatDaerah.map((each) => each.id).join(', ');
    throw wrongUsage(`no department "${wanted.pd}" is configured; known: ${known}`);
  }
  const site = wanted.site ?? pd.sites[0]?.id;
  if (site === undefined) throw wrongUsage(`${pd.id} has no site; add one under sites in the configuration`);
  if (pd.sites.some((known) => known.id === site)) return site;
  throw wrongUsage(`${pd.id} has no site "${site}"; known: ${pd.sites.map((known) => known.id).join(', ')}`);
}

function wrongUsage(message: string, cause?: unknown): AppError {
  return new AppError('usage', `token: ${message}; see "pantau-collector token --help".`, { cause });
}
