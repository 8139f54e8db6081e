/** One sample: label pairs in their final order, and the value. NaN says "unknown" (promise 3). */
export interface Sample {
  labels: readonly (readonly [name: string, value: string])[];
  value: number;
}

/** A family of the Prometheus text format 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export interface Family<View> {
  name: string;
  type: 'gauge' | 'counter';
  help: string;
  /** Samples of one turn's worth each, so that a large fleet never blocks the process for long. */
  samples(view: View): Iterable<Sample>;
}

export function escapeLabel(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`);
}

export function formatSample(name: string, { labels, value }: Sample): string {
  const pairs = labels.map(([label, text]) => `${label}="${escapeLabel(text)}"`).join(',');
  return `${name}${pairs === '' ? '' : `{${pairs}}`} ${formatValue(value)}\n`;
}

function formatValue(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}

const samplesPerChunk = 2000;

/** The whole page in pieces; a family without samples is left out. A sample that repeats one's labels is dropped. */
export function* renderFamilies<View>(families: readonly Family<View>[], view: View): Generator<string> {
  for (const family of families) {
    let chunk = `# HELP ${family.name} ${escapeHelp(family.help)}\n# TYPE ${family.name} ${family.type}\n`;
    let count = 0;
    const seen = new Set<string>();
    for (const sample of family.samples(view)) {
      const line = formatSample(family.name, sample);
      const series = line.slice(0, line.lastIndexOf(' '));
      if (seen.has(series)) continue;
      seen.add(series);
      chunk += line;
      count += 1;
      if (count % samplesPerChunk === 0) {
        yield chunk;
        chunk = '';
      }
    }
    if (count > 0 && chunk !== '') yield chunk;
  }
}
