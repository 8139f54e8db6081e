/**
 * What a Nagios plugin prints, as its API says: `TEXT | 'label'=value[UOM];warn;crit;min;max …`, then lines of long text
 * with possibly more performance data behind a second `|`. Whatever does not fit the grammar is passed over.
 */
export interface PluginOutput {
  /** The first line up to the `|`. */
  summary: string;
  performance: PerformanceValue[];
}

export interface PerformanceValue {
  label: string;
  /** Undefined for `U`: the plugin could not tell. */
  value: number | undefined;
  /** `s`, `ms`, `%`, `B`, `KiB`, `c` …; empty when there is none. */
  unit: string;
  warning?: AlertRange;
  critical?: AlertRange;
  minimum?: number;
  maximum?: number;
}

/** `start:end`; open ends are infinite. An alert is a value outside, or with `@` one inside, ends included. */
export interface AlertRange {
  start: number;
  end: number;
  isInside: boolean;
}

const maxValueCount = 64;
const maxLabelLength = 256;
const number = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?';
const wholeNumber = new RegExp(`^${number}$`);
const quantity = new RegExp(`^(${number}|U)([^\\d.;\\s'"=+-][^\\d;\\s'"=]{0,15})?$`);

export function parsePluginOutput(stdout: string): PluginOutput {
  const [first = '', ...rest] = stdout.split('\n').map((line) => line.replace(/\r$/, ''));
  const [summary, performance] = cutAtPipe(first);
  // Behind the long text's own `|` everything to the end is performance data.
  const [, more] = cutAtPipe(rest.join('\n'));
  return { summary: summary.trim(), performance: parsePerformance(`${performance} ${more}`) };
}

/** @param text items separated by white space. */
export function parsePerformance(text: string): PerformanceValue[] {
  const values: PerformanceValue[] = [];
  for (let at = 0; at < text.length && values.length < maxValueCount;) {
    at = skip(text, at, isSpace);
    const { label, next } = readLabel(text, at);
    const end = skip(text, next, (character) => !isSpace(character));
    const value = label === undefined ? undefined : readValue(label, text.slice(next + 1, end));
    if (value !== undefined) values.push(value);
    at = Math.max(end, at + 1);
  }
  return values;
}

/** @returns undefined for what is no range; an empty text is none. */
export function parseRange(text: string): AlertRange | undefined {
  const isInside = text.startsWith('@');
  const [first = '', second, ...others] = (isInside ? text.slice(1) : text).split(':');
  if (others.length > 0) return undefined;
  // A single number is the end; the start is 0 then.
  const [startText, endText] = second === undefined ? ['0', first] : [first === '' ? '0' : first, second];
  const start = startText === '~' ? -Infinity : numberOf(startText);
  const end = endText === '' && second !== undefined ? Infinity : numberOf(endText);
  return start === undefined || end === undefined || start > end ? undefined : { start, end, isInside };
}

/** Seconds; undefined when the value is no time. A value without a unit counts as seconds. */
export function secondsOf({ value, unit }: PerformanceValue): number | undefined {
  const factors: Readonly<Record<string, number>> = { '': 1, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };
  return scaled(value, Object.hasOwn(factors, unit) ? factors[unit] : undefined);
}

/** Bytes; undefined when the value is no size. KB is 1000 and KiB 1024 bytes. A value without a unit counts as bytes. */
export function bytesOf({ value, unit }: PerformanceValue): number | undefined {
  const match = /^(?:([kmgtpe])(i?))?b?$/i.exec(unit);
  if (match === null) return undefined;
  const [, prefix = '', binary = ''] = match;
  const power = prefix === '' ? 0 : 'kmgtpe'.indexOf(prefix.toLowerCase()) + 1;
  return scaled(value, (binary === '' ? 1000 : 1024) ** power);
}

function scaled(value: number | undefined, factor: number | undefined): number | undefined {
  if (value === undefined || factor === undefined) return undefined;
  const result = value * factor;
  return Number.isFinite(result) ? result : undefined;
}

/** `'a label'` with `''` for a quote in it, or a word without `=` and `'`; `next` is the place of the `=` behind it. */
function readLabel(text: string, from: number): { label?: string; next: number } {
  if (text[from] !== "'") {
    const next = skip(text, from, (character) => character !== '=' && character !== "'" && !isSpace(character));
    return withLabel(text, next, text.slice(from, next));
  }
  let label = '';
  for (let at = from + 1; ;) {
    const quote = text.indexOf("'", at);
    if (quote === -1) return { next: text.length };
    label += text.slice(at, quote);
    if (text[quote + 1] !== "'") return withLabel(text, quote + 1, label);
    label += "'";
    at = quote + 2;
  }
}

function withLabel(text: string, next: number, label: string): { label?: string; next: number } {
  const isLabel = text[next] === '=' && label !== '' && label.length <= maxLabelLength;
  return isLabel ? { label, next } : { next };
}

function readValue(label: string, text: string): PerformanceValue | undefined {
  const [first = '', warning = '', critical = '', minimum = '', maximum = '', ...others] = text.split(';');
  const match = quantity.exec(first);
  // One more `;` at the end is common.
  if (match === null || others.some((other) => other !== '')) return undefined;
  const [, digits = '', unit = ''] = match;
  const value = digits === 'U' ? undefined : numberOf(digits);
  if (digits !== 'U' && value === undefined) return undefined;
  return {
    label,
    value,
    unit,
    ...optional('warning', parseRange(warning)),
    ...optional('critical', parseRange(critical)),
    ...optional('minimum', numberOf(minimum)),
    ...optional('maximum', numberOf(maximum)),
  };
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]: Value });
}

function numberOf(text: string): number | undefined {
  if (!wholeNumber.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function cutAtPipe(text: string): [before: string, after: string] {
  const pipe = text.indexOf('|');
  return pipe === -1 ? [text, ''] : [text.slice(0, pipe), text.slice(pipe + 1)];
}

function skip(text: string, from: number, test: (character: string) => boolean): number {
  let at = from;
  while (at < text.length && test(text[at] ?? '')) at += 1;
  return at;
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
