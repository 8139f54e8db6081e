import { dayInWords, type Language, zoneOffsetMinutes } from '../../../shared/local-time.ts';
import { dayAt } from '../../obligations/backup-history/local-days.ts';
import type { Cell } from '../document.ts';
import { percentInWords } from '../words/numbers.ts';

/** A text in both languages. */
export type Words = Readonly<Record<Language, string>>;

/** Writes texts and amounts as the readers of a report are used to; what is not known is said so, never left empty. */
export interface Scribe {
  language: Language;
  timezone: string;
  text(words: Words): string;
  cell(text: string, colour?: Cell['colour']): Cell;
  count(count: number, colour?: Cell['colour']): Cell;
  /** `99,52%`; the value of the cell is in per cent. */
  percent(ratio: number | undefined, colour?: Cell['colour']): Cell;
  /** In hours with two decimals. */
  hours(seconds: number | undefined, colour?: Cell['colour']): Cell;
  /** In Mbit/s with two decimals, from bytes per second. */
  megabits(bytesPerSecond: number | undefined, colour?: Cell['colour']): Cell;
  /** In MB with one decimal. */
  megabytes(bytes: number | undefined): Cell;
  milliseconds(seconds: number | undefined): Cell;
  /** `17 Agustus 2026 14.30`; the zone stands in the head of the report. */
  moment(atMs: number | undefined, otherwise?: Words): Cell;
  day(day: string): string;
  unknown(): Cell;
}

export const unknownWords: Words = { id: 'tidak diketahui', en: 'unknown' };
const bytesPerMegabit = 125_000;
const minuteMs = 60_000;

export function createScribe(language: Language, timezone: string): Scribe {
  const formats = [0, 1, 2].map(
    (digits) =>
      new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB', {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  );
  const written = (value: number, digits: number) => formats[digits]?.format(value) ?? String(value);
  const unknown = (): Cell => ({ text: unknownWords[language], colour: 'unknown' });
  const withColour = (cell: Cell, colour: Cell['colour']): Cell => (colour === undefined ? cell : { ...cell, colour });
  const amount = (value: number | undefined, digits: number, colour?: Cell['colour']): Cell => {
    if (value === undefined || Number.isNaN(value)) return unknown();
    const rounded = Number(value.toFixed(digits));
    return withColour({ text: written(rounded, digits), number: rounded }, colour);
  };
  const times = (value: number | undefined, factor: number) => (value === undefined ? undefined : value * factor);
  return {
    language,
    timezone,
    text: (words) => words[language],
    cell: (text, colour) => withColour({ text }, colour),
    count: (count, colour) => amount(count, 0, colour),
    percent: (ratio, colour) => {
      if (ratio === undefined || Number.isNaN(ratio)) return unknown();
      const number = Number((ratio * 100).toFixed(4));
      return withColour({ text: percentInWords(ratio, language), number }, colour);
    },
    hours: (seconds, colour) => amount(times(seconds, 1 / 3600), 2, colour),
    megabits: (bytesPerSecond, colour) => amount(times(bytesPerSecond, 1 / bytesPerMegabit), 2, colour),
    megabytes: (bytes) => amount(times(bytes, 1e-6), 1),
    milliseconds: (seconds) => amount(times(seconds, 1000), 1),
    moment: (atMs, otherwise) => {
      if (atMs === undefined) return otherwise === undefined ? unknown() : { text: otherwise[language] };
      return { text: `${dayInWords(dayAt(atMs, timezone), language)} ${clockTime(atMs, timezone, language)}` };
    },
    day: (day) => dayInWords(day, language),
    unknown,
  };
}

function clockTime(atMs: number, timezone: string, language: Language): string {
  const local = new Date(atMs + zoneOffsetMinutes(atMs, timezone) * minuteMs).toISOString();
  const time = local.slice(11, 16);
  return language === 'id' ? time.replace(':', '.') : time;
}
