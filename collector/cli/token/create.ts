import { systemClock } from '../../../shared/clock.ts';
import { formatToken } from '../../../shared/enrolment-token.ts';
import { databaseIn } from '../../data-folder.ts';
import { hashSecret, newSecret } from '../../intake/enrolment.ts';
import { publicUrl, tlsFor } from '../../public-address.ts';
import type { TokenRow } from '../../store/rows.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { CommandIo } from '../command.ts';
import { existingSource } from '../config-source.ts';
import { parse, checkedUrl, expirySeconds, siteFor, wrongUsage } from './place.ts';

export const createUsage = `create --pd ID [--site ID] [--role vantage|vault]… [--expires 7d] [--url URL]
prints a one-line token for one machine. On that machine: pantau-agent enroll <token>

  --pd ID          the department that the machine belongs to
  --site ID        its site; the department's first site when absent
  --role ROLE      vantage (probes the sites from the Pusat Data) or vault (reads where backups arrive)
  --expires TIME   how long the token may be used, e.g. 12h or 30d; 7d when absent
  --url URL        address that the agent is to use; listen.publicUrl or the listening address when absent
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

export async function createToken(args: readonly string[], io: CommandIo): Promise<number> {
  const wanted = readArguments(args);
  const source = existingSource(wanted, io);
  const config = source.read();
  const site = siteFor(config, { ...wanted, path: source.path });
  const tls = await tlsFor(config, source.dataFolder, systemClock);
  const secret = newSecret();
  const nowMs = systemClock.nowMs();
  const expiresAtMs = nowMs + wanted.expiresSeconds * 1000;
  const store = openSqliteStore(databaseIn(source.dataFolder));
  try {
    const row = { secretHash: hashSecret(secret), pd: wanted.pd, site, roles: wanted.roles };
    await store.addToken({ ...row, createdAtMs: nowMs, expiresAtMs }, 'cli');
  } finally {
    await store.close();
  }
  const url = wanted.url ?? publicUrl(config, config.listen.port);
  const fingerprint = tls === undefined ? {} : { fingerprint: tls.fingerprint };
  io.stdout(`${formatToken({ url, ...fingerprint, secret, expiresAtMs })}\n`);
  return 0;
}

function readArguments(args: readonly string[]): TokenArguments {
  const { values } = parse(args, { options });
  const { pd, site, config, data } = values;
  if (pd === undefined) throw wrongUsage('say for which department with --pd ID');
  const expiresSeconds = expirySeconds(values.expires ?? '7d');
  return { pd, site, config, data, url: checkedUrl(values.url), roles: rolesOf(values.role ?? []), expiresSeconds };
}

function rolesOf(names: readonly string[]): TokenRow['roles'] {
  return names.map((name) => {
    if (name === 'vantage' || name === 'vault') return name;
    throw wrongUsage(`--role "${name}" must be vantage or vault`);
  });
}
