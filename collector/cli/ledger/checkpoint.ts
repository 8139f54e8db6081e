import { systemClock } from '../../../shared/clock.ts';
import { AppError } from '../../../shared/errors.ts';
import { formatZonedRfc3339 } from '../../../shared/local-time.ts';
import { databaseIn, loadCollectorKeys } from '../../data-folder.ts';
import type { Checkpoint } from '../../ledger/entry.ts';
import { makeCheckpoint } from '../../ledger/make-checkpoint.ts';
import { openLedgerArchive } from '../../store/sqlite/ledger/ledger-archive.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { CommandIo } from '../command.ts';
import { existingSource } from '../config-source.ts';
import { parse, placeOptions } from './usage.ts';

export async function ledgerCheckpoint(args: readonly string[], io: CommandIo): Promise<number> {
  const { values: wanted } = parse(args, { options: { ...placeOptions, new: { type: 'boolean' } } });
  const { dataFolder, read } = existingSource({ config: wanted.config, data: wanted.data }, io);
  const latest = wanted.new === true ? await newCheckpoint(dataFolder) : latestCheckpoint(dataFolder);
  if (latest === undefined) throw new AppError('ledger-empty', 'The ledger has no checkpoint yet.');
  io.stdout(
    [
      `record     ${latest.seq}`,
      `hash       ${latest.hash}`,
      `signed at  ${formatZonedRfc3339(latest.atMs, read().timezone)}`,
      `signature  ${latest.signature}`,
      '',
    ].join('\n'),
  );
  return 0;
}

function latestCheckpoint(dataFolder: string): Checkpoint | undefined {
  const archive = openLedgerArchive(databaseIn(dataFolder));
  try {
    return archive.latestCheckpoint();
  } finally {
    archive.close();
  }
}

async function newCheckpoint(dataFolder: string): Promise<Checkpoint | undefined> {
  const store = openSqliteStore(databaseIn(dataFolder));
  try {
    return await makeCheckpoint(store.ledger, loadCollectorKeys(dataFolder).privateKey, systemClock.nowMs());
  } finally {
    await store.close();
  }
}
