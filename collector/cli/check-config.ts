import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../shared/clock.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { configJsonSchema } from '../config/json-schema.ts';
import { loadWithNotes } from '../config/load-config.ts';
import type { PantauConfig } from '../config/schema.ts';
import { regulationJsonSchema } from '../obligations/regulation.ts';
import type { Command, CommandIo } from './command.ts';
import { knownNames } from './known-names.ts';

const usage = `Usage: pantau-collector check-config [FILE]
       pantau-collector check-config --json-schema|--regulation-schema

Reads a configuration as "serve" would and says what is wrong with it, each line with its place and remedy.
Of a good one it notes what is allowed and may not be meant.

  FILE             the configuration; as for "serve" ./pantau.yaml or <data>/pantau.yaml when absent, where <data> is
                   $PANTAU_DATA or ./data
  --json-schema    print the JSON Schema of pantau.yaml, for editors
  --regulation-schema
                   print that of a regulation file (regulationFiles), for whoever writes one
  --help           show this text

Exit code: 0 when it is good, with notes or without, 2 when it is not.
`;

export const checkConfig: Command = {
  name: 'check-config',
  summary: 'say what is wrong with a pantau.yaml',
  usage,
  run: async (args, io) => {
    const { file, schema } = readArguments(args);
    if (schema !== undefined) {
      io.stdout(`${JSON.stringify(schema, undefined, 2)}\n`);
      return 0;
    }
    const path = resolve(io.workingFolder, file ?? defaultFile(io));
    const { config, notes } = loadWithNotes(path, { known: knownNames, nowMs: systemClock.nowMs() });
    io.stdout([`OK: ${summarize(config)}`, ...notes.map((note) => `Note: ${note}`), ''].join('\n'));
    return 0;
  },
};

function readArguments(args: readonly string[]): { file: string | undefined; schema: object | undefined } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { 'json-schema': { type: 'boolean' }, 'regulation-schema': { type: 'boolean' } },
      allowPositionals: true,
    });
    if (positionals.length > 1) throw new TypeError(`one file at a time, and these are ${positionals.length}`);
    const ofRegulations = values['regulation-schema'] === true ? regulationJsonSchema : undefined;
    return { file: positionals[0], schema: values['json-schema'] === true ? configJsonSchema() : ofRegulations };
  } catch (cause) {
    throw new AppError('usage', `check-config: ${messageOf(cause)}; see "pantau-collector check-config --help".`, {
      cause,
    });
  }
}

function defaultFile({ env, workingFolder }: CommandIo): string {
  const beside = join(workingFolder, 'pantau.yaml');
  return existsSync(beside) ? beside : join(env['PANTAU_DATA'] ?? 'data', 'pantau.yaml');
}

function summarize({ pemda, perangkatDaerah, regulations, notify, remoteWrite }: PantauConfig): string {
  const siteCount = perangkatDaerah.flatMap((pd) => pd.sites).length;
  const datasetCount = perangkatDaerah.flatMap((pd) => pd.datasets).length;
  return (
    `${pemda.name}: ${counted(perangkatDaerah.length, 'department')}, ${counted(siteCount, 'site')}, ` +
    `${counted(datasetCount, 'dataset')}, ${counted(regulations.length, 'regulation')}, ` +
    counted(notify.length, 'alert channel') +
    (remoteWrite.length === 0
      ? '.'
      : `, ${counted(remoteWrite.length, 'receiver of remote write', 'receivers of remote write')}.`)
  );
}

function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
