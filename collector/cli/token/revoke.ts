import { systemClock } from '../../../shared/clock.ts';
import { databaseIn } from '../../data-folder.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { CommandIo } from '../command.ts';
import { existingSource } from '../config-source.ts';
import { parse, wrongUsage } from './place.ts';

export const revokeUsage = `revoke --pd ID --node NAME
takes back the trust in a machine or a router, for example one that was stolen; a new token gives it again. A collector
that is running is told with SIGHUP.
`;

const options = {
  pd: { type: 'string' },
  node: { type: 'string' },
  config: { type: 'string' },
  data: { type: 'string' },
} as const;

export async function revokeNode(args: readonly string[], io: CommandIo): Promise<number> {
  const { pd, node, config, data } = readArguments(args);
  const { dataFolder } = existingSource({ config, data }, io);
  const store = openSqliteStore(databaseIn(dataFolder));
  try {
    const revoked = await store.revoke({ pd, node }, systemClock.nowMs(), 'cli');
    if (revoked === undefined) {
      io.stderr(`${pd} has no node "${node}" that has reported; a token of it that was not used yet is void.\n`);
      return 1;
    }
    io.stdout(`${pd}/${node} (${revoked.id}) is revoked; send SIGHUP to a collector that is running.\n`);
    return 0;
  } finally {
    await store.close();
  }
}

function readArguments(args: readonly string[]) {
  const { values } = parse(args, { options });
  const { pd, node, config, data } = values;
  if (pd === undefined || node === undefined) throw wrongUsage('say which machine with --pd ID and --node NAME');
  return { pd, node, config, data };
}
