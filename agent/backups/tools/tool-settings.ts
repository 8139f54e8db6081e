import { isAbsolute } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { SourceSettings } from '../backup-source.ts';
import { absolutePathPattern, lookEveryLimits, settingTextPattern } from '../../../shared/backup-settings/patterns.ts';

interface Limits {
  readonly minimum: number;
  readonly maximum: number;
}

export interface SettingsReader {
  /** @param form what it must be, as the end of a sentence: `must be …`. */
  text(name: string, form: string, pattern?: string): string | undefined;
  path(name: string): string | undefined;
  wholeNumber(name: string, limits: Limits, unit?: string): number | undefined;
  lookEverySeconds(usualSeconds: number): number;
  /** For what only this source knows to be wrong. */
  fail(name: string, problem: string): AppError;
}

/**
 * Reads the free-form settings of a source.
 * @throws AppError `invalid-source-settings` for a setting that the source does not know; so do the reader's functions.
 */
export function readSourceSettings(settings: SourceSettings, known: readonly string[]): SettingsReader {
  const { kind, ...values } = settings as Record<string, string | number | boolean>;
  const fail = (field: string, problem: string) =>
    new AppError('invalid-source-settings', `source.${field} ${problem}`, { field: `/source/${field}` });
  const other = Object.keys(values).find((name) => !known.includes(name));
  if (other !== undefined) {
    throw fail(other, `is not a setting of the source "${String(kind)}"; it knows ${known.join(', ')}`);
  }
  const text: SettingsReader['text'] = (name, form, pattern = settingTextPattern) => {
    const value = values[name];
    if (value === undefined) return undefined;
    if (typeof value === 'string' && new RegExp(pattern, 'u').test(value)) return value;
    throw fail(name, `must be ${form}`);
  };
  const wholeNumber: SettingsReader['wholeNumber'] = (name, { minimum, maximum }, unit = '') => {
    const value = values[name];
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
    throw fail(name, `must be a whole number${unit} from ${minimum} to ${maximum}`);
  };
  return {
    fail,
    text,
    path(name) {
      const form = `an absolute path, say /etc/pantau/${name}`;
      const value = text(name, form, absolutePathPattern);
      if (value !== undefined && !isAbsolute(value)) throw fail(name, `must be ${form}`);
      return value;
    },
    wholeNumber,
    lookEverySeconds: (usualSeconds) => wholeNumber('lookEverySeconds', lookEveryLimits, ' of seconds') ?? usualSeconds,
  };
}
