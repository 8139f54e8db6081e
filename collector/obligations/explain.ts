import { formatLocalTime } from '../../shared/local-time.ts';
import type { ReasonText } from './rule.ts';

const numberFormats = { id: new Intl.NumberFormat('id-ID'), en: new Intl.NumberFormat('en-GB') };

/** Puts a reason into words; a placeholder's value is written according to the unit in its name. */
export function explain(
  reason: ReasonText,
  args: Readonly<Record<string, string | number>>,
  options: { language: 'id' | 'en'; timezone: string },
): string {
  const { language, timezone } = options;
  return reason[language].replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    if (typeof value === 'string') return value;
    if (name.endsWith('AtMs')) return formatLocalTime(value, timezone, language);
    const amount = numberFormats[language].format(value);
    return name.endsWith('Bytes') ? `${amount} ${language === 'id' ? 'bita' : 'bytes'}` : amount;
  });
}
