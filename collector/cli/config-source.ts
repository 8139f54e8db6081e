import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { defaultConfigText } from '../config/default-config.ts';
import { loadConfig } from '../config/load-config.ts';
import type { PantauConfig } from '../config/schema.ts';
import { prepareDataFolder } from '../data-folder.ts';
import type { CommandIo } from './command.ts';
import { knownNames } from './known-names.ts';

export interface ConfigSource {
  dataFolder: string;
  /** Absolute path of the file that was read. */
  path: string;
  /** True when there was none and the example was written. */
  written: boolean;
  read(): PantauConfig;
}

/** Where data and configuration are: `--data`, else PANTAU_DATA, else `./data`; `--config`, else `<data>/pantau.yaml`. */
export function configSource(
  options: { data: string | undefined; config: string | undefined },
  io: Pick<CommandIo, 'env' | 'workingFolder'>,
): ConfigSource {
  const dataFolder = resolve(io.workingFolder, options.data ?? io.env['PANTAU_DATA'] ?? 'data');
  const beside = join(io.workingFolder, 'pantau.yaml');
  const own = join(dataFolder, 'pantau.yaml');
  const named = options.config === undefined ? undefined : resolve(io.workingFolder, options.config);
  const path = named ?? (existsSync(beside) ? beside : own);
  const written = named === undefined && !existsSync(path);
  if (written) {
    prepareDataFolder(dataFolder);
    writeFileAtomically(path, defaultConfigText(dataFolder), 0o644);
    // The folders that the example watches, so that trying it takes two commands.
    for (const folder of ['contoh-cadangan', join('brankas', 'diskominfo', 'contoh')]) {
      mkdirSync(join(dataFolder, folder), { recursive: true });
    }
  }
  return { dataFolder, path, written, read: () => loadConfig(path, knownNames) };
}
