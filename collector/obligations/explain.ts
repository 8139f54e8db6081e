import { dayInWords, formatLocalTime } from '../../shared/local-time.ts';
import type { VerdictRow } from '../store/rows.ts';
import type { ReasonText, Rule } from './rule.ts';

const numberFormats = { id: new Intl.NumberFormat('id-ID'), en: new Intl.NumberFormat('en-GB') };

/** Puts a reason into words; a placeholder's value is written according to the unit in its name. */
export function explain(
  reason: ReasonText,
  args: Readonly<Record<string, string | number>>,
  options: { language: 'id' | 'en'; timezone: string; words?: Rule['words'] },
): string {
  const { language, timezone, words } = options;
  return reason[language].replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    if (typeof value === 'string') {
      return words?.[name]?.[value]?.[language] ?? textInWords(name, value, language);
    }
    if (name.endsWith('AtMs')) return formatLocalTime(value, timezone, language);
    const amount = numberFormats[language].format(value);
    return name.endsWith('Bytes') ? `${amount} ${language === 'id' ? 'bita' : 'bytes'}` : amount;
  });
}

function textInWords(name: string, value: string, language: 'id' | 'en'): string {
  if (name.endsWith('Day')) return dayInWords(value, language);
  const isMonth = name === 'month' && /^\d{4}-\d{2}$/.test(value);
  return isMonth ? dayInWords(`${value}-01`, language).replace(/^1 /, '') : value;
}

const waivedWords = {
  id: 'Dikecualikan berdasarkan surat Nomor {waiverNumber}, berlaku sampai dengan {waiverUntil}.',
  en: 'Exempt by letter number {waiverNumber}, until {waiverUntil}.',
} as const;

const returnedWords = {
  id: 'Menjawab kembali sejak {returnedAtMs}, menunggu kestabilan sebelum dinyatakan pulih; gangguan dimulai {sinceAtMs}.',
  en: 'It has answered again since {returnedAtMs} and counts as mended once it is steady; the trouble began {sinceAtMs}.',
} as const;

/** What is wrong in a few words; undefined for a verdict that is no breach, and where the rule has none. */
export function headlineOf(
  { status, reasonCode, reasonArgs }: Pick<VerdictRow, 'status' | 'reasonCode' | 'reasonArgs'>,
  { headlines, words }: Pick<Rule, 'headlines' | 'words'>,
  options: { language: 'id' | 'en'; timezone: string },
): string | undefined {
  const text = status === 'breached' ? headlines?.[reasonCode] : undefined;
  return text && explain(text, reasonArgs, words === undefined ? options : { ...options, words });
}

/** The reason of a verdict in words; a waiver is never named without its number and its end. */
export function explainVerdict(
  verdict: Pick<VerdictRow, 'status' | 'reasonCode' | 'reasonArgs'>,
  rule: Pick<Rule, 'reasons' | 'remarks' | 'words'>,
  options: { language: 'id' | 'en'; timezone: string },
): string {
  const text = 'returnedAtMs' in verdict.reasonArgs ? returnedWords : rule.reasons[verdict.reasonCode];
  const { words } = rule;
  const withWords = words === undefined ? options : { ...options, words };
  const said = text === undefined ? verdict.reasonCode : explain(text, verdict.reasonArgs, withWords);
  const remarks = Object.entries(rule.remarks ?? {}).filter(([name]) => name in verdict.reasonArgs);
  const reason = [said, ...remarks.map(([, remark]) => explain(remark, verdict.reasonArgs, withWords))].join(' ');
  if (verdict.status !== 'waived') return reason;
  const waiverUntil = dayInWords(String(verdict.reasonArgs['waiverUntil']), options.language);
  return `${explain(waivedWords, { ...verdict.reasonArgs, waiverUntil }, options)} ${reason}`;
}
