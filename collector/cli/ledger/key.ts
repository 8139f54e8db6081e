import { publicKeyText } from '../../ledger/public-key.ts';
import { loadCollectorKeys } from '../../data-folder.ts';
import type { CommandIo } from '../command.ts';
import { existingSource } from '../config-source.ts';
import { parse, placeOptions } from './usage.ts';

export async function ledgerKey(args: readonly string[], io: CommandIo): Promise<number> {
  const { config, data } = parse(args, { options: placeOptions }).values;
  const { dataFolder } = existingSource({ config, data }, io);
  io.stdout(publicKeyText(loadCollectorKeys(dataFolder).publicKey));
  return 0;
}
