import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import type { AtEnd } from './programs.ts';
import { type Labels, type PrometheusApi, prometheusApi, type SeriesSamples } from './prometheus-api.ts';
import { type ServedProgram, startServed } from './served-program.ts';

/** The real VictoriaMetrics, single node. */
export interface VictoriaMetrics extends ServedProgram, PrometheusApi {
  remoteWriteUrl: string;
  /** Makes what was written visible to queries at once. */
  flush(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1 with its data in `<folder>/victoria-metrics`. */
export async function startVictoriaMetrics(options: {
  folder: string;
  flags?: readonly string[];
  atEnd?: AtEnd;
}): Promise<VictoriaMetrics> {
  const { folder, flags = [], atEnd } = options;
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const program = await startServed({
    command: () => [
      'victoria-metrics',
      `-storageDataPath=${join(folder, 'victoria-metrics')}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      '-retentionPeriod=10y',
      '-search.latencyOffset=0s',
      '-search.disableCache',
      ...flags,
    ],
    portOf: () => port,
    readyPath: '/health',
    port,
    atEnd,
  });
  const { url } = program;
  return {
    ...program,
    ...prometheusApi(url),
    samples: (selector, fromMs, toMs) => exported(url, selector, fromMs, toMs),
    remoteWriteUrl: `${url}/api/v1/write`,
    async flush() {
      await fetch(`${url}/internal/force_flush`, { signal: AbortSignal.timeout(30_000) });
    },
  };
}

/** Raw samples; a value that JSON has no word for (unknown, a marker of staleness) is NaN. */
async function exported(url: string, selector: string, fromMs: number, toMs: number): Promise<SeriesSamples[]> {
  const range = { start: (fromMs / 1000).toFixed(3), end: (toMs / 1000).toFixed(3) };
  const query = new URLSearchParams({ 'match[]': selector, ...range });
  const response = await fetch(`${url}/api/v1/export?${query.toString()}`, { signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}/api/v1/export answered ${response.status}: ${text}`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const row = JSON.parse(line) as { metric: Labels; values: (number | string | null)[]; timestamps: number[] };
      const samples = row.timestamps.map((atMs, index) => ({ atMs, value: toNumber(row.values[index]) }));
      return { labels: row.metric, samples };
    });
}

function toNumber(value: number | string | null | undefined): number {
  if (typeof value === 'number') return value;
  if (value === 'Infinity' || value === '+Inf') return Infinity;
  return value === '-Infinity' || value === '-Inf' ? -Infinity : Number.NaN;
}
