import type { Static, TObject } from 'typebox';
import type { PantauConfig } from '../config/schema.ts';
import type { Fleet } from '../facts/fleet.ts';
import type { Judging } from '../incidents/judging.ts';
import { formatZonedRfc3339 } from '../../shared/local-time.ts';
import type { Store } from '../store/store.ts';

/** What the API reads. */
export interface ApiView {
  config: PantauConfig;
  fleet: Fleet;
  judging: Judging;
  store: Store;
  nowMs: number;
}

/** One list of the API: `GET /api/v1/<name>`, paginated, filtered by `pd`. Its schema is also its documentation. */
export interface Resource<Row extends TObject = TObject> {
  name: string;
  summary: string;
  row: Row;
  /** Every row, in a stable order. */
  rows(view: ApiView): Promise<Static<Row>[]> | Static<Row>[];
}

/** An instant as the API writes it: RFC 3339 in the Pemda's zone; null when there is none. */
export function instant(view: ApiView, atMs: number | undefined): string | null {
  return atMs === undefined ? null : formatZonedRfc3339(atMs, view.config.timezone);
}
