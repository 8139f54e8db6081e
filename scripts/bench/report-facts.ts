import type { Report } from '../../shared/report-schema.ts';

/** One number of a report, as a time-series database or a push gateway takes it. */
export interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** Every number that a report states, about forty for a typical server, so that peers are fed the same facts. */
export function samplesOf(report: Report, own: Readonly<Record<string, string>>): Sample[] {
  const samples: Sample[] = [];
  const add = (part: string, object: object, labels: Readonly<Record<string, string>> = {}): void => {
    for (const [name, value] of Object.entries(object)) {
      if (typeof value !== 'number' && typeof value !== 'boolean') continue;
      samples.push({ name: `pantau_${part}_${snakeCase(name)}`, labels: { ...own, ...labels }, value: Number(value) });
    }
  };
  add('report', { seq: report.seq, intervalSeconds: report.intervalSeconds });
  add('host', { uptimeSeconds: report.host.uptimeSeconds, bootedAt: Date.parse(report.host.bootedAt) / 1000 });
  add('cpu', report.cpu ?? {});
  add('memory', report.memory ?? {});
  for (const { mount, ...rest } of report.filesystems ?? []) add('filesystem', rest, { mount });
  for (const { name, ...rest } of report.interfaces ?? []) add('interface', rest, { interface: name });
  for (const { name, layer, state, ...rest } of report.probes ?? []) {
    add('probe', { ...rest, up: state === 'up' }, { probe: name, layer });
  }
  add('spool', report.spool);
  return samples;
}

/** Prometheus' text format without types, which a push gateway takes as they are. */
export function expositionText(samples: readonly Sample[]): string {
  return samples.map(({ name, labels, value }) => `${name}{${labelText(labels)}} ${value}\n`).join('');
}

export interface TimedSamples {
  atMs: number;
  samples: readonly Sample[];
}

/** The same with times, for `/api/v1/import/prometheus`. */
export function timedExpositionText(rounds: readonly TimedSamples[]): string {
  const lines = rounds.flatMap(({ atMs, samples }) =>
    samples.map(({ name, labels, value }) => `${name}{${labelText(labels)}} ${value} ${atMs}\n`),
  );
  return lines.join('');
}

/** One line of JSON for each series with all its values, for `/api/v1/import`. */
export function importLines(rounds: readonly TimedSamples[]): string {
  const series = new Map<string, { metric: Record<string, string>; values: number[]; timestamps: number[] }>();
  for (const { atMs, samples } of rounds) {
    for (const { name, labels, value } of samples) {
      const key = `${name}{${labelText(labels)}}`;
      const found = series.get(key) ?? { metric: { __name__: name, ...labels }, values: [], timestamps: [] };
      found.values.push(value);
      found.timestamps.push(atMs);
      series.set(key, found);
    }
  }
  return [...series.values()].map((each) => `${JSON.stringify(each)}\n`).join('');
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',');
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
