import { durationSeconds } from '../../shared/duration.ts';
import type { DatasetConfig } from './schema.ts';

/** Ours, not the law's ("bawaan aplikasi"): how long after its due time a backup still counts as on time. */
export const defaultGraceSeconds = 6 * 3600;

export interface Grace {
  seconds: number;
  /** Who said so: a verdict that rests on a number of ours says less. */
  origin: 'application-default' | 'configuration';
}

export function resolveGrace(dataset: Pick<DatasetConfig, 'grace'>): Grace {
  return dataset.grace === undefined
    ? { seconds: defaultGraceSeconds, origin: 'application-default' }
    : { seconds: durationSeconds(dataset.grace), origin: 'configuration' };
}
