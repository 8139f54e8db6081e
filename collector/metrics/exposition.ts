import { isFresh } from '../facts/node-facts.ts';
import type { MetricFamily, Sample } from './family.ts';
import type { FleetView } from './fleet-view.ts';
import { headOf, type PageFormat } from './page-format.ts';

export function escapeLabel(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}

/** One line of a page (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export function formatSample(name: string, { labels, value }: Sample): string {
  const pairs = labels.map(([label, text]) => `${label}="${escapeLabel(text)}"`).join(',');
  return `${name}${pairs === '' ? '' : `{${pairs}}`} ${formatValue(value)}\n`;
}

export function formatValue(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}

/** What a family shows now. */
export function* samplesOf(family: MetricFamily, view: FleetView): Generator<Sample> {
  if (family.of === 'fleet') {
    yield* family.samples(view);
    return;
  }
  for (const agent of view.fleet.agents()) yield* family.samples(agent, isFresh(agent, view.nowMs));
}

const samplesPerChunk = 2000;

/** The whole page in pieces; a family without samples is left out. A sample that repeats one's labels is dropped. */
export function* renderFamilies(
  families: readonly MetricFamily[],
  view: FleetView,
  format: PageFormat = 'text',
): Generator<string> {
  for (const family of families) {
    let chunk = headOf(family, format);
    let count = 0;
    const seen = new Set<string>();
    for (const sample of samplesOf(family, view)) {
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
