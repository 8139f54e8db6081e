import type { Language } from '../../../shared/local-time.ts';

/** A number as people write it: `1.234,5`, `1,234.5`. @param digits after the comma at most */
export function numberInWords(value: number, language: Language, digits = 1): string {
  return formatterOf(language, 0, digits).format(value);
}

/**
 * A share in percent: `99,52%`. What is not quite whole is never rounded up to 100%, nor what is not quite nothing down
 * to 0%: who reads "100%" of an availability believes that nothing happened.
 */
export function percentInWords(ratio: number, language: Language, digits = 2): string {
  const step = 10 ** -digits;
  const percent = ratio * 100;
  let shown = percent;
  if (percent < 100 && percent > 100 - step) shown = 100 - step;
  if (percent > 0 && percent < step) shown = step;
  const isWhole = Number.isInteger(percent);
  return `${formatterOf(language, isWhole ? 0 : digits, digits).format(shown)}%`;
}

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** A size with three digits that matter, in steps of 1000: `1,23 GB`. */
export function sizeInWords(sizeBytes: number, language: Language): string {
  const power = sizeBytes < 1000 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(sizeBytes) / 3));
  const value = sizeBytes / 1000 ** power;
  const digits = power === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${numberInWords(value, language, digits)} ${byteUnits[power]}`;
}

/** `12,4 Mbps` @param bitsPerSecond of a link */
export function bandwidthInWords(bitsPerSecond: number, language: Language): string {
  const megabits = bitsPerSecond / 1_000_000;
  return `${numberInWords(megabits, language, megabits < 10 ? 2 : 1)} Mbps`;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(language: Language, least: number, most: number): Intl.NumberFormat {
  const key = `${language} ${least} ${most}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    const options = { minimumFractionDigits: least, maximumFractionDigits: most };
    formatter = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB', options);
    formatters.set(key, formatter);
  }
  return formatter;
}
