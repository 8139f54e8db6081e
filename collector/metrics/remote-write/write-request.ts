import { PbfWriter } from 'pbf';
import { compress } from 'snappyjs';
import type { SeriesName } from './series-name.ts';

/** A sample on its way; `stale` says that the series ends there. */
export interface WrittenSample {
  series: SeriesName;
  atMs: number;
  value: number | 'stale';
}

const fixed64 = 1;
/** The only NaN that Prometheus takes as the end of a series; `setFloat64` would not keep its bits. */
const staleBits = { low: 0x00000002, high: 0x7ff00000 };
/** The NaN that Prometheus itself writes for "not a number". */
const unknownBits = { low: 0x00000001, high: 0x7ff80000 };

/** Grows to the largest request; its bytes are packed before the next one is written. */
const writer = new PbfWriter(new Uint8Array(256 * 1024));

/**
 * A WriteRequest of remote write 1.0, packed as one snappy block
 * (https://prometheus.io/docs/specs/prw/remote_write_spec/): each series once, its samples in the order of time and each
 * moment once.
 */
export function encodeWriteRequest(samples: readonly WrittenSample[]): Uint8Array {
  writer.pos = 0;
  for (const [series, own] of Map.groupBy(samples, (sample) => sample.series)) {
    writer.writeMessage(1, writeSeries, { series, samples: inOrder(own) });
  }
  return compress(writer.buf.subarray(0, writer.pos));
}

function inOrder(samples: readonly WrittenSample[]): readonly WrittenSample[] {
  if (samples.length === 1) return samples;
  const sorted = samples.toSorted((a, b) => a.atMs - b.atMs);
  return sorted.filter(({ atMs }, index) => atMs !== sorted[index - 1]?.atMs);
}

function writeSeries(
  { series, samples }: { series: SeriesName; samples: readonly WrittenSample[] },
  writer: PbfWriter,
): void {
  writer.realloc(series.length);
  const { buf, pos } = writer;
  for (let index = 0; index < series.length; index += 1) buf[pos + index] = series.charCodeAt(index);
  writer.pos += series.length;
  for (const sample of samples) writer.writeMessage(2, writeSample, sample);
}

function writeSample({ atMs, value }: WrittenSample, writer: PbfWriter): void {
  if (value === 'stale' || Number.isNaN(value)) {
    const { low, high } = value === 'stale' ? staleBits : unknownBits;
    writer.writeTag(1, fixed64);
    writer.writeFixed32(low);
    writer.writeFixed32(high);
  } else {
    writer.writeDoubleField(1, value);
  }
  writer.writeVarintField(2, Math.round(atMs));
}
