import { describe, expect, it } from 'vitest';
import { decodeWriteRequest } from '../../../test/kit/remote-write-peer.ts';
import { createSeriesNames } from './series-name.ts';
import { encodeWriteRequest } from './write-request.ts';

const name = createSeriesNames({});
const up = name('pantau_node_up', [['pd', 'dinkes']]);
const atMs = Date.parse('2026-11-22T03:00:00.123Z');

describe('a request of remote write', () => {
  it('has each series once, with its samples in order of time and each moment once', () => {
    const load = name('pantau_node_load1', []);
    const samples = [
      { series: up, atMs: atMs + 2, value: 2 },
      { series: load, atMs, value: -0.25 },
      { series: up, atMs, value: 1 },
      { series: up, atMs: atMs + 2, value: 3 },
    ];

    expect(decodeWriteRequest(encodeWriteRequest(samples))).toEqual([
      { series: 'pantau_node_up{pd="dinkes"}', atMs, value: 1 },
      { series: 'pantau_node_up{pd="dinkes"}', atMs: atMs + 2, value: 2 },
      { series: 'pantau_node_load1{}', atMs, value: -0.25 },
    ]);
  });

  it('tells unknown from the end of a series', () => {
    const samples = [Number.NaN, 'stale', Infinity, -Infinity, 0].map((value, index) => ({
      series: up,
      atMs: index,
      value: value as number | 'stale',
    }));

    const decoded = decodeWriteRequest(encodeWriteRequest(samples)).map(({ value }) => value);
    expect(decoded).toEqual([Number.NaN, 'stale', Infinity, -Infinity, 0]);
  });

  it('is as large as it must be, past the first buffer', () => {
    const samples = Array.from({ length: 5000 }, (_, index) => ({
      series: name('pantau_node_filesystem_size_bytes', [['mount', `/srv/${index}`]]),
      atMs: atMs + index,
      value: index * 1e9,
    }));

    const decoded = decodeWriteRequest(encodeWriteRequest(samples));
    expect(decoded).toHaveLength(5000);
    expect(decoded.at(-1)).toEqual({
      series: 'pantau_node_filesystem_size_bytes{mount="/srv/4999"}',
      atMs: atMs + 4999,
      value: 4999e9,
    });
  });
});

describe('the name of a series', () => {
  const named = (labels: [string, string][], external: Record<string, string> = {}) =>
    decodeWriteRequest(
      encodeWriteRequest([{ series: createSeriesNames(external)('pantau_x', labels), atMs, value: 1 }]),
    ).map(({ series }) => series);

  it('has its labels sorted, with those of the configuration among them; its own win', () => {
    const labels: [string, string][] = [
      ['site', 'kantor'],
      ['pd', 'dinkes'],
    ];

    expect(named(labels, { region: 'bengkulu', pd: 'other', Zone: 'a' })).toEqual([
      'pantau_x{Zone="a",pd="dinkes",region="bengkulu",site="kantor"}',
    ]);
  });

  it('leaves out what is empty', () => {
    expect(named([['area', '']], { region: '' })).toEqual(['pantau_x{}']);
  });

  it('keeps whatever an agent calls its disks', () => {
    const mounts = ['/data "satu"\n\\', 'Ωmega/日本', '😀', '\u0000'];

    expect(mounts.flatMap((mount) => named([['mount', mount]]))).toEqual(
      mounts.map((mount) => `pantau_x{mount="${mount}"}`),
    );
    // Half a character is none: receivers refuse what is not UTF-8.
    expect(named([['mount', '\ud83d']])).toEqual(['pantau_x{mount="\ufffd"}']);
  });
});
