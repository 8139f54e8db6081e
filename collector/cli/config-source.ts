import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeFileAtomically } from '../../shared/atomic-file.ts';
import { AppError } from '../../shared/errors.ts';
import { defaultConfigText } from '../config/default-config.ts';
import { loadConfig } from '../config/load-config.ts';
import type { PantauConfig } from '../config/schema.ts';
import { findDataFolder, prepareDataFolder } from '../data-folder.ts';
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

interface SourceOptions {
  data: string | undefined;
  config: string | undefined;
}

type Surroundings = Pick<CommandIo, 'env' | 'workingFolder'>;

/**
 * Where data and configuration are: `--data`, else PANTAU_DATA, else `./data`; `--config`, else `./pantau.yaml`, else
 * `<data>/pantau.yaml`, which is written with an example when there is none.
 */
export function configSource(options: SourceOptions, io: Surroundings): ConfigSource {
  const { dataFolder, path } = placesOf(options, io);
  const written = options.config === undefined && !existsSync(path);
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

/**
 * The same places for commands that work on the data of a collector, who make nothing: what is written into a folder of
 * no collector, such as a token, would be of use to nobody.
 * @throws AppError `data-folder` or `bad-config` when a collector has not been started there.
 */
export function existingSource(options: SourceOptions, io: Surroundings): Omit<ConfigSource, 'written'> {
  const { dataFolder, path } = placesOf(options, io);
  findDataFolder(dataFolder);
  if (options.config === undefined && !existsSync(path)) {
    const message = `There is no configuration at ${path}; name that of the collector with --config FILE.`;
    throw new AppError('bad-config', message);
  }
  return { dataFolder, path, read: () => loadConfig(path, knownNames) };
}

function placesOf({ data, config }: SourceOptions, { env, workingFolder }: Surroundings) {
  const dataFolder = resolve(workingFolder, data ?? env['PANTAU_DATA'] ?? 'data');
  if (config !== undefined) return { dataFolder, path: resolve(workingFolder, config) };
  const beside = join(workingFolder, 'pantau.yaml');
  return { dataFolder, path: existsSync(beside) ? beside : join(dataFolder, 'pantau.yaml') };
}
