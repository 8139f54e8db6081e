import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PbfReader } from 'pbf';
import { uncompress } from 'snappyjs';
import { onTestFinished } from 'vitest';

/** A sample as a receiver got it; `stale` is the NaN that ends a series. */
export interface ReceivedSample {
  /** `name{label="value",…}`, in the order in which the labels came. */
  series: string;
  atMs: number;
  value: number | 'stale';
}

export interface ReceivedWrite {
  headers: IncomingHttpHeaders;
  samples: ReceivedSample[];
}

interface Answer {
  status: number | 'never';
  headers?: Record<string, string>;
  body?: string;
}

export interface RemoteWritePeer {
  url: string;
  /** Everything that came, in order, whatever was answered. */
  writes: ReceivedWrite[];
  /** What was taken. */
  samples(): ReceivedSample[];
  /** Says what is answered; 204 when it says nothing. */
  answer: (write: ReceivedWrite) => Answer | undefined;
  close(): Promise<void>;
}

/** A receiver of remote write on a free port of 127.0.0.1 that remembers what it got; closed at the end of the test. */
export async function remoteWritePeer(port = 0): Promise<RemoteWritePeer> {
  const taken: ReceivedSample[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const write = { headers: request.headers, samples: decodeWriteRequest(Buffer.concat(chunks)) };
      peer.writes.push(write);
      const { status, headers, body } = peer.answer(write) ?? { status: 204 };
      if (status === 'never') return;
      if (status < 300) taken.push(...write.samples);
      response.writeHead(status, headers).end(body);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const peer: RemoteWritePeer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/write`,
    writes: [],
    samples: () => taken,
    answer: () => undefined,
    async close() {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  onTestFinished(() => peer.close());
  return peer;
}

/** Reads a packed WriteRequest, strictly: what a receiver must refuse throws. */
export function decodeWriteRequest(packed: Uint8Array): ReceivedSample[] {
  const samples: ReceivedSample[] = [];
  const names = new Set<string>();
  new PbfReader(uncompress(packed)).readFields((tag, _, reader) => {
    if (tag !== 1) throw new Error(`field ${tag} of a WriteRequest is not known`);
    const { labels, own } = readSeries(reader);
    const series = seriesText(labels);
    if (names.has(series)) throw new Error(`${series} stands in one request twice`);
    names.add(series);
    samples.push(...own.map((sample) => ({ series, ...sample })));
  }, undefined);
  return samples;
}

type Timed = Omit<ReceivedSample, 'series'>;

function readSeries(reader: PbfReader): { labels: [string, string][]; own: Timed[] } {
  const labels: [string, string][] = [];
  const own: Timed[] = [];
  reader.readMessage((tag, _, inner) => {
    if (tag === 1) labels.push(readLabel(inner));
    else if (tag === 2) own.push(readSample(inner));
    else throw new Error(`field ${tag} of a TimeSeries is not known`);
  }, undefined);
  const isRising = labels.every(([name], index) => index === 0 || (labels[index - 1]?.[0] ?? '') < name);
  if (!isRising) throw new Error(`labels are not sorted and unique: ${JSON.stringify(labels)}`);
  if (labels.some(([name, value]) => name === '' || value === '')) throw new Error('a label is empty');
  if (own.some(({ atMs }, index) => index > 0 && (own[index - 1]?.atMs ?? 0) >= atMs)) {
    throw new Error(`the samples of ${seriesText(labels)} are not in order`);
  }
  return { labels, own };
}

function readLabel(reader: PbfReader): [string, string] {
  const pair: [string, string] = ['', ''];
  reader.readMessage((tag, label, inner) => void (label[tag - 1] = inner.readString()), pair);
  return pair;
}

function readSample(reader: PbfReader): Timed {
  const sample: Timed = { atMs: 0, value: 0 };
  reader.readMessage((tag, _, inner) => {
    if (tag === 1) sample.value = readValue(inner);
    else sample.atMs = inner.readVarint(true);
  }, undefined);
  return sample;
}

function readValue(reader: PbfReader): number | 'stale' {
  const bytes = Buffer.from(reader.buf.subarray(reader.pos, reader.pos + 8));
  const value = reader.readDouble();
  return bytes.readBigUInt64LE() === 0x7ff0000000000002n ? 'stale' : value;
}

function seriesText(labels: readonly [string, string][]): string {
  const name = labels.find(([label]) => label === '__name__')?.[1] ?? '';
  const others = labels.filter(([label]) => label !== '__name__').map(([label, value]) => `${label}="${value}"`);
  return `${name}{${others.join(',')}}`;
}
