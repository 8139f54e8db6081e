import { publicKeyText } from '../../ledger/public-key.ts';
import { loadCollectorKeys } from '../../data-folder.ts';
import type { CommandIo } from '../command.ts';
import { existingSource } from '../config-source.ts';
import { placeOptions, readOptions } from './usage.ts';

export async function ledgerKey(args: readonly string[], io: CommandIo): Promise<number> {
  const { config, data } = readOptions(args, placeOptions);
  const { dataFolder } = existingSource({ config, data }, io);
  io.stdout(publicKeyText(loadCollectorKeys(dataFolder).publicKey));
  return 0;
}
