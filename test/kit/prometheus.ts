import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AtEnd } from './programs.ts';
import { ask, type Labels, type PrometheusApi, prometheusApi } from './prometheus-api.ts';
import { type ServedProgram, startServed } from './served-program.ts';

/** The real Prometheus. */
export interface Prometheus extends ServedProgram, PrometheusApi {
  /** Where to write to; answers 404 unless it was started with `remoteWrite`. */
  remoteWriteUrl: string;
  targets(): Promise<Target[]>;
  rules(): Promise<RuleGroup[]>;
  alerts(): Promise<Alert[]>;
  /** Reads a new configuration. @throws Error with its reason when it does not like it */
  reload(config: string): Promise<void>;
}

export interface Target {
  labels: Labels;
  scrapeUrl: string;
  health: 'up' | 'down' | 'unknown';
  lastError: string;
  lastScrapeDuration: number;
}

export interface RuleGroup {
  name: string;
  rules: { name: string; type: 'alerting' | 'recording'; health: string; lastError?: string; query: string }[];
}

export interface Alert {
  labels: Labels;
  annotations: Labels;
  state: 'pending' | 'firing';
}

export interface PrometheusOptions {
  /** A folder of the caller's; it is where the configuration looks for relative paths, e.g. of `rule_files`. */
  folder: string;
  /** Text of prometheus.yml; without it nothing is scraped, and late samples of 30 days are taken. */
  config?: string;
  /** Whether it takes remote write. */
  remoteWrite?: boolean;
  flags?: readonly string[];
  atEnd?: AtEnd;
}

/** Takes what is written late, as README tells those who write history to. */
export const historyConfig = 'storage: {tsdb: {out_of_order_time_window: 30d}}\n';

/** Starts it on a free port of 127.0.0.1 with its data in `<folder>/prometheus`; a folder with data is continued. */
export async function startPrometheus(options: PrometheusOptions): Promise<Prometheus> {
  const { folder, config = historyConfig, remoteWrite = false, flags = [], atEnd } = options;
  const configFile = join(folder, 'prometheus.yml');
  mkdirSync(folder, { recursive: true });
  writeFileSync(configFile, config);
  const program = await startServed({
    command: (port) => [
      'prometheus',
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-lifecycle',
      '--web.enable-admin-api',
      ...(remoteWrite ? ['--web.enable-remote-write-receiver'] : []),
      ...flags,
    ],
    portOf: listeningPort,
    readyPath: '/-/ready',
    atEnd,
  });
  const { url } = program;
  return {
    ...program,
    ...prometheusApi(url),
    remoteWriteUrl: `${url}/api/v1/write`,
    targets: async () => (await ask<{ activeTargets: Target[] }>(`${url}/api/v1/targets`)).activeTargets,
    rules: async () => (await ask<{ groups: RuleGroup[] }>(`${url}/api/v1/rules`)).groups,
    alerts: async () => (await ask<{ alerts: Alert[] }>(`${url}/api/v1/alerts`)).alerts,
    async reload(text) {
      writeFileSync(configFile, text);
      const response = await fetch(`${url}/-/reload`, { method: 'POST' });
      if (!response.ok) throw new Error(`the configuration was not taken: ${await response.text()}`);
    },
  };
}

/** The port in a line of Prometheus' own or Alertmanager's: `msg="Listening on" address=127.0.0.1:35579`. */
export function listeningPort(output: string): number | undefined {
  const port = /"Listening on" address=\S+:(\d+)/.exec(output)?.[1];
  return port === undefined ? undefined : Number(port);
}
