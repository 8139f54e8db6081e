/** What stands in place of Grafana's variables when an expression is asked of a Prometheus without Grafana. */
export interface FilledWith {
  /** By variable; several values are several chosen, none is "all". */
  variables?: Readonly<Record<string, string | readonly string[]>>;
  rangeSeconds?: number;
  /** Step of a chart. */
  intervalSeconds?: number;
  scrapeIntervalSeconds?: number;
}

/** `$1` is of a regular expression. */
const variable = /\$(?:\{(\w+)(?::(\w+))?\}|([A-Za-z_]\w*))/g;

/** As Grafana fills them in. @throws Error that names a variable that it does not know. */
export function filledExpression(expr: string, filling: FilledWith = {}): string {
  const builtIn = builtInValues(filling);
  return expr.replaceAll(variable, (whole, braced: string | undefined, format: string | undefined, bare?: string) => {
    const name = braced ?? bare ?? '';
    const value = builtIn[name] ?? filling.variables?.[name];
    if (value === undefined) throw new Error(`Nothing fills ${whole} in: ${expr}`);
    return typeof value === 'string' && builtIn[name] !== undefined ? value : chosen(value, format);
  });
}

/** Names of the variables in a text, without Grafana's own. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(variable)]
    .map(([, braced, , bare]) => braced ?? bare ?? '')
    .filter((name) => !name.startsWith('__'));
}

/** What a query variable asks: the series, and the label whose values are offered where it names one. */
export function seriesOfVariable(query: string): { series: string; label?: string } {
  const [, whole] = /^query_result\((.+)\)$/s.exec(query.trim()) ?? [];
  if (whole !== undefined) return { series: whole };
  const [, series, label] = /^label_values\((.+),\s*(\w+)\)$/s.exec(query.trim()) ?? [];
  if (series === undefined || label === undefined) throw new Error(`Neither series nor values of a label: ${query}`);
  return { series, label };
}

function builtInValues({ rangeSeconds = 3600, intervalSeconds = 60, scrapeIntervalSeconds = 15 }: FilledWith) {
  return {
    __range: `${rangeSeconds}s`,
    __range_s: String(rangeSeconds),
    __range_ms: String(rangeSeconds * 1000),
    __interval: `${intervalSeconds}s`,
    __interval_ms: String(intervalSeconds * 1000),
    __rate_interval: `${Math.max(intervalSeconds + scrapeIntervalSeconds, 4 * scrapeIntervalSeconds)}s`,
  } as Readonly<Record<string, string>>;
}

function chosen(value: string | readonly string[], format: string | undefined): string {
  if (format === 'raw' || format === 'text') return typeof value === 'string' ? value : value.join(',');
  if (typeof value === 'string') return format === 'regex' ? escaped(value) : value;
  if (value.length === 0) return '.*';
  return value.length === 1 ? escaped(value[0] ?? '') : `(${value.map(escaped).join('|')})`;
}

/** For a regular expression within a text of PromQL, as Grafana's data source has it. */
function escaped(value: string): string {
  return value.replaceAll(/[.*+?^${}()|[\]\\']/g, String.raw`\\$&`);
}
