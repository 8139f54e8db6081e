import { dayInWords, formatLocalTime, type Language } from '../../../shared/local-time.ts';
import type { Grade, VerdictStatus } from '../../../shared/states.ts';
import { gradeWords } from './grade-reason.ts';
import { recordText } from './record-text.ts';
import type { Why } from './schema.ts';
import { whyWords } from './words.ts';

export interface TextOptions {
  language: Language;
  timezone: string;
}

/** A line of a section; undefined or empty ones are left out. */
type Row = [label: string, value: string | null | undefined];

/** The chain as people read it on a terminal or on paper, in one language. */
export function whyText(why: Why, options: TextOptions): string {
  const { language } = options;
  const words = whyWords[language];
  const time = (at: string | null) =>
    at === null ? null : formatLocalTime(Date.parse(at), options.timezone, language);
  const sections = [
    [why.law.duty, `${why.obligation} | ${why.subject}`],
    section(words.law, [
      ['', `${why.law.citation} ${why.law.title}`],
      [words.summary, why.law.summary],
      [words.binds, why.law.party.name],
      [words.verb, verbOf(why, language)],
      [words.related, why.law.related.join('; ')],
      [words.note, why.law.note],
    ]),
    section(words.rule, [
      ['', `${why.rule.name}: ${why.rule.docs}`],
      [words.satisfiedBy, why.rule.satisfiedBy],
    ]),
    section(`${words.params} (${words.now})`, paramRows(why, language)),
    section(words.facts, [
      ['', why.facts.reason],
      ...why.facts.values.map(({ name, text }): Row => [name, text]),
      [words.sites, why.facts.sites.join(', ')],
    ]),
    section(words.records, recordRows(why, options)),
    section(words.verdict, [
      [words.status, words.statuses[why.verdict.status as VerdictStatus]],
      [words.grade, gradeOf(why.verdict.grade, language)],
      [words.gradeReason, why.verdict.gradeReason],
      [words.since, time(why.verdict.since)],
      [words.judgedAt, time(why.verdict.judgedAt)],
      [words.owner, why.verdict.owner],
      [words.waiver, waiverOf(why, language)],
      [words.heldBack, why.verdict.heldBackBy],
      [words.incident, why.verdict.incident],
    ]),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section(heading: string, rows: readonly Row[]): string[] {
  const shown = rows.filter((row): row is [string, string] => row[1] !== null && row[1] !== undefined && row[1] !== '');
  const width = Math.max(0, ...shown.map(([label]) => label.length));
  const lines = shown.map(([label, value]) =>
    label === '' ? `  ${oneLine(value)}` : `  ${label.padEnd(width)} : ${oneLine(value)}`,
  );
  return [heading, ...lines];
}

/** What people entered and machines told must not move the reader's terminal. */
function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ');
}

function gradeOf(grade: string | null, language: Language): string | null {
  return grade === null ? null : gradeWords[grade as Grade][language];
}

function verbOf({ law, verdict }: Why, language: Language): string {
  const words = whyWords[language];
  const duty = verdict.dutyAllows === null ? '' : `, ${words.dutyAtMost} ${gradeOf(verdict.dutyAllows, language)}`;
  return `${law.modality} (${words.atMost} ${gradeOf(verdict.verbAllows, language)}${duty})`;
}

function paramRows({ params }: Why, language: Language): Row[] {
  const words = whyWords[language];
  if (params.length === 0) return [['', words.noParams]];
  return params.map(({ name, value, source, basis, default: usual, docs }): Row => {
    const from = basis === null ? words.sources[source] : `${words.sources[source]}, ${basis}`;
    const instead = source === 'default' || usual === null || usual === value ? '' : `; ${words.default} ${usual}`;
    return [name, `${value} (${from}${instead}). ${docs}`];
  });
}

function recordRows({ records }: Why, options: TextOptions): Row[] {
  if (records.length === 0) return [['', whyWords[options.language].noRecords]];
  return records.map((record): Row => ['', `- ${recordText(record, options)}`]);
}

function waiverOf({ verdict: { waiver } }: Why, language: Language): string | null {
  if (waiver === null) return null;
  const until = dayInWords(waiver.until, language);
  return language === 'id'
    ? `surat Nomor ${waiver.number}, sampai dengan ${until}`
    : `letter ${waiver.number}, until ${until}`;
}
