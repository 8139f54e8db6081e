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
  const writer = new PbfWriter(new Uint8Array(1024));
  const added = Object.entries(external);
  return (family, labels) => {
    const pairs = new Map<string, string>(added);
    for (const [name, value] of labels) pairs.set(name, value);
    pairs.set('__name__', family);
    writer.pos = 0;
    for (const name of [...pairs.keys()].sort()) {
      const value = pairs.get(name) ?? '';
      if (value !== '') writer.writeMessage(1, writeLabel, { name, value });
    }
    return Buffer.from(writer.buf.buffer, writer.buf.byteOffset, writer.pos).toString('latin1');
  };
}

function writeLabel({ name, value }: { name: string; value: string }, writer: PbfWriter): void {
  writer.writeStringField(1, name);
  writer.writeStringField(2, value);
}
