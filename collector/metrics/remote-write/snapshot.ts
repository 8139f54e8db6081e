import { isFresh } from '../../facts/node-facts.ts';
import { families } from '../catalogue.ts';
import type { MetricFamily, Sample } from '../family.ts';
import type { FleetView } from '../fleet-view.ts';
import type { OwnMetrics } from '../own-metrics.ts';
import type { NameSeries } from './agent-track.ts';
import type { SeriesName } from './series-name.ts';
import type { TimeSlices } from '../../time-slices.ts';
import type { WrittenSample } from './write-request.ts';

export interface Snapshots {
  /** What no report tells, as it is now, in pieces of at most `sampleCount`; ends series that are no longer there. */
  take(view: FleetView, sampleCount: number): AsyncGenerator<WrittenSample[]>;
}

export function createSnapshots(options: {
  own: Pick<OwnMetrics, 'families'>;
  name: NameSeries;
  slices: TimeSlices;
}): Snapshots {
  const { own, name, slices } = options;
  /** Each series with the number of the snapshot that had it last. */
  const seen = new Map<SeriesName, number>();
  let turn = 0;

  async function* samples(view: FleetView): AsyncGenerator<WrittenSample> {
    const atMs = view.nowMs;
    for (const [family, sample] of withoutHistory(view)) {
      if (slices.isOver) await slices.rest();
      const series = name(family.name, sample.labels);
      if (seen.get(series) === turn) continue;
      seen.set(series, turn);
      yield { series, atMs, value: sample.value };
    }
    for (const { name: family, labels, value } of (await own.families()).flatMap((family) => family.samples)) {
      const series = name(family, labels);
      seen.set(series, turn);
      yield { series, atMs, value };
    }
    for (const [series, last] of seen) {
      if (last !== turn) yield { series, atMs, value: 'stale' };
    }
  }

  return {
    async *take(view, sampleCount) {
      turn += 1;
      let piece: WrittenSample[] = [];
      for await (const sample of samples(view)) {
        piece.push(sample);
        if (piece.length < sampleCount) continue;
        yield piece;
        piece = [];
      }
      if (piece.length > 0) yield piece;
      // Only now: of a snapshot that could not be kept whole, the next one tells the ends again.
      for (const [series, last] of seen) if (last !== turn) seen.delete(series);
    },
  };
}

function* withoutHistory(view: FleetView): Generator<[MetricFamily, Sample]> {
  for (const family of families) {
    if (family.history !== undefined) continue;
    for (const sample of shownNow(family, view)) yield [family, sample];
  }
}

function* shownNow(family: MetricFamily, view: FleetView): Iterable<Sample> {
  if (family.of === 'fleet') yield* family.samples(view);
  else {
    for (const agent of view.fleet.agents()) {
      if (agent.row.revokedAtMs === undefined) yield* family.samples(agent, isFresh(agent, view.nowMs));
    }
  }
}
