import type { SourceSettings } from '../backup-source.ts';
import { readSourceSettings } from '../tools/tool-settings.ts';
import { stanzaPattern } from '../../../shared/backup-settings/patterns.ts';

export interface PgbackrestConfig {
  stanza: string;
  configFile?: string;
  repo?: number;
  lookEverySeconds: number;
}

/** The stanza becomes part of paths: no slash, and no dot or dash at its beginning. */
const usualLookEverySeconds = 300;

/** @throws AppError `invalid-source-settings`. */
export function parsePgbackrestSettings(settings: SourceSettings): PgbackrestConfig {
  const read = readSourceSettings(settings, ['stanza', 'configFile', 'repo', 'lookEverySeconds']);
  const form = 'the name of a stanza, letters, digits and . _ - only';
  const stanza = read.text('stanza', form, stanzaPattern);
  if (stanza === undefined) throw read.fail('stanza', `must be ${form}`);
  const configFile = read.path('configFile');
  const repo = read.wholeNumber('repo', { minimum: 1, maximum: 256 });
  return {
    stanza,
    ...(configFile === undefined ? {} : { configFile }),
    ...(repo === undefined ? {} : { repo }),
    lookEverySeconds: read.lookEverySeconds(usualLookEverySeconds),
  };
}
