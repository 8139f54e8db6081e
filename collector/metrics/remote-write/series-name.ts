import { PbfWriter } from 'pbf';
import type { Sample } from '../family.ts';

/**
 * A series as it is written: its labels as protobuf fields, sorted by name, unique and without empty values, each byte
 * one character. It serves as the key of the series and goes into requests as it is.
 */
export type SeriesName = string;

/** @param external labels of every series; the series' own win. */
export function createSeriesNames(
  external: Readonly<Record<string, string>>,
): (family: string, labels: Sample['labels']) => SeriesName {
  const orders = new Map<string, LabelOrder>();
  return (family, labels) => {
    let order = orders.get(family);
    if (order === undefined || !isOrderOf(order, labels)) {
      order = orderOf(family, labels, external);
      orders.set(family, order);
    }
    let name = '';
    for (const step of order.steps) name += typeof step === 'string' ? step : labelOf(step, labels);
    return name;
  };
}

/** In which order the labels of a family stand, worked out once: all its series have labels of the same names. */
interface LabelOrder {
  names: readonly string[];
  /** What is the same in each series, encoded; or which of the given labels follows. */
  steps: readonly (string | { index: number; name: string })[];
}

function isOrderOf({ names }: LabelOrder, labels: Sample['labels']): boolean {
  return names.length === labels.length && names.every((name, index) => name === labels[index]?.[0]);
}

function orderOf(family: string, labels: Sample['labels'], external: Readonly<Record<string, string>>): LabelOrder {
  const steps = new Map<string, LabelOrder['steps'][number]>();
  for (const [name, value] of Object.entries(external)) steps.set(name, encoded(name, value));
  for (const [index, [name]] of labels.entries()) steps.set(name, { index, name });
  steps.set('__name__', encoded('__name__', family));
  return {
    names: labels.map(([name]) => name),
    steps: [...steps].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, step]) => step),
  };
}

function labelOf({ index, name }: { index: number; name: string }, labels: Sample['labels']): string {
  const value = labels[index]?.[1] ?? '';
  return isShort(name, value) ? shortLabel(name, value) : encoded(name, value);
}

/** Bytes of the fields' heads: tag and length of name and value. */
const headsSizeBytes = 4;
/** A longer length takes more than one byte. */
const shortestLong = 128;
// oxlint-disable-next-line no-control-regex -- every character that is one byte
const ascii = /^[\u0000-\u007f]+$/;

const isShort = (name: string, value: string): boolean =>
  name.length + value.length + headsSizeBytes < shortestLong && ascii.test(value);

/** The same as `encoded`, several times as fast; nearly every label is short. */
function shortLabel(name: string, value: string): string {
  const length = String.fromCharCode(name.length + value.length + headsSizeBytes);
  return `\n${length}\n${String.fromCharCode(name.length)}${name}\u0012${String.fromCharCode(value.length)}${value}`;
}

function encoded(name: string, value: string): string {
  if (value === '') return '';
  const writer = new PbfWriter(new Uint8Array(256));
  writer.writeMessage(1, writeLabel, { name, value });
  return Buffer.from(writer.finish()).toString('latin1');
}

function writeLabel({ name, value }: { name: string; value: string }, writer: PbfWriter): void {
  writer.writeStringField(1, name);
  writer.writeStringField(2, value);
}
