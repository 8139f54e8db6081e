/** The query API that Prometheus and VictoriaMetrics share. */
export interface PrometheusApi {
  /** An instant query. @param atMs now when left out */
  query(expression: string, atMs?: number): Promise<SeriesValue[]>;
  /** What a chart shows. */
  queryRange(expression: string, fromMs: number, toMs: number, stepSeconds: number): Promise<SeriesSamples[]>;
  /** Samples as they were written, each with its own time; markers of staleness are not told. */
  samples(selector: string, fromMs: number, toMs: number): Promise<SeriesSamples[]>;
  /** Labels of every series that has samples in the range. */
  series(selector: string, fromMs: number, toMs: number): Promise<Labels[]>;
}

/** The name of the metric is the label `__name__`. */
export type Labels = Record<string, string>;

export interface PointInTime {
  atMs: number;
  value: number;
}

export interface SeriesValue extends PointInTime {
  labels: Labels;
}

export interface SeriesSamples {
  labels: Labels;
  samples: PointInTime[];
}

type Pair = [seconds: number, value: string];

export function prometheusApi(url: string): PrometheusApi {
  const matrix = (rows: { metric: Labels; values: Pair[] }[]): SeriesSamples[] =>
    rows.map(({ metric, values }) => ({ labels: metric, samples: values.map(toPoint) }));
  return {
    async query(expression, atMs) {
      const time = atMs === undefined ? {} : { time: seconds(atMs) };
      const data = await ask<Result>(`${url}/api/v1/query`, { query: expression, ...time });
      if (data.resultType === 'scalar') return [{ labels: {}, ...toPoint(data.result as Pair) }];
      const rows = data.result as { metric: Labels; value: Pair }[];
      return rows.map(({ metric, value }) => ({ labels: metric, ...toPoint(value) }));
    },
    async queryRange(expression, fromMs, toMs, stepSeconds) {
      const range = { start: seconds(fromMs), end: seconds(toMs), step: String(stepSeconds) };
      const data = await ask<Result>(`${url}/api/v1/query_range`, { query: expression, ...range });
      return matrix(data.result as { metric: Labels; values: Pair[] }[]);
    },
    async samples(selector, fromMs, toMs) {
      const query = `${selector}[${Math.max(1, toMs - fromMs)}ms]`;
      const data = await ask<Result>(`${url}/api/v1/query`, { query, time: seconds(toMs) });
      return matrix(data.result as { metric: Labels; values: Pair[] }[]);
    },
    series: (selector, fromMs, toMs) =>
      ask<Labels[]>(`${url}/api/v1/series`, { 'match[]': selector, start: seconds(fromMs), end: seconds(toMs) }),
  };
}

interface Result {
  resultType: 'vector' | 'matrix' | 'scalar' | 'string';
  result: unknown;
}

/** One question to an API of Prometheus. @throws Error with the answer's own reason */
export async function ask<Data>(url: string, parameters: Record<string, string> = {}): Promise<Data> {
  const query = Object.keys(parameters).length === 0 ? {} : { method: 'POST', body: new URLSearchParams(parameters) };
  const response = await fetch(url, { ...query, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return (JSON.parse(text) as { data: Data }).data;
}

const seconds = (atMs: number): string => (atMs / 1000).toFixed(3);

function toPoint([atSeconds, text]: Pair): PointInTime {
  return { atMs: Math.round(atSeconds * 1000), value: toNumber(text) };
}

function toNumber(text: string): number {
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}
