import type { Segment } from './segment.ts';

export interface RecordPlace {
  segment: Segment;
  position: number;
}

/**
 * Every unacknowledged record in the order of sending: the newest one, so that the collector knows the present first;
 * then backup evidence; then the rest; each from new to old.
 * @param segments oldest first.
 */
export function* takeOrder(segments: readonly Segment[]): Generator<RecordPlace> {
  const newest = pendingFromNewest(segments, () => true).next();
  if (newest.done === true) return;
  yield newest.value;
  const isNewest = ({ segment, position }: RecordPlace) =>
    segment === newest.value.segment && position === newest.value.position;
  for (const wantsEvidence of [true, false]) {
    for (const place of pendingFromNewest(segments, (segment) => hasPending(segment, wantsEvidence))) {
      if (place.segment.index.isEvidence(place.position) === wantsEvidence && !isNewest(place)) yield place;
    }
  }
}

function hasPending({ index }: Segment, evidence: boolean): boolean {
  return (evidence ? index.pendingEvidenceCount : index.pendingCount - index.pendingEvidenceCount) > 0;
}

function* pendingFromNewest(
  segments: readonly Segment[],
  wanted: (segment: Segment) => boolean,
): Generator<RecordPlace> {
  for (let at = segments.length - 1; at >= 0; at--) {
    const segment = segments[at];
    if (segment === undefined || segment.index.pendingCount === 0 || !wanted(segment)) continue;
    for (let position = segment.index.count - 1; position >= 0; position--) {
      if (segment.index.isPending(position)) yield { segment, position };
    }
  }
}
