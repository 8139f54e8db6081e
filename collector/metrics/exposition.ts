import { isFresh } from '../facts/node-facts.ts';
import type { MetricFamily, Sample } from './family.ts';
import { type FleetView, isShown } from './fleet-view.ts';

export function escapeLabel(value: string): string {
  if (!/[\\"\n]/.test(value)) return value;
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}

/** Label pairs as they stand between the braces, from the one at `start` on. */
export function labelText(labels: Sample['labels'], start = 0): string {
  let text = '';
  for (let place = start; place < labels.length; place += 1) {
    const [name = '', value = ''] = labels[place] ?? [];
    text += `${text === '' ? '' : ','}${name}="${escapeLabel(value)}"`;
  }
  return text;
}

/** One line of a page (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export function formatSample(name: string, { labels, value }: Sample): string {
  return `${seriesText(name, labels)} ${formatValue(value)}\n`;
}

export function seriesText(name: string, labels: Sample['labels']): string {
  return labels.length === 0 ? name : `${name}{${labelText(labels)}}`;
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
  for (const agent of view.fleet.agents()) {
    if (isShown(agent)) yield* family.samples(agent, isFresh(agent, view.nowMs));
  }
}
