import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listeningPort } from './prometheus.ts';
import type { Labels } from './prometheus-api.ts';
import type { AtEnd } from './programs.ts';
import { type ServedProgram, startServed } from './served-program.ts';

/** The real Alertmanager. */
export interface Alertmanager extends ServedProgram {
  alerts(): Promise<HeldAlert[]>;
  groups(): Promise<AlertGroup[]>;
  /** Gives it alerts, as Prometheus would. */
  post(alerts: readonly PostedAlert[]): Promise<void>;
}

export interface HeldAlert {
  fingerprint: string;
  labels: Labels;
  annotations: Labels;
  receivers: { name: string }[];
  status: { state: 'active' | 'suppressed' | 'unprocessed'; inhibitedBy: string[]; silencedBy: string[] };
  startsAt: string;
  endsAt: string;
}

export interface AlertGroup {
  labels: Labels;
  receiver: { name: string };
  alerts: HeldAlert[];
}

export interface PostedAlert {
  labels: Labels;
  annotations?: Labels;
  startsAt?: string;
  /** In the past: it is resolved. */
  endsAt?: string;
}

/** Starts it alone (no cluster) on a free port of 127.0.0.1 with its data in `<folder>/alertmanager`. */
export async function startAlertmanager(options: {
  folder: string;
  /** Text of alertmanager.yml. */
  config: string;
  flags?: readonly string[];
  atEnd?: AtEnd;
}): Promise<Alertmanager> {
  const { folder, config, flags = [], atEnd } = options;
  const configFile = join(folder, 'alertmanager.yml');
  mkdirSync(folder, { recursive: true });
  writeFileSync(configFile, config);
  const program = await startServed({
    command: (port) => [
      'prometheus-alertmanager',
      `--config.file=${configFile}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
      ...flags,
    ],
    portOf: listeningPort,
    readyPath: '/-/ready',
    atEnd,
  });
  const api = `${program.url}/api/v2`;
  return {
    ...program,
    alerts: () => request<HeldAlert[]>(`${api}/alerts`),
    groups: () => request<AlertGroup[]>(`${api}/alerts/groups`),
    async post(alerts) {
      const headers = { 'content-type': 'application/json' };
      await request(`${api}/alerts`, { method: 'POST', headers, body: JSON.stringify(alerts) });
    },
  };
}

async function request<Data>(url: string, init: RequestInit = {}): Promise<Data> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return JSON.parse(text === '' ? 'null' : text) as Data;
}
