import type { State } from '../../../shared/states.ts';
import { nextTrack, type RoundTrack } from '../../facts/link-facts.ts';
import { stateValues } from '../link-families.ts';
import type { NumberedSample } from './sample-run.ts';

/** What single rounds say of a link, made into what they say together: here, in order, all of them are known. */
export function createFollowedStates(): (sample: NumberedSample) => number {
  let series: number | undefined;
  let track: RoundTrack | undefined;
  return (sample) => {
    if (sample.series !== series) track = undefined;
    series = sample.series;
    track = nextTrack(track, stateOf(sample.value), sample.atMs);
    return stateValues[track.state];
  };
}

function stateOf(value: number): State {
  if (Number.isNaN(value)) return 'unknown';
  return value === stateValues.up ? 'up' : 'down';
}
