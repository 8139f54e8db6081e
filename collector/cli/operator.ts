import { createHash, randomBytes } from 'node:crypto';
import { systemClock } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import { formatZonedRfc3339 } from '../../shared/local-time.ts';
import { suggestName } from '../config/nearest-name.ts';
import { databaseIn } from '../data-folder.ts';
import type { OperatorPort } from '../store/operator-port.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Command, CommandIo } from './command.ts';
import { existingSource } from './config-source.ts';
import { malformedName, wrongName } from './operator-name.ts';
import { commandLine } from './command-line.ts';

const { wrongUsage, parse } = commandLine('operator');

const usage = `Usage: pantau-collector operator add NAME | list | revoke NAME

People who act through the API, each under a name and with a token of their own, so that it is known who entered or
acknowledged what. The token in the file admin-token is that of "admin".

  add NAME     prints the token, once; only its hash is kept
  list         who there is, since when, and who was revoked
  revoke NAME  makes the token void at once; a collector that is running need not be told

  --by NAME        who does it, for the audit log; "cli" when absent
  --config FILE    the configuration; as for "serve"
  --data DIR       the data folder of the collector; $PANTAU_DATA or ./data when absent
  --help           show this text

A NAME is 2 to 64 letters, digits, dots, dashes or underscores, such as siti.rahma; admin, pantau and cli are not free.
`;

const options = { by: { type: 'string' }, config: { type: 'string' }, data: { type: 'string' } } as const;

interface Deps {
  operators: OperatorPort;
  by: { actor: string; atMs: number };
  timezone: string;
  io: CommandIo;
}

const actions: Readonly<Record<string, (name: string, deps: Deps) => Promise<number>>> = { add, list, revoke };

export const operator: Command = {
  name: 'operator',
  summary: 'give people a name and a token of their own for the API, or take one back',
  usage,
  run: async (args, io) => {
    const { action, name, by, ...places } = readArguments(args);
    const source = existingSource(places, io);
    const { timezone } = source.read();
    const store = openSqliteStore(databaseIn(source.dataFolder));
    try {
      return await action(name, {
        operators: store.operators,
        by: { actor: by, atMs: systemClock.nowMs() },
        timezone,
        io,
      });
    } finally {
      await store.close();
    }
  },
};

async function add(name: string, { operators, by, io }: Deps): Promise<number> {
  const token = randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  if (!(await operators.add({ name, tokenHash }, by))) {
    throw new AppError('operator-known', `There is an operator "${name}" already; revoke it first for a new token.`);
  }
  io.stdout(`${token}\n`);
  return 0;
}

async function list(_name: string, { operators, timezone, io }: Deps): Promise<number> {
  const rows = await operators.list();
  const show = (atMs: number) => formatZonedRfc3339(atMs, timezone);
  for (const { name, createdAtMs, revokedAtMs } of rows) {
    const end = revokedAtMs === undefined ? '' : `  revoked ${show(revokedAtMs)}`;
    io.stdout(`${name}  since ${show(createdAtMs)}${end}\n`);
  }
  if (rows.length === 0) io.stderr('There are no operators yet; only "admin", by the file admin-token.\n');
  return 0;
}

async function revoke(name: string, { operators, by, io }: Deps): Promise<number> {
  if (await operators.revoke(name, by)) {
    io.stdout(`The token of ${name} is void.\n`);
    return 0;
  }
  const known = (await operators.list()).filter((row) => row.revokedAtMs === undefined).map((row) => row.name);
  io.stderr(`There is no operator "${name}" whose token holds; ${suggestName(name, known).replace(/[^?]$/, '$&.')}\n`);
  return 1;
}

function readArguments(args: readonly string[]) {
  const parsed = parse(args, { options, allowPositionals: true });
  const [word = '', name = '', ...rest] = parsed.positionals;
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (action === undefined || rest.length > 0) throw wrongUsage('say add NAME, list or revoke NAME');
  if (action === list && name !== '') throw wrongUsage('list takes no name');
  const { by, config, data } = parsed.values;
  const wrong = action === list ? undefined : action === add ? wrongName(name) : malformedName(name);
  if (wrong !== undefined) throw wrongUsage(wrong);
  const wrongBy = by === undefined ? undefined : wrongName(by);
  if (wrongBy !== undefined) throw wrongUsage(`--by ${wrongBy}`);
  return { action, name, by: by ?? 'cli', config, data };
}
