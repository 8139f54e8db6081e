import type { Random } from '../../shared/clock.ts';
import { readableId } from '../readable-id.ts';

/** `INC-20261122-7K3QMX` */
export function newIncidentId(atMs: number, timezone: string, random: Random): string {
  return readableId('INC', 6, { atMs, timezone, random });
}
